using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Reference;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantize;

/// <summary>The double precision run against the runtime, and against the equations written down a second time.</summary>
public sealed class ReferenceRunTests(ITestOutputHelper output)
{
    // Answers of the runtime carry the rounding of float32 (6e-8 an operation) and of its activations (3e-7); the layers of these
    // graphs do not amplify. Measured: 2e-7.
    private const double FloatTolerance = 2e-6;

    // Two orders of summation in double.
    private const double DoubleTolerance = 1e-12;

    [Fact]
    public void Random_graphs_answer_what_the_runtime_answers_and_when()
    {
        double worst = 0;
        for (int seed = 0; seed < LongRun.Choose(400, 4_000); seed++) worst = Math.Max(worst, CompareWithRuntime(seed));
        output.WriteLine($"largest difference {worst:E2}");
    }

    [Fact]
    public void Random_streams_have_the_numbers_of_the_equations()
    {
        double worst = 0;
        int compared = 0;
        for (int seed = 0; seed < LongRun.Choose(400, 4_000); seed++)
        {
            RecurrentGraph graph = RandomGraphs.Create(seed);
            if (graph.Window != null || graph.Preprocessing != null) continue;
            compared++;
            worst = Math.Max(worst, CompareWithEquations(graph, seed));
        }
        output.WriteLine($"{compared} streams, largest difference {worst:E2}");
        Assert.True(compared > 30, $"only {compared} random graphs are plain streams");
    }

    [Fact]
    public void Reset_brings_back_the_first_answers()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            RecurrentGraph graph = RandomGraphs.Create(seed);
            ReferenceRun run = new(graph);
            float[][] signal = Samples(graph, 50, seed);
            List<double> first = Answers(run, signal);
            run.Reset();
            Assert.True(first.SequenceEqual(Answers(run, signal)), $"seed {seed}: the second pass answers something else");
        }
    }

    [Fact]
    public void Standardised_samples_can_be_given_directly()
    {
        RecurrentGraph graph = Enumerable.Range(0, 100).Select(RandomGraphs.Create)
            .First(candidate => candidate.Preprocessing != null && candidate.Window == null);
        ReferenceRun raw = new(graph), scaled = new(graph);
        double[] x = new double[graph.Main.InputSize];
        foreach (float[] sample in Samples(graph, 20, 5))
        {
            for (int i = 0; i < x.Length; i++) x[i] = ReferenceRun.Standardise(graph.Preprocessing!, sample[i], i);
            double[]? expected = raw.Step(sample), found = scaled.StepStandardised(x);
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void Every_signal_of_a_cell_is_seen_at_every_step()
    {
        Random random = new(1);
        RandomLayers layers = new(random, false);
        Segment[] input = [new(0, 0, 3)];
        GruNode gru = new("gru", input, Numbers(12, 3), Numbers(12, 4), Numbers(16), ResetAfter: true);
        LstmNode lstm = new("lstm", [new(1, 0, 4)], Numbers(15, 4), Numbers(15, 2), Numbers(15))
        {
            Coupling = GateCoupling.ForgetFromInput,
            Projection = Numbers(2, 5),
        };
        RecurrentGraph graph = new()
        {
            Name = "cells",
            Main = new Subgraph { InputSize = 3, Nodes = [gru, lstm], Outputs = [new(2, 0, 2)] },
        };
        CountingObserver seen = new();
        ReferenceRun run = new(graph, seen);
        for (int step = 0; step < 7; step++) run.Step([1, 2, 3]);
        Assert.All(seen.Counts, pair => Assert.True(pair.Value == 7, $"{pair.Key}: {pair.Value} times"));
        Assert.Equal(
        [
            new(GraphPart.Main, 0),
            new(GraphPart.Main, 1),
            .. Gates(1, Gate.UpdateGate, Gate.ResetGate, Gate.Candidate),
            new(GraphPart.Main, 1, Signal.RecurrentTerm),
            new(GraphPart.Main, 2),
            .. Gates(2, Gate.InputGate, Gate.Candidate, Gate.OutputGate),
            new(GraphPart.Main, 2, Signal.GateValue, Gate.ForgetGate),
            new(GraphPart.Main, 2, Signal.CellState),
            new(GraphPart.Main, 2, Signal.UnprojectedHidden),
        ], seen.Counts.Keys.ToHashSet());
        Assert.Equal((4, 2, 5), (run.Hidden(0).Length, run.Hidden(1).Length, run.Cell(1).Length));

        Tensor Numbers(params int[] shape) =>
            new(layers.Numbers(shape.Aggregate(1, (product, size) => product * size), 1), shape);
        IEnumerable<SignalId> Gates(int value, params Gate[] gates) => gates.SelectMany(gate => new SignalId[]
            { new(GraphPart.Main, value, Signal.PreActivation, gate), new(GraphPart.Main, value, Signal.GateValue, gate) });
    }

    private static double CompareWithRuntime(int seed)
    {
        RecurrentGraph graph = RandomGraphs.Create(seed);
        Session session = new(Model.Load(ErnnWriter.Write(graph)));
        ReferenceRun run = new(graph);
        float[] found = new float[session.Model.OutputSize];
        double worst = 0;
        foreach (float[] sample in Samples(graph, 40 + 3 * (graph.Window?.WindowLength ?? 0), seed))
        {
            int status = session.Step(sample, 0, found, 0);
            double[]? expected = run.Step(sample);
            string where = $"seed {seed}, step {session.StepCount}: ";
            Assert.True((status & StepStatus.OutputReady) != 0 == (expected != null), where + "only one of the two answers");
            if (expected == null) continue;
            Assert.Equal(expected.Length, found.Length);
            for (int i = 0; i < found.Length; i++)
            {
                double difference = Math.Abs(found[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
                Assert.True(difference <= FloatTolerance, $"{where}output {i}: runtime {found[i]:R}, reference {expected[i]:R}");
                worst = Math.Max(worst, difference);
            }
        }
        return worst;
    }

    private static double CompareWithEquations(RecurrentGraph graph, int seed)
    {
        ReferenceRun run = new(graph);
        GraphReference equations = new(graph);
        double worst = 0;
        foreach (float[] sample in Samples(graph, 40, seed))
        {
            double[]? expected = equations.Step(sample), found = run.Step(sample);
            Assert.True(expected == null == (found == null), $"seed {seed}: only one of the two answers");
            if (expected == null) continue;
            for (int i = 0; i < expected.Length; i++) worst = Math.Max(worst, Math.Abs(expected[i] - found![i]));
            for (int node = 0; node < graph.Main.Nodes.Count; node++)
            {
                GraphNode layer = graph.Main.Nodes[node];
                if (!equations.HasRun(layer)) continue;
                double[] hidden = equations.Hidden(layer), cell = layer is LstmNode ? equations.Cell(layer) : [];
                for (int i = 0; i < hidden.Length; i++) worst = Math.Max(worst, Math.Abs(hidden[i] - run.Hidden(node)[i]));
                for (int i = 0; i < cell.Length; i++) worst = Math.Max(worst, Math.Abs(cell[i] - run.Cell(node)[i]));
            }
            Assert.True(worst <= DoubleTolerance, $"seed {seed}: difference {worst:E2}");
        }
        return worst;
    }

    private static List<double> Answers(ReferenceRun run, float[][] signal)
    {
        List<double> answers = [];
        foreach (float[] sample in signal) answers.AddRange(run.Step(sample) ?? []);
        return answers;
    }

    private static float[][] Samples(RecurrentGraph graph, int steps, int seed)
    {
        Random random = new(seed);
        float[][] signal = new float[steps][];
        for (int step = 0; step < steps; step++)
        {
            signal[step] = new float[graph.Main.InputSize];
            for (int i = 0; i < graph.Main.InputSize; i++) signal[step][i] = (float)(random.NextDouble() * 5 - 1.5);
        }
        return signal;
    }

    private sealed class CountingObserver : ISignalObserver
    {
        public Dictionary<SignalId, int> Counts { get; } = [];

        public void Observe(SignalId signal, ReadOnlySpan<double> values)
        {
            Assert.NotEqual(0, values.Length);
            Counts[signal] = Counts.GetValueOrDefault(signal) + 1;
        }
    }
}
