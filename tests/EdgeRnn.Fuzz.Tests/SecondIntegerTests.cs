using System;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
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

    // 1100 weights of one magnitude times the largest inputs are more than an accumulator holds.
    [Theory]
    [InlineData(Scheme.W16A16)]
    [InlineData(Scheme.W8A16)]
    [InlineData(Scheme.W4A16)]
    public void Rows_longer_than_one_accumulator_give_the_same_bits(Scheme scheme)
    {
        // Groups of columns differ in size, or int4 multipliers would all be 1 and no row long.
        Tensor weights = new([.. Enumerable.Range(0, 3300).Select(i => (i * 7 % 11 < 5 ? -0.02f : 0.02f) * (1.5f + 0.37f * (i % 1100 / 32 % 5)))], 3, 1100);
        RecurrentGraph graph = new()
        {
            Name = "long rows",
            Main = new Subgraph
            {
                InputSize = 1100,
                Nodes = [new DenseNode("dense", [new(0, 0, 1100)], weights, null, Activation.Tanh)],
                Outputs = [new(1, 0, 3)],
            },
        };
        byte[] file = ErnnWriter.Write(ValidIntegers.Quantized(graph, new() { ["dense"] = scheme }));
        Assert.True(SecondReader.Read(file).Tensors[0].Blocks.Length > 2);
        Compare(file, 0);
    }

    [Fact]
    public void Random_integers_hold_every_kind_of_layer_activation_and_scheme()
    {
        SecondModel[] models = [.. Enumerable.Range(1, 10).SelectMany(block => Enumerable.Range(0, GraphCount / 10).Select(i => 100_000 * block + i))
            .Select(seed => SecondReader.Read(ErnnWriter.Write(RandomIntegers.Create(seed))))];
        SecondLayer[] layers = [.. models.SelectMany(model => model.Graphs).SelectMany(graph => graph.Layers)];
        SecondLayer[] integers = [.. layers.Where(layer => layer.IsInteger)];
        Assert.Equal(Enumerable.Range(1, 10), integers.Select(layer => layer.Kind).Distinct().Order());
        Assert.Equal(Enumerable.Range(1, 9), layers.Except(integers).Select(layer => layer.Kind).Distinct().Order().Take(9));
        foreach (int kind in new[] { SecondLayer.Dense, SecondLayer.Rnn, SecondLayer.Lstm, SecondLayer.Gru, SecondLayer.Conv })
            Assert.Equal(Enumerable.Range(1, 4), integers.Where(layer => layer.Kind == kind).Select(layer => layer.Scheme).Distinct().Order());
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13], integers.SelectMany(layer => layer.Activations).Select(f => f.Kind).Distinct().Order());
        Assert.Equal(Enumerable.Range(1, 11), integers.SelectMany(layer => layer.Tensors.Keys).Distinct().Order());
        SecondTensor[] tensors = [.. models.SelectMany(model => model.Tensors)];
        Assert.Equal(Enumerable.Range(0, 5), tensors.Select(tensor => tensor.Type).Distinct().Order());
        Assert.Contains(tensors, tensor => tensor.Type == SecondTensor.Int4 && tensor.Blocks.Length > 1 && tensor.Blocks.Any(block => block.Groups > 1));
        Assert.Contains(models, model => model.Window?.Links.Length > 0);
        Assert.Contains(models, model => model.Window is { Feedback: SecondWindow.Autoregressive, StepsPerTick: > 0 });
        Assert.Contains(models, model => model.Input?.Counts != null && model.Window == null);
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
        double tolerance = exact ? 0 : Tolerance(second);
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
            if (expected == null) continue;
            for (int i = 0; i < output.Length; i++)
            {
                double value = Math.ScaleB(expected[i], -bits[i % bits.Length]);
                Assert.True(Math.Abs(output[i] - value) <= tolerance, $"{where}output {i} is {output[i]}, expected {value}");
            }
        }
        CompareState(session, second, reference, steps, seed, exact);
        if (exact) CompareIntegerEntries(model, second, seed);
    }

    // A float layer's last bits may move its output by a unit, and that the outputs of all layers behind it; no layer amplifies much.
    // Where a layer jumps, nothing can be said.
    private static double Tolerance(SecondModel model)
    {
        SecondLayer[] layers = [.. model.Graphs.SelectMany(graph => graph.Layers)];
        bool jumps = layers.Any(layer => layer.Kind is SecondLayer.Embedding or SecondLayer.ArgMax || layer.Activations.Any(f => f.Kind == 8));
        return jumps ? double.PositiveInfinity : 4 * layers.Sum(layer => Math.ScaleB(1, -layer.OutputBits));
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
