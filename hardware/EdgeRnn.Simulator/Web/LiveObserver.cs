using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Simulator;

/// <summary>Puts what a simulation does into a feed. Belongs to the simulation's thread; a step allocates nothing.</summary>
internal sealed class LiveObserver : ISimulationObserver
{
    private LiveFeed? _feed;
    private LiveStep _step = new(0, 0);
    private int[] _shareChannels = [];   // [shares] the channel of each, or -1
    private bool[] _pins = [];
    private long _turnMicros;
    private long _periodMicros;
    private long _turnBegan;
    private int _stepsInTurn;
    private double _lastSeconds;

    /// <summary>What the steps took.</summary>
    public StepTimes Times { get; } = new();

    /// <summary>Steps of this run.</summary>
    public long Steps { get; private set; }

    /// <summary>Begins with a simulation at its beginning.</summary>
    public void Follow(Simulation simulation, LiveFeed feed)
    {
        _feed = feed;
        _step = new LiveStep(simulation.ChannelNames.Count, feed.Description.HiddenUnits);
        _shareChannels = [.. simulation.ShareNames.Select(name => IndexOf(simulation.ChannelNames, name))];
        _pins = new bool[simulation.Pins.Count];
        _periodMicros = (long)Math.Round(1e6 / simulation.RateHz);
        _turnMicros = _periodMicros * simulation.Scenario.SamplesPerTurn;
        _turnBegan = -1;
        _lastSeconds = 0;
        Steps = 0;
        Times.Clear();
    }

    /// <inheritdoc/>
    public void BeforeStep(Simulation simulation) => Times.Begin();

    /// <inheritdoc/>
    public void AfterStep(Simulation simulation) => Times.End();

    /// <inheritdoc/>
    public void OnStep(Simulation simulation, bool hasSample)
    {
        Steps++;
        Detector detector = simulation.Loop!.Detector;
        LiveStep step = _step;
        step.Seconds = _lastSeconds = Math.Max(_lastSeconds, MicrosOf(simulation) / 1e6);
        for (int i = 0; i < step.Values.Length; i++)
        {
            step.Values[i] = hasSample ? simulation.Loop.Reading(i) : float.NaN;
            step.Faults[i] = (int)detector.FaultOf(i);
            step.Shares[i] = 0;
        }
        for (int i = 0; i < _shareChannels.Length; i++)
        {
            if (_shareChannels[i] >= 0) step.Shares[_shareChannels[i]] += detector.SharePercent(i);
        }
        step.Score = detector.HasScore ? detector.Score : float.NaN;
        step.Threshold = detector.Threshold > 0 ? detector.Threshold : float.NaN; // 0: not learnt yet
        step.State = (int)detector.State;
        step.IsAlarming = detector.IsAlarming;
        step.HasSample = hasSample;
        detector.CopyHiddenState(step.Hidden);
        _feed?.Add(step);
    }

    /// <inheritdoc/>
    public void OnEvent(Simulation simulation, SimulationEvent happened)
    {
        LiveEventKind kind = KindOf(happened.Kind);
        string text = kind == LiveEventKind.AlarmBegan ? AlarmText(simulation.Loop!.Detector) : Sentence(happened);
        LiveEvent shown = new(happened.AtMicros / 1e6, kind, text);
        _feed?.Add(kind == LiveEventKind.AlarmBegan ? shown with { Shares = SharesOf(simulation) } : shown);
    }

    /// <summary>Looks at the pins, between turns.</summary>
    public void LookAtPins(Simulation simulation)
    {
        for (int i = 0; i < _pins.Length; i++)
        {
            (string name, PinUse use) = simulation.Pins[i];
            bool hasPower = simulation.Loop != null || name == "button"; // a finger needs none
            _pins[i] = hasPower && simulation.Board.Pin(use.Number).IsHigh != use.IsActiveLow;
        }
        _feed?.SetPins(_pins);
    }

    // A sensor with a FIFO gives the samples of a turn at its end: they stand where they were taken.
    private long MicrosOf(Simulation simulation)
    {
        long turn = simulation.Loop!.NowMicros;
        if (turn != _turnBegan) (_turnBegan, _stepsInTurn) = (turn, 0);
        if (simulation.Loop.Sensor.SamplePeriodMicros == 0) return turn;
        return Math.Min(turn, turn - _turnMicros + ++_stepsInTurn * _periodMicros);
    }

    private static LiveShare[] SharesOf(Simulation simulation) =>
        [.. simulation.ShareNames.Select((name, i) => new LiveShare(name, simulation.Loop!.Detector.SharePercent(i)))
            .Where(share => share.Percent > 0).OrderByDescending(share => share.Percent)];

    private static string AlarmText(Detector detector) =>
        string.Create(CultureInfo.InvariantCulture, $"Alarm: score {detector.Score:G3}, threshold {detector.Threshold:G3}");

    // Settings, inputs and sensors keep their names: machine.bearing, ax:, mpu6050.
    private static string Sentence(SimulationEvent happened)
    {
        string text = happened.Text, first = text.Split(' ')[0];
        bool isName = first.Contains('.') || first.Any(char.IsAsciiDigit)
            || (happened.Kind == SimulationEventKind.Injected && first.EndsWith(':'));
        return isName || text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static LiveEventKind KindOf(SimulationEventKind kind) => kind switch
    {
        SimulationEventKind.AlarmBegan => LiveEventKind.AlarmBegan,
        SimulationEventKind.AlarmEnded => LiveEventKind.AlarmEnded,
        SimulationEventKind.SensorFault => LiveEventKind.SensorFault,
        SimulationEventKind.SensorOk => LiveEventKind.SensorOk,
        SimulationEventKind.Injected => LiveEventKind.Injected,
        SimulationEventKind.PowerLost => LiveEventKind.PowerLost,
        SimulationEventKind.PowerBack => LiveEventKind.PowerBack,
        SimulationEventKind.StateRestored => LiveEventKind.StateRestored,
        SimulationEventKind.Pin => LiveEventKind.Pin,
        _ => LiveEventKind.Note,
    };

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name) return i;
        }
        return -1;
    }
}
