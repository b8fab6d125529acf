using System;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Quantized models: a reader and an arithmetic made from FORMAT.md and NUMERICS.md alone give the runtime's bits.</summary>
public sealed class SecondIntegerTests
{
    private const int GraphCount = 300;

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, 10)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Second_reader_computes_the_same_bits(int block)
    {
        for (int i = 0; i < LongRun.Choose(GraphCount, 30 * GraphCount) / 10; i++)
        {
            int seed = 100_000 * (block + 1) + i;
            try
            {
                Compare(ErnnWriter.Write(RandomIntegers.Create(seed)), seed);
            }
            catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {failure}");
            }
        }
    }

    private static void Compare(byte[] file, int seed)
    {
        Model model = Model.Load(file);
        SecondModel second = SecondReader.Read(file);
        Assert.True(model.IsQuantized && second.IsQuantized, $"seed {seed}");
        bool exact = second.Graphs.All(graph => graph.Layers.All(layer => layer.IsInteger));
        Assert.Equal(exact, model.IsIntegerOnly);
        Assert.Equal(second.Main.InputBits, model.InputFractionBits);
        int[] bits = [.. (second.Graphs.Count == 2 ? second.Decoder : second.Main).OutputBits];
        Assert.Equal(bits, Enumerable.Range(0, model.FrameSize).Select(model.OutputFractionBits));
        Assert.Equal(second.Plan[0] + second.Plan[1] + 4 * second.Plan[3], model.StateBytes);
        Assert.Equal(second.Plan[2], model.ScratchBytes);
        Assert.Equal(SecondChecks.CostliestStep(second, SecondChecks.Macs), model.WorstCaseMacs);

        Session session = new(model);
        SecondSession reference = new(second);
        Random random = new(seed);
        float[] input = new float[model.InputSize], output = new float[model.OutputSize];
        int steps = 40 + 3 * (second.Window?.WindowLength ?? 0);
        for (int step = 0; step < steps; step++)
        {
            for (int i = 0; i < input.Length; i++) input[i] = Sample(random);
            int status = session.Step(input, 0, output, 0);
            double[]? expected = reference.Step(input);
            string where = $"seed {seed}, step {step}: ";
            Assert.True((status & StepStatus.OutputReady) != 0 == (expected != null), where + "only one of the two answers");
            if (expected == null || !exact) continue;
            for (int i = 0; i < output.Length; i++)
            {
                double value = Math.ScaleB((double)output[i], bits[i % bits.Length]);
                Assert.True(value == expected[i], $"{where}output {i} is {value}, expected {expected[i]}");
            }
        }
        CompareState(session, second, reference, steps, seed, exact);
        if (exact) CompareIntegerEntries(model, second, seed);
    }

    private static void CompareState(Session session, SecondModel second, SecondSession reference, int steps, int seed, bool exact)
    {
        byte[] state = new byte[session.SavedStateBytes];
        session.SaveState(state, 0);
        SecondState read = SecondState.Read(state, second);
        if (!exact) return;
        foreach ((string what, double expected, double found) in read.Compare(second, reference, steps))
            Assert.True(expected == found, $"seed {seed}, saved state: {what} is {found}, expected {expected}");
    }

    // Values and, where the file says how, whole numbers from a sensor.
    private static void CompareIntegerEntries(Model model, SecondModel second, int seed)
    {
        Session session = new(model), counting = new(model);
        SecondSession reference = new(second), countingReference = new(second);
        Random random = new(seed + 1);
        short[] input = new short[model.InputSize], output = new short[model.OutputSize];
        bool counts = second.Input?.Counts != null;
        Assert.Equal(counts, model.AcceptsCounts);
        for (int step = 0; step < 20; step++)
        {
            for (int i = 0; i < input.Length; i++) input[i] = (short)(random.Next(4) == 0 ? random.Next(-32768, 32768) : random.Next(-40, 41));
            int status = session.StepQuantized(input, 0, output, 0);
            Check(reference.StepValues([.. input.Select(value => Math.Max((double)value, -32767))]), status, output);
            if (!counts) continue;
            status = counting.StepCounts(input, 0, output, 0);
            Check(countingReference.StepCounts(input), status, output);

            void Check(double[]? expected, int found, short[] values)
            {
                Assert.True((found & StepStatus.OutputReady) != 0 == (expected != null), $"seed {seed}, step {step}: only one of the two answers");
                if (expected != null)
                    Assert.True(expected.SequenceEqual(values.Select(value => (double)value)), $"seed {seed}, step {step}: other values");
            }
        }
    }

    private static float Sample(Random random) => random.Next(60) switch
    {
        0 => float.NaN,
        1 => float.PositiveInfinity,
        2 => -1e30f,
        _ => (float)(random.NextDouble() * 5 - 1.5),
    };
}
