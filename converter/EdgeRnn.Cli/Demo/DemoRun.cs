using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Demo;

/// <summary>A part of the simulated time.</summary>
/// <param name="StartS">Its begin, in seconds.</param>
/// <param name="MeanScore">The mean of the detector's scores in it; 0 where there was none.</param>
/// <param name="Events">What happened in it, in words.</param>
internal sealed record DemoSpan(double StartS, double MeanScore, IReadOnlyList<string> Events);

/// <summary>The scenario of the demo: runs it, and keeps what its report tells.</summary>
internal sealed class DemoRun : ISimulationObserver
{
    private const int Spans = 24;

    private readonly double[] _sums = new double[Spans];
    private readonly int[] _counts = new int[Spans];
    private readonly List<SimulationEvent> _events = [];

    /// <summary>Runs the scenario to its end.</summary>
    public DemoRun(Scenario scenario, byte[] model)
    {
        Simulation = new Simulation(scenario, model, scenario.Seed, this);
        Simulation.Run();
        Threshold = Simulation.Loop?.Detector.Threshold ?? 0;
    }

    /// <summary>What ran.</summary>
    public Simulation Simulation { get; }

    /// <summary>The threshold the device learnt.</summary>
    public float Threshold { get; }

    /// <summary>When the bearing begins to fail, in seconds.</summary>
    public double FaultSeconds => Simulation.Scenario.Events.First(IsFault).AtMicros / 1e6;

    /// <summary>When the first alarm came, in seconds; null: none did.</summary>
    public double? AlarmSeconds => _events.FirstOrDefault(happened => happened.Kind == SimulationEventKind.AlarmBegan)?.AtMicros / 1e6;

    /// <summary>When the pin of the alarm went on for the first time, in seconds; null: it did not.</summary>
    public double? PinSeconds =>
        _events.FirstOrDefault(happened => happened.Kind == SimulationEventKind.Pin &&
            happened.Text.EndsWith("alarm on", StringComparison.Ordinal))?.AtMicros / 1e6;

    /// <summary>The scores over time, in parts of equal length.</summary>
    public IReadOnlyList<DemoSpan> Chart => [.. Enumerable.Range(0, Spans).Select(span => new DemoSpan(
        span * SpanMicros / 1e6, _counts[span] == 0 ? 0 : _sums[span] / _counts[span],
        [.. _events.Where(happened => SpanOf(happened.AtMicros) == span && IsTold(happened)).Select(happened => happened.Text)]))];

    private double SpanMicros => Simulation.Scenario.DurationMicros / (double)Spans;

    void ISimulationObserver.BeforeStep(Simulation simulation)
    {
    }

    void ISimulationObserver.OnStep(Simulation simulation, bool hasSample)
    {
        if (simulation.Loop?.Detector is not { HasScore: true } detector) return;
        int span = SpanOf(simulation.NowMicros);
        _sums[span] += detector.Score;
        _counts[span]++;
    }

    void ISimulationObserver.OnEvent(Simulation simulation, SimulationEvent happened) => _events.Add(happened);

    private int SpanOf(long micros) => Math.Min(Spans - 1, (int)(micros / SpanMicros));

    // What a pin did shows in the report; the alarm it follows is told.
    private static bool IsTold(SimulationEvent happened) =>
        happened.Kind is not (SimulationEventKind.Pin or SimulationEventKind.StateNotRestored);

    private static bool IsFault(ScenarioEvent happening) =>
        happening.Action == ScenarioAction.Set && happening.Text.Contains(".bearing ", StringComparison.Ordinal);
}
