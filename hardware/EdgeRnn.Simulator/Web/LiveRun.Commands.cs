using System;
using System.Globalization;

namespace EdgeRnn.Simulator;

// What a person asks for, done between turns.
public sealed partial class LiveRun
{
    private const string SpeedRange = "speed: expected 0.01 to 1000000 times real time, or 0 for as fast as it can";

    private string? Execute(LiveCommand command)
    {
        string? failure = command.Name switch
        {
            "pause" => Pause(true),
            "resume" => Pause(false),
            "step" => Step(),
            "speed" => SetSpeed(command.Value),
            "seed" => SetSeed(command.Text),
            "restart" => Renew(_simulation.Seed),
            "fault" => IfRunning(() => _simulation.Inject(command.Text)),
            "press" => IfRunning(() => _simulation.Press(command.Text, true)),
            "release" => IfRunning(() => _simulation.Press(command.Text, false)),
            "threshold" => SetThreshold(command.Value),
            "acknowledge" => Acknowledge(),
            _ => $"command: a simulation does not understand {command.Name}",
        };
        _observer.LookAtPins(_simulation);
        Publish();
        return failure;
    }

    private string? Pause(bool isPaused)
    {
        if (_simulation.IsOver) return "the scenario is over; restart it";
        _isPaused = isPaused;
        return null;
    }

    private string? Step()
    {
        if (!_isPaused) return "step: pause first";
        return IfRunning(Turn);
    }

    private string? SetSpeed(double speed)
    {
        if (!IsSpeed(speed)) return SpeedRange + ", found another";
        _pacer.Speed = speed;
        return null;
    }

    private string? SetSeed(string text)
    {
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
            return "seed: expected a whole number from 0 to 18446744073709551615, found another";
        return Renew(seed);
    }

    private string? Renew(ulong seed)
    {
        try
        {
            Restart(seed);
            return null;
        }
        catch (ScenarioException wrong) // a file of it is gone since; the run there is stays
        {
            return wrong.Message;
        }
    }

    private string? SetThreshold(double threshold)
    {
        if (!(threshold >= 0 && threshold <= float.MaxValue))
            return "threshold: expected a number from 0 (the learnt one) on, found another";
        return IfRunning(() =>
        {
            _simulation.OverrideThreshold((float)threshold);
            Feed.Add(new LiveEvent(_simulation.NowMicros / 1e6, LiveEventKind.Note, threshold == 0 ? "Threshold: the learnt one again"
                : string.Create(CultureInfo.InvariantCulture, $"Threshold set to {threshold:G4} by hand")));
        });
    }

    private string? Acknowledge()
    {
        if (_simulation.Loop == null) return "acknowledge: the device has no power";
        return IfRunning(() =>
        {
            _simulation.Loop!.Acknowledge();
            Feed.Add(new LiveEvent(_simulation.NowMicros / 1e6, LiveEventKind.Note, "Alarm acknowledged by hand"));
        });
    }

    private string? IfRunning(Action act)
    {
        if (_simulation.IsOver) return "the scenario is over; restart it";
        try
        {
            act();
            return null;
        }
        catch (ArgumentException wrong)
        {
            return wrong.Message.Split(" (Parameter")[0];
        }
    }

    private static bool IsSpeed(double speed) => speed == 0 || (speed >= Pacer.Slowest && speed <= Pacer.Fastest);
}
