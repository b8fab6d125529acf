extern alias portable;

using System;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;
using PortableModel = portable::EdgeRnn.Runtime.Model;
using PortableSession = portable::EdgeRnn.Runtime.Session;

namespace EdgeRnn.Tests.Quantized;

/// <summary>Whole models with rows in pairs: the same answers and states, memory as allowed and as reported.</summary>
public sealed class RowPairModelTests
{
    private const int Steps = 80;

    public static TheoryData<string> IntegerNames => QuantizedOracleTests.IntegerNames;

    [Theory, MemberData(nameof(IntegerNames))]
    public void Specimens_keep_their_bits(string name) => Compare(QuantizedSpecimens.Make(name), name);

    [Theory, MemberData(nameof(IntegerNames))]
    public void Extreme_weights_and_inputs_keep_their_bits(string name) =>
        Compare(QuantizedSpecimens.MakeExtreme(name), name + ", extreme");

    [Fact]
    public void Random_graphs_keep_their_bits()
    {
        for (int seed = 0; seed < LongRun.Choose(100, 2_000); seed++) Compare(RandomIntegers.Create(seed), $"random graph, seed {seed}");
    }

    [Theory]
    [InlineData("w16a16", 2)]
    [InlineData("w8a16", 1)]
    [InlineData("w8a8", 1)]
    [InlineData("w4a16", 1)]
    public void Two_weights_take_eight_bytes_in_every_scheme_and_those_of_16_bits_twice_that(string scheme, int blocks)
    {
        // W has 21 rows over 3 inputs, U 14 and 7 over 7 units, the head 2 over 7; odd rows have no partner.
        const int Pairs = 11 * 3 + 7 * 7 + 4 * 7 + 1 * 7;
        Assert.Equal(8 * blocks * Pairs, Paired(QuantizedSpecimens.File($"gru reset after, {scheme}"), int.MaxValue).RowPairBytes);
    }

    [Fact]
    public void An_allowance_is_never_exceeded_and_what_it_cannot_hold_stays_as_it_is()
    {
        byte[] file = QuantizedSpecimens.File("gru reset after, w8a16");
        int all = Paired(file, int.MaxValue).RowPairBytes, last = 0;
        Assert.Equal(0, Model.Load(file).RowPairBytes);
        for (int allowed = 0; allowed <= all; allowed += 8)
        {
            int taken = Paired(file, allowed).RowPairBytes;
            Assert.InRange(taken, last, allowed);
            last = taken;
        }
        Assert.Equal(all, last);
    }

    [Fact]
    public void Golden_steps_pass_and_a_saved_state_goes_from_one_layout_to_the_other()
    {
        QuantizedGraph graph = QuantizedSpecimens.Make("gru reset after, w8a16");
        byte[] file = GoldenSteps.Append(ErnnWriter.Write(graph));
        Model model = Paired(file, int.MaxValue);
        Assert.NotEqual(0, model.RowPairBytes);
        Assert.Equal(SelfTestStatus.Passed, SelfTest.Run(file, model));
        Session pairs = new(model), plain = new(Model.Load(file));
        byte[] state = new byte[plain.SavedStateBytes];
        short[] input = new short[model.InputSize], expected = new short[model.OutputSize], found = new short[model.OutputSize];
        Random random = new(3);
        for (int step = 0; step < Steps; step++)
        {
            for (int i = 0; i < input.Length; i++) input[i] = (short)random.Next(short.MinValue, short.MaxValue + 1);
            (Session first, Session second) = step % 2 == 0 ? (plain, pairs) : (pairs, plain);
            first.StepQuantized(input, 0, expected, 0);
            second.StepQuantized(input, 0, found, 0);
            Assert.Equal(expected, found);
            first.SaveState(state, 0);
            Assert.Equal(StateStatus.Restored, second.RestoreState(state, 0, state.Length));
        }
    }

    private static Model Paired(byte[] file, int maxRowPairBytes) => Model.Load(file, ModelLimits.MaxSessionBytes, maxRowPairBytes);

    private static void Compare(QuantizedGraph graph, string what)
    {
        byte[] file = ErnnWriter.Write(graph);
        Session pairs = new(Paired(file, int.MaxValue));
        if (!pairs.Model.IsIntegerOnly) return;
        PortableSession devicePairs = new(PortableModel.Load(file, ModelLimits.MaxSessionBytes, int.MaxValue));
        PortableSession oracle = new(PortableModel.Load(file));
        Assert.Equal(pairs.Model.RowPairBytes, devicePairs.Model.RowPairBytes);
        float[] expected = new float[pairs.Model.OutputSize], found = new float[pairs.Model.OutputSize];
        byte[] expectedState = new byte[pairs.SavedStateBytes], foundState = new byte[pairs.SavedStateBytes];
        float[][] signal = QuantizedSpecimens.Signal(graph.Source, Steps, seed: 9);
        for (int step = 0; step < Steps; step++)
        {
            // Half of the steps saturate every input.
            float[] x = step < Steps / 2 ? signal[step] : Array.ConvertAll(signal[step], value => value * 1e6f);
            int status = oracle.Step(x, 0, expected, 0);
            oracle.SaveState(expectedState, 0);
            AssertSame($"{what}, step {step}", status, pairs.Step(x, 0, found, 0), expected, found);
            pairs.SaveState(foundState, 0);
            Assert.True(expectedState.AsSpan().SequenceEqual(foundState), $"{what}, step {step}: the states differ");
            AssertSame($"{what} on a device, step {step}", status, devicePairs.Step(x, 0, found, 0), expected, found);
            devicePairs.SaveState(foundState, 0);
            Assert.True(expectedState.AsSpan().SequenceEqual(foundState), $"{what} on a device, step {step}: the states differ");
        }
    }

    private static void AssertSame(string where, int expectedStatus, int status, float[] expected, float[] found)
    {
        Assert.True(expectedStatus == status, where + ": the statuses differ");
        Assert.True(expected.AsSpan().SequenceEqual(found), where + ": the answers differ");
    }
}
