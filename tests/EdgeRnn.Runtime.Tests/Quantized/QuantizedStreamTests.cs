extern alias portable;

using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;
using PortableModel = portable::EdgeRnn.Runtime.Model;
using PortableSession = portable::EdgeRnn.Runtime.Session;

namespace EdgeRnn.Tests.Quantized;

/// <summary>One cell of each kind over a long stream: the same bits with vectors and in the shared source alone.</summary>
public sealed class QuantizedStreamTests
{
    private const int Seed = 20261127;
    private const int StatePeriod = 1_000;
    private const int Units = 9; // a vector of eight, and one unit more

    private static readonly Dictionary<string, Func<Graphs, Func<IReadOnlyList<Segment>, GraphNode>>> _makers = new()
    {
        ["rnn"] = g => g.Rnn(Units),
        ["gru, reset after"] = g => g.Gru(Units),
        ["gru, reset before"] = g => g.Gru(Units, resetAfter: false),
        ["lstm"] = g => g.Lstm(Units),
        ["lstm with peepholes"] = g => x => (LstmNode)g.Lstm(Units)(x) with { Peepholes = g.Random(3 * Units) },
        ["lstm coupled"] = g => x => new LstmNode("lstm", x, g.Random(3 * Units, 2), g.Random(3 * Units, Units), g.Random(3 * Units))
        {
            Coupling = GateCoupling.ForgetFromInput,
        },
        ["lstm projected"] = g => x => new LstmNode("lstm", x, g.Random(4 * Units, 2), g.Random(4 * Units, 3), g.Random(4 * Units))
        {
            Projection = g.Random(3, Units),
        },
        ["conv"] = g => g.Conv(Units, 3, dilation: 2, padded: true),
        ["dense"] = g => g.Dense(Units, new Activation(ActivationKind.LeakyRelu, 0.1f)),
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            string[] schemes = ["w8a16", "w4a16", "w16a16", "w8a8"];
            TheoryData<string, string> cases = [];
            foreach (string cell in _makers.Keys) cases.Add(cell, schemes[cases.Count % schemes.Length]);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_long_stream_has_the_bits_of_the_portable_runtime(string cell, string scheme)
    {
        RecurrentGraph graph = Graphs.Whole(Graphs.Chain(2, _makers[cell](new Graphs(Seed))));
        byte[] file = ErnnWriter.Write(QuantizedSpecimens.Make(graph, graph, scheme));
        Session session = new(Model.Load(file));
        PortableSession oracle = new(PortableModel.Load(file));
        Random random = new(Seed);
        short[] input = new short[2], expected = new short[session.Model.OutputSize], found = new short[expected.Length];
        byte[] expectedState = new byte[session.SavedStateBytes], foundState = new byte[session.SavedStateBytes];
        for (int step = 1; step <= LongRun.Choose(20_000, 1_000_000); step++)
        {
            // Mostly a stream like any other, then a while at the ends of the range.
            for (int i = 0; i < input.Length; i++)
                input[i] = (short)(step % StatePeriod < 20 ? random.Next(2) * 65535 - 32768 : random.Next(-20_000, 20_000));
            oracle.StepQuantized(input, 0, expected, 0);
            session.StepQuantized(input, 0, found, 0);
            if (!expected.AsSpan().SequenceEqual(found)) Fail(step, "answers");
            if (step % StatePeriod != 0) continue;
            oracle.SaveState(expectedState, 0);
            session.SaveState(foundState, 0);
            if (!expectedState.AsSpan().SequenceEqual(foundState)) Fail(step, "states");
        }

        void Fail(int step, string what) => Assert.Fail($"{cell}, {scheme}, seed {Seed}, step {step}: the {what} differ");
    }
}
