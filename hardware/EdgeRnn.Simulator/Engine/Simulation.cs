using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Firmware;

namespace EdgeRnn.Simulator;

/// <summary>
/// A scenario that runs: the very program of a device on a computed board, in a world that is computed, too. Nothing but the scenario,
/// the model and the seed decides what happens. Belongs to one thread.
/// </summary>
/// <example>
/// <code>
/// Scenario scenario = Scenario.Load("bearing.yaml");
/// Simulation simulation = new(scenario, File.ReadAllBytes(scenario.ModelPath!), scenario.Seed);
/// simulation.Run();
/// foreach (Verdict verdict in simulation.Verdicts) Console.WriteLine(verdict);
/// </code>
/// </example>
public sealed partial class Simulation
{
    private readonly byte[] _model;
    private readonly ISimulationObserver? _observer;
    private readonly World _world;
    private readonly Timeline _timeline;
    private readonly FailingStorage _storage = new();
    private readonly ExpectationJudge[] _judges;
    private SimulatedDevice _device;
    private bool _hasPower = true;
    private bool _isStarted;
    private bool _isFinished;
    private long _powerBackMicros;
    private float _threshold;

    /// <summary>A simulation at its beginning: the device has just got power. Its first turn starts the sensor.</summary>
    /// <param name="scenario">What happens.</param>
    /// <param name="model">The bytes of an .ernn file; kept.</param>
    /// <param name="seed">Chooses the noise of every source.</param>
    /// <param name="observer">Sees what happens; null: nobody.</param>
    /// <param name="replay">Plays its channels in place of the sources; null: the sources do.</param>
    /// <exception cref="ScenarioException">Scenario and model do not fit each other; one line.</exception>
    public Simulation(Scenario scenario, byte[] model, ulong seed, ISimulationObserver? observer = null, TraceReplay? replay = null)
    {
        Scenario = scenario;
        Seed = seed;
        _model = model;
        _observer = observer;
        _world = new World(scenario, Board, seed, replay?.Signals);
        _device = MakeDevice();
        _timeline = new Timeline(scenario, Board, _world, new Wires(this), replay != null);
        Pins = [.. scenario.Pins.All];
        ChannelNames = _device.ChannelNames;
        ChannelUnits = _device.ChannelUnits;
        ShareNames = _device.ShareNames;
        _judges = [.. scenario.Expectations.Select(expectation => new ExpectationJudge(expectation))];
        Faults = FaultMenu.Of(scenario, _world, out _choices);
        if (scenario.Pins.Button is { } button) Board.Pin(button.Number).Drive(button.IsActiveLow);
    }

    /// <summary>What happens.</summary>
    public Scenario Scenario { get; }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>The board.</summary>
    public SimulatedBoard Board { get; } = new() { KeepsEdges = false };

    /// <summary>The device's loop; null while it has no power.</summary>
    public SensorLoop? Loop => _hasPower ? _device.Loop : null;

    /// <summary>The sensors, from outside.</summary>
    public IReadOnlyList<SimulatedPart> Parts => _world.Parts;

    /// <summary>Names of the network's inputs, as the sensor calls its channels: [inputSize].</summary>
    public IReadOnlyList<string> ChannelNames { get; }

    /// <summary>Units of the network's inputs, as the sensor gives them: [inputSize].</summary>
    public IReadOnlyList<string> ChannelUnits { get; }

    /// <summary>Names of the channels of the score, as <see cref="Runtime.Detector.SharePercent"/> counts them.</summary>
    public IReadOnlyList<string> ShareNames { get; }

    /// <summary>What is connected to the board's pins, with the names of a trace's columns: alarm, led, buzzer, button.</summary>
    public IReadOnlyList<(string Name, PinUse Use)> Pins { get; }

    /// <summary>Whether the device says that its sensor, or a channel of it, is faulty.</summary>
    public bool IsSensorFaulty => _wasFaulty;

    /// <summary>Samples a second.</summary>
    public double RateHz => 1e6 / _device.PeriodMicros;

    /// <summary>Time since the scenario began, in microseconds.</summary>
    public long NowMicros => Board.Time.NowMicros;

    /// <summary>Whether the scenario's time is up; it may be turned on, and then nothing more is judged.</summary>
    public bool IsOver => NowMicros >= Scenario.DurationMicros;

    /// <summary>What the device has counted, over all its starts.</summary>
    public SimulationTotals Totals { get; } = new();

    /// <summary>What became of each expectation so far.</summary>
    public IReadOnlyList<Verdict> Verdicts => [.. _judges.Select(judge => judge.Verdict)];

    /// <summary>What a person may inject.</summary>
    public IReadOnlyList<FaultChoice> Faults { get; }

    /// <summary>Turns until the scenario's time is up.</summary>
    public void Run()
    {
        while (!IsOver) Turn();
    }

    /// <summary>Lets the device make one turn, or a turn's time pass while it has no power.</summary>
    public void Turn()
    {
        try
        {
            if (!_hasPower) WaitForPower();
            else if (_isStarted) _device.Loop.Turn();
            else StartDevice();
        }
        catch (PowerCutException cut)
        {
            LosePower(cut.ForMicros);
        }
        if (_hasPower) Totals.Take(_device.Loop.Counters);
        NotePins();
        Judge();
        if (!IsOver || _isFinished) return;
        _isFinished = true;
        foreach (ExpectationJudge judge in _judges) judge.Finish();
    }

    /// <summary>Sets the threshold of the score.</summary>
    /// <param name="threshold">The threshold; 0: the learnt one again.</param>
    public void OverrideThreshold(float threshold)
    {
        _threshold = threshold;
        if (_hasPower) _device.Loop.Detector.OverrideThreshold(threshold);
    }

    private SimulatedDevice MakeDevice() => new(Scenario, Board, _model, _storage, _threshold);

    private void StartDevice()
    {
        _isStarted = true;
        _device.Loop.Listener = new Ear(this);
        if (_device.Start.State == StateOutcome.Restored)
        {
            _isRestored = true;
            Tell(SimulationEventKind.StateRestored, _device.Start.StateText);
            Judge();
            _isRestored = false;
            _wasAlarming = _device.Loop.Detector.IsAlarming;
        }
        else if (Totals.PowerLosses > 0)
        {
            Tell(SimulationEventKind.StateNotRestored, _device.Start.StateText);
        }
        Judge(); // sensors take their time to start, in which everything stays as it is now
        _device.Loop.Start();
    }

    private void WaitForPower()
    {
        Board.Time.SleepUntil(Math.Min(_powerBackMicros, NowMicros + _device.TurnMicros));
        if (NowMicros < _powerBackMicros) return;
        foreach (SimulatedPart part in Parts) part.PowerUp();
        _device = MakeDevice();
        _hasPower = true;
        Tell(SimulationEventKind.PowerBack, "power is back, the device starts");
    }

    // What was in the device's memory is gone; its storage stays. Nothing drives the pins, and no sensor measures.
    private void LosePower(long forMicros)
    {
        Totals.End(_device.Loop.Counters);
        _hasPower = _isStarted = false;
        _powerBackMicros = NowMicros + forMicros;
        foreach ((string name, PinUse use) in Pins.Where(pin => pin.Name != "button")) Board.Pin(use.Number).Drive(false);
        foreach (SimulatedPart part in Parts) part.PowerUp();
        if (_wasAlarming) Tell(SimulationEventKind.AlarmEnded, "alarm ends with the power");
        _wasAlarming = _wasFaulty = false;
        Tell(SimulationEventKind.PowerLost, "the device has no power");
    }

    private void Tell(SimulationEventKind kind, string text) => _observer?.OnEvent(this, new SimulationEvent(NowMicros, kind, text));
}
