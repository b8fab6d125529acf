extern alias portable;

using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;
using PortableModel = portable::EdgeRnn.Runtime.Model;
using PortableSession = portable::EdgeRnn.Runtime.Session;

namespace EdgeRnn.Tests.Quantized;

/// <summary>Integer models give the same bits with vectors and in the shared source alone: every answer, every state, at every step.</summary>
public sealed class QuantizedOracleTests
{
    private const int Steps = 120;

    public static TheoryData<string> IntegerNames => [.. QuantizedSpecimens.Names.Select(row => row.Data)
        .Where(name => QuantizedSpecimens.SchemeOf(name) != QuantizedSpecimens.Mixed)];

    [Theory, MemberData(nameof(IntegerNames))]
    public void Specimens_give_the_bits_of_the_portable_runtime(string name) =>
        Compare(QuantizedSpecimens.Make(name), name);

    [Theory, MemberData(nameof(IntegerNames))]
    public void Extreme_weights_and_inputs_give_the_bits_of_the_portable_runtime(string name) =>
        Compare(QuantizedSpecimens.MakeExtreme(name), name + ", extreme");

    [Fact]
    public void Random_graphs_give_the_bits_of_the_portable_runtime()
    {
        for (int seed = 0; seed < LongRun.Choose(150, 2_000); seed++) Compare(RandomIntegers.Create(seed), $"random graph, seed {seed}");
    }

    private static void Compare(QuantizedGraph graph, string what)
    {
        byte[] file = ErnnWriter.Write(graph);
        Session session = new(Model.Load(file));
        PortableSession oracle = new(PortableModel.Load(file));
        // Float layers are only as near as floats are.
        if (!session.Model.IsIntegerOnly) return;
        float[] expected = new float[session.Model.OutputSize], found = new float[session.Model.OutputSize];
        byte[] expectedState = new byte[session.SavedStateBytes], foundState = new byte[session.SavedStateBytes];
        int step = 0;
        foreach (float[] x in Signals(graph.Source))
        {
            string where = $"{what}, step {step++}";
            int status = oracle.Step(x, 0, expected, 0);
            Assert.True(status == session.Step(x, 0, found, 0), where + ": the statuses differ");
            for (int i = 0; i < found.Length; i++)
                Assert.True(expected[i] == found[i], $"{where}, output {i}: expected {expected[i]:R}, found {found[i]:R}");
            oracle.SaveState(expectedState, 0);
            session.SaveState(foundState, 0);
            Assert.True(expectedState.AsSpan().SequenceEqual(foundState), where + ": the states differ");
        }
    }

    // What the ranges were made for, then what saturates every input, then both in turn.
    private static IEnumerable<float[]> Signals(RecurrentGraph graph)
    {
        float[][] signal = QuantizedSpecimens.Signal(graph, Steps, seed: 7);
        for (int step = 0; step < Steps; step++)
        {
            float factor = step < Steps / 3 ? 1 : step < 2 * Steps / 3 || step % 2 == 0 ? 1e6f : 0.5f;
            yield return Array.ConvertAll(signal[step], value => value * factor);
        }
    }
}
