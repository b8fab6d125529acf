using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace EdgeRnn.Simulator;

/// <summary>
/// A scenario that runs at a chosen pace and feeds a live page, whose commands it does between the turns of the device. Where the
/// scenario is over it waits to be started anew.
/// </summary>
/// <example>
/// <code>
/// using LiveRun run = new(scenario, model, seed: 1, LiveRun.UsualSpeed(scenario));
/// await using LiveServer server = new(run.Feed, run, port: 0);
/// await server.StartAsync();
/// Console.WriteLine(server.Url);
/// run.Run(stop.Token);     // until it is cancelled
/// </code>
/// </example>
public sealed partial class LiveRun : ILiveControl, IDisposable
{
    private const double UsualSeconds = 30;
    private const long PublishMicros = 50_000;
    private const long MeasureMicros = 250_000;
    private const long IdleMicros = 100_000;

    private readonly Scenario _scenario;
    private readonly byte[] _model;
    private readonly IPaceClock _clock;
    private readonly SystemPaceClock? _ownClock;
    private readonly CommandQueue _commands;
    private readonly LiveObserver _observer = new();
    private readonly Pacer _pacer;
    private Simulation _simulation;
    private bool _isPaused;
    private bool _isOverTold;
    private long _publishDue;
    private long _measureDue;

    /// <summary>A run at its beginning. It runs in <see cref="Run"/>.</summary>
    /// <param name="scenario">What happens.</param>
    /// <param name="model">The bytes of an .ernn file; kept.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="speed">Seconds of the device per second here, from 0.01 to 1,000,000; 0: as fast as it can.</param>
    /// <exception cref="ScenarioException">Scenario and model do not fit each other; one line.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such speed.</exception>
    public LiveRun(Scenario scenario, byte[] model, ulong seed, double speed) : this(scenario, model, seed, speed, null)
    {
    }

    internal LiveRun(Scenario scenario, byte[] model, ulong seed, double speed, IPaceClock? clock)
    {
        if (!IsSpeed(speed)) throw new ArgumentOutOfRangeException(nameof(speed), speed, SpeedRange);
        _scenario = scenario;
        _model = model;
        _clock = clock ?? (_ownClock = new SystemPaceClock());
        _commands = new CommandQueue(_clock.Wake);
        _pacer = new Pacer(_clock) { Speed = speed };
        _simulation = new Simulation(scenario, model, seed, _observer);
        Feed = new LiveFeed(Describe(_simulation));
        _observer.Follow(_simulation, Feed);
        Publish();
    }

    /// <summary>What pages show of it.</summary>
    public LiveFeed Feed { get; }

    /// <summary>The expectations at the end of the last run that was complete; null: none was.</summary>
    public IReadOnlyList<Verdict>? LastVerdicts { get; private set; }

    /// <summary>A pace at which a scenario takes half a minute, or real time where it is shorter than that.</summary>
    /// <param name="scenario">The scenario.</param>
    public static double UsualSpeed(Scenario scenario) => Math.Clamp(scenario.DurationMicros / 1e6 / UsualSeconds, 1, Pacer.Fastest);

    /// <summary>Runs until it is cancelled. Once.</summary>
    /// <param name="stop">Ends it, between two turns.</param>
    public void Run(CancellationToken stop)
    {
        using CancellationTokenRegistration wake = stop.Register(_clock.Wake);
        try
        {
            while (!stop.IsCancellationRequested) GoOn();
        }
        finally
        {
            _commands.Close();
        }
    }

    /// <inheritdoc/>
    public string? Do(LiveCommand command) => _commands.Send(command);

    /// <inheritdoc/>
    public void Dispose() => _ownClock?.Dispose();

    /// <summary>As <see cref="Do"/>, without waiting.</summary>
    internal Task<string?> Post(LiveCommand command) => _commands.Post(command);

    /// <summary>Does what was asked for, then makes a turn of the device or waits for a short while.</summary>
    internal void GoOn()
    {
        _commands.Do(Execute);
        if (_isPaused || _simulation.IsOver) Rest();
        else if (_pacer.IsDue(_simulation.NowMicros)) Turn();
        else PublishIfDue();
    }

    private void Turn()
    {
        _simulation.Turn();
        _observer.LookAtPins(_simulation);
        PublishIfDue();
        if (_simulation.IsOver && !_isOverTold) TellOver();
    }

    private void Rest()
    {
        _pacer.Forget();
        _clock.Wait(IdleMicros);
    }

    private void Restart(ulong seed)
    {
        _simulation = new Simulation(_scenario, _model, seed, _observer);
        Feed.Describe(Describe(_simulation));
        _observer.Follow(_simulation, Feed);
        _isPaused = _isOverTold = false;
        _pacer.Forget();
        Publish();
    }

    private void TellOver()
    {
        _isOverTold = true;
        LastVerdicts = _simulation.Verdicts;
        int failed = LastVerdicts.Count(verdict => verdict.Met != true);
        string text = LastVerdicts.Count == 0 ? "The scenario is over"
            : failed == 0 ? "The scenario is over: everything is as expected"
            : string.Create(CultureInfo.InvariantCulture,
                $"The scenario is over: {failed} of {LastVerdicts.Count} expectations are not met");
        Feed.Add(new LiveEvent(_simulation.NowMicros / 1e6, LiveEventKind.Over, text));
        Publish();
    }

    private LiveDescription Describe(Simulation simulation) => new()
    {
        Title = _scenario.Title,
        Source = string.Create(CultureInfo.InvariantCulture, $"{_scenario.FileName}, seed {simulation.Seed}"),
        IsSimulated = true,
        Channels = [.. simulation.ChannelNames.Zip(simulation.ChannelUnits, (name, unit) => new LiveChannel(name, unit))],
        RateHz = simulation.RateHz,
        HiddenLayers = [.. simulation.Loop!.Detector.Model.HiddenLayers.Select(layer => new LiveLayer(layer.Name, layer.OutputSize))],
        Pins = [.. simulation.Pins.Select(pin => new LivePin(pin.Name, LabelOf(pin.Name), pin.Name, pin.Use.Number))],
        Faults = [.. simulation.Faults.Select(fault => new LiveChoice(fault.Id, fault.Label))],
        CanPause = true,
        CanSetSpeed = true,
        CanSetSeed = true,
        CanSetThreshold = true,
        CanAcknowledge = true,
        DurationSeconds = _scenario.DurationMicros / 1e6,
        Seed = simulation.Seed,
    };

    private static string LabelOf(string pin) => pin switch
    {
        "alarm" => "Alarm",
        "led" => "Status light",
        "buzzer" => "Buzzer",
        "button" => "Button",
        _ => pin,
    };
}
