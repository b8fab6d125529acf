using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Converter.Quantize.Reference;

namespace EdgeRnn.Tests.Quantize;

/// <summary>Bounds are never broken by what they claim to bound, and are as narrow as the rules say.</summary>
public sealed class IntervalBoundsTests(ITestOutputHelper output)
{
    // Sums in another order, relative to the bound.
    private const double Slack = 1e-9;

    [Fact]
    public void No_signal_of_a_random_model_leaves_its_bound()
    {
        int guaranteed = 0;
        for (int seed = 0; seed < LongRun.Choose(200, 4_000); seed++)
        {
            RecurrentGraph graph = RandomGraphs.Create(seed);
            Interval[] input = new InputBounds(graph).Bounds;
            BoundsTable table = IntervalBounds.Compute(graph, input);
            if (!table.Guaranteed) continue;
            guaranteed++;
            BoundsCheck check = new(table, seed);
            ReferenceRun run = new(graph, check);
            Random random = new(seed);
            double[] x = new double[input.Length];
            for (int step = 0; step < 60 + 2 * (graph.Window?.WindowLength ?? 0); step++)
            {
                for (int i = 0; i < x.Length; i++) x[i] = Pick(random, input[i]);
                run.StepStandardised(x);
            }
        }
        output.WriteLine($"{guaranteed} models");
        Assert.True(guaranteed > 150, $"only {guaranteed} models have guaranteed bounds");
    }

    [Fact]
    public void Bounds_name_the_signals_the_run_shows()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            RecurrentGraph graph = RandomGraphs.Create(seed);
            Interval[] input = new InputBounds(graph).Bounds;
            BoundsTable table = IntervalBounds.Compute(graph, input);
            BoundsCheck seen = new(table, seed);
            ReferenceRun run = new(graph, seen);
            double[] x = Array.ConvertAll(input, feature => feature.Low);
            for (int step = 0; step < 200; step++) run.StepStandardised(x);
            Assert.Equal([], seen.Signals.Except(table.Signals.Keys).Select(signal => $"seed {seed}: {signal} has no bound"));
            if (graph.Window == null)
            {
                Assert.Equal([], table.Signals.Keys.Except(seen.Signals)
                    .Select(signal => $"seed {seed}: {signal} is not shown"));
            }
        }
    }

    private static double Pick(Random random, Interval x) => random.Next(4) switch
    {
        0 => x.Low,
        1 => x.High,
        _ => x.Low + random.NextDouble() * (x.High - x.Low),
    };

    private sealed class BoundsCheck(BoundsTable table, int seed) : ISignalObserver
    {
        private bool _cellSaturates;

        public HashSet<SignalId> Signals { get; } = [];

        public void Observe(SignalId signal, ReadOnlySpan<double> values)
        {
            Signals.Add(signal);
            if (_cellSaturates) return;
            if (!table.Signals.TryGetValue(signal, out SignalBound known)) return;
            Interval bound = known.Interval;
            foreach (double value in values)
            {
                // The integer path saturates there; this run goes on where no bound counts.
                _cellSaturates |= signal.Kind == Signal.CellState && Math.Abs(value) > LstmBounds.CellLimit;
                if (_cellSaturates) return;
                double slack = Slack * Math.Max(1, bound.Magnitude);
                Assert.True(value <= bound.High + slack && value >= bound.Low - slack,
                    $"seed {seed}, {signal}: {value:R} is outside [{bound.Low:R}, {bound.High:R}]");
            }
        }
    }
}
