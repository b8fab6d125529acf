extern alias portable;

using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;
using PortableModel = portable::EdgeRnn.Runtime.Model;
using PortableSession = portable::EdgeRnn.Runtime.Session;

namespace EdgeRnn.Tests;

/// <summary>Whole models in the runtime with vectors against the shared source alone, which defines the numbers and is what a device compiles.</summary>
public sealed class OracleTests(ITestOutputHelper output)
{
    private const int Steps = 60;

    // A step differs by the roundings of its products and 3e-7 per activation. The models forget, so differences do not add up
    // without end, and the widest products here have 330 terms. The measured figure is in the test output.
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Names => Specimens.AllNames;

    [Fact]
    public void Random_graphs_give_the_numbers_of_the_portable_runtime()
    {
        double worst = 0;
        for (int seed = 0; seed < LongRun.Choose(150, 5_000); seed++)
            worst = Math.Max(worst, Compare(ErnnWriter.Write(RandomGraphs.Create(seed)), new Graphs(seed), $"seed {seed}"));
        output.WriteLine($"largest difference {worst:E2}");
    }

    [Fact]
    public void Cells_of_every_width_give_the_numbers_of_the_portable_runtime()
    {
        double worst = 0;
        for (int seed = 0; seed < LongRun.Choose(120, 3_000); seed++)
            worst = Math.Max(worst, Compare(Graphs.Write(TwoCells(seed)), new Graphs(seed), $"seed {seed}"));
        output.WriteLine($"largest difference {worst:E2}");
    }

    [Theory, MemberData(nameof(Names))]
    public void State_saved_by_the_portable_runtime_continues_with_vectors_and_back(string name)
    {
        byte[] file = Specimens.File(name);
        Session session = new(Model.Load(file));
        PortableSession oracle = new(PortableModel.Load(file));
        float[] answer = new float[session.Model.OutputSize];
        foreach (float[] x in Specimens.Signal(session.Model, 17)) oracle.Step(x, 0, answer, 0);
        byte[] saved = new byte[oracle.SavedStateBytes], again = new byte[session.SavedStateBytes];
        oracle.SaveState(saved, 0);
        Assert.Equal(StateStatus.Restored, session.RestoreState(saved, 0, saved.Length));
        session.SaveState(again, 0);
        Assert.Equal(saved, again);
        Assert.Equal(StateStatus.Restored, new PortableSession(PortableModel.Load(file)).RestoreState(again, 0, again.Length));
    }

    // Two cells of random kind and width under a dense head; weights as frameworks initialise them.
    private static Subgraph TwoCells(int seed)
    {
        Random sizes = new(seed);
        Graphs graphs = new(seed);
        return Graphs.Chain(sizes.Next(1, 41), Cell(sizes, graphs, "first"), Cell(sizes, graphs, "second"),
            inputs => new DenseNode("head", inputs, Weights(graphs, sizes.Next(1, 40), Segment.TotalLength(inputs), 0.1f), null, Activation.Linear));
    }

    private static Func<IReadOnlyList<Segment>, GraphNode> Cell(Random sizes, Graphs graphs, string name)
    {
        int kind = sizes.Next(4), units = sizes.Next(1, 161);
        float scale = 1 / MathF.Sqrt(units);
        return inputs =>
        {
            int inputSize = Segment.TotalLength(inputs), gates = kind switch { 0 => 1, 1 or 2 => 3, _ => 4 };
            Tensor w = Weights(graphs, gates * units, inputSize, scale), u = Weights(graphs, gates * units, units, scale);
            return kind switch
            {
                0 => new RnnNode(name, inputs, w, u, graphs.Random(units), Activation.Tanh),
                1 => new GruNode(name, inputs, w, u, graphs.Random(4 * units), ResetAfter: true),
                2 => new GruNode(name, inputs, w, u, graphs.Random(3 * units), ResetAfter: false),
                _ => new LstmNode(name, inputs, w, u, graphs.Random(4 * units)) { Peepholes = sizes.Next(2) == 0 ? null : graphs.Random(3 * units) },
            };
        };
    }

    private static Tensor Weights(Graphs graphs, int rows, int columns, float scale) => graphs.Random(rows, columns).Scale(scale);

    private static double Compare(byte[] file, Graphs signalSource, string what)
    {
        Session session = new(Model.Load(file));
        PortableSession oracle = new(PortableModel.Load(file));
        float[] expected = new float[session.Model.OutputSize], found = new float[session.Model.OutputSize];
        double worst = 0;
        foreach (float[] x in signalSource.Signal(Steps, session.Model.InputSize))
        {
            Assert.True(oracle.Step(x, 0, expected, 0) == session.Step(x, 0, found, 0), $"{what}, step {session.StepCount}: the statuses differ");
            for (int i = 0; i < expected.Length; i++)
            {
                double difference = Math.Abs(expected[i] - found[i]) / Math.Max(1, Math.Abs(expected[i]));
                worst = Math.Max(worst, difference);
                Assert.True(difference <= Tolerance, $"{what}, step {session.StepCount}, output {i}: expected {expected[i]:R}, found {found[i]:R}");
            }
        }
        return worst;
    }
}
