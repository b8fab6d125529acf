extern alias portable;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;
using PortableModel = portable::EdgeRnn.Runtime.Model;
using PortableSession = portable::EdgeRnn.Runtime.Session;

namespace EdgeRnn.Tests.Quantized;

/// <summary>
/// Integer cells that step some units at a time give the bits of the portable runtime at every size, and write nothing but their state and
/// their work area.
/// </summary>
public sealed class BlockStepTests
{
    private const int Seed = 20261130;
    private const int Steps = 40;

    private static readonly Dictionary<string, Func<Graphs, int, Func<IReadOnlyList<Segment>, GraphNode>>> _cells = new()
    {
        ["gru"] = (g, units) => g.Gru(units),
        ["gru, reset before"] = (g, units) => g.Gru(units, resetAfter: false),
        ["gru, relu"] = (g, units) => x => (GruNode)g.Gru(units)(x) with { CandidateActivation = Activation.Relu },
        ["gru, relu, reset before"] = (g, units) => x => (GruNode)g.Gru(units, resetAfter: false)(x) with { CandidateActivation = Activation.Relu },
        ["rnn"] = (g, units) => g.Rnn(units),
        ["rnn, relu"] = (g, units) => x => (RnnNode)g.Rnn(units)(x) with { Activation = Activation.Relu },
        ["lstm"] = (g, units) => g.Lstm(units),
    };

    public static IEnumerable<TheoryDataRow<string, string>> Kinds =>
        _cells.Keys.SelectMany(cell => new[] { "w8a16", "w8a8" }.Select(scheme => new TheoryDataRow<string, string>(cell, scheme)));

    // Each remainder of 16 units and of 4 columns, and where weights are widened and where they are not.
    private static IEnumerable<int> Sizes => LongRun.IsOn ? Enumerable.Range(1, 70).Concat(Enumerable.Range(127, 4))
        : [1, 2, 3, 4, 5, 8, 11, 15, 16, 17, 24, 31, 32, 33, 47, 48, 49, 63, 64, 65, 70, 127, 128, 129, 130];

    [Theory, MemberData(nameof(Kinds))]
    public void Cells_of_every_size_give_the_bits_of_the_portable_runtime(string cell, string scheme)
    {
        foreach (int units in Sizes)
        {
            int inputs = units * 37 % 70 + 1;
            Compare(Specimen(cell, scheme, inputs, units, 1), $"{cell}, {scheme}, {inputs} inputs, {units} units, seed {Seed}");
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Cells_of_every_number_of_inputs_give_the_bits_of_the_portable_runtime(string cell, string scheme)
    {
        for (int inputs = 1; inputs <= 70; inputs += LongRun.IsOn ? 1 : 3)
            Compare(Specimen(cell, scheme, inputs, 19, 1), $"{cell}, {scheme}, {inputs} inputs, 19 units, seed {Seed}");
    }

    // From weights that no clamp answers to weights that always meet one; between them lies where the form of the step changes.
    [Theory, MemberData(nameof(Kinds))]
    public void Weights_of_every_magnitude_give_the_bits_of_the_portable_runtime(string cell, string scheme)
    {
        // Where an activation has no bounds, the converter refuses weights too large for integers.
        float largest = cell == "rnn, relu" ? 100 : 1e5f;
        for (float factor = 1e-3f; factor < largest; factor *= 3.7f)
            Compare(Specimen(cell, scheme, 5, 20, factor), $"{cell}, {scheme}, weights times {factor}, seed {Seed}");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_usual_cells_step_in_blocks_where_there_are_vectors_for_it(string cell, string scheme)
    {
        bool expected = Vector512.IsHardwareAccelerated && Avx512BW.IsSupported && Avx512DQ.IsSupported && (scheme == "w8a16" || AvxVnni.IsSupported);
        Model model = Model.Load(ErnnWriter.Write(QuantizedSpecimens.Make(Graph(cell, 8, 64, 1), Graph(cell, 8, 64, 1), scheme)));
        Assert.Equal(expected, ((QuantizedLayer)model.Main.LayerAt(0)).StepsInBlocks);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_step_writes_its_state_and_its_work_area_only(string cell, string scheme)
    {
        Random random = new(Seed);
        foreach (int units in Sizes)
        {
            Session session = new(Model.Load(Specimen(cell, scheme, units * 11 % 23 + 1, units, 1)));
            int[] ints = session.Memory.Ints;
            Layer layer = session.Model.Main.LayerAt(0);
            for (int i = session.Model.Plan.SavedSize; i < ints.Length; i++) ints[i] = random.Next(-32767, 32768);
            int[] before = [.. ints];
            layer.Step(session.Memory);
            for (int i = 0; i < ints.Length; i++)
            {
                bool isOwn = (i >= layer.StateOffset && i < layer.StateOffset + layer.StateSize) ||
                    (i >= layer.WorkOffset && i < layer.WorkOffset + layer.WorkSize);
                Assert.True(isOwn || ints[i] == before[i], $"{cell}, {scheme}, {units} units, seed {Seed}: element {i} of {ints.Length} changed");
            }
        }
    }

    private static RecurrentGraph Graph(string cell, int inputs, int units, float factor)
    {
        Graphs g = new(Seed + 1000 * units + inputs);
        // Weights as a trained network has them: the sum of a row stays near 1.
        float calm = factor / MathF.Sqrt(units + inputs);
        return IntegerGraphs.Magnified(Graphs.Whole(Graphs.Chain(inputs, _cells[cell](g, units))), calm);
    }

    private static byte[] Specimen(string cell, string scheme, int inputs, int units, float factor) =>
        ErnnWriter.Write(QuantizedSpecimens.Make(Graph(cell, inputs, units, factor), Graph(cell, inputs, units, 1), scheme));

    private static void Compare(byte[] file, string what)
    {
        Session session = new(Model.Load(file));
        PortableSession oracle = new(PortableModel.Load(file));
        float[] expected = new float[session.Model.OutputSize], found = new float[session.Model.OutputSize];
        byte[] expectedState = new byte[session.SavedStateBytes], foundState = new byte[session.SavedStateBytes];
        Random random = new(Seed);
        for (int step = 0; step < Steps; step++)
        {
            // In range, then at both ends of the range, then anything between.
            float[] x = [.. Enumerable.Range(0, session.Model.InputSize).Select(_ => (float)(random.NextDouble() * 2 - 1) *
                (step % 4 == 3 ? 1e6f : step % 4 == 2 ? 9 : 1))];
            int status = oracle.Step(x, 0, expected, 0);
            Assert.True(status == session.Step(x, 0, found, 0), $"{what}, step {step}: the statuses differ");
            oracle.SaveState(expectedState, 0);
            session.SaveState(foundState, 0);
            Assert.True(expectedState.AsSpan().SequenceEqual(foundState), $"{what}, step {step}: the states differ");
            Assert.True(expected.AsSpan().SequenceEqual(found), $"{what}, step {step}: the answers differ");
        }
    }
}
