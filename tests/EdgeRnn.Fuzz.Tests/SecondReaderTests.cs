using System;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>A reader made from FORMAT.md alone reads what the writer wrote and computes what the runtime computes.</summary>
public sealed class SecondReaderTests
{
    private const int GraphCount = 300;

    // Layers do not amplify (rows of weights sum to at most 1 in magnitude), so answers and states stay near 1 and carry the rounding of
    // a few dozen float operations (6e-8 each) and of activations (3e-7), damped by every layer behind them.
    private const double Tolerance = 2e-6;

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, 10)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Second_reader_accepts_agrees_and_computes_the_same(int block)
    {
        for (int i = 0; i < GraphCount / 10; i++)
        {
            int seed = 1000 * block + i;
            try
            {
                Compare(RandomGraphs.Create(seed), seed);
            }
            catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {failure}");
            }
        }
    }

    [Fact]
    public void Random_graphs_hold_every_kind_of_layer_activation_and_window()
    {
        SecondModel[] models = Enumerable.Range(0, GraphCount / 10).SelectMany(i => Enumerable.Range(0, 10).Select(block => 1000 * block + i))
            .Select(seed => SecondReader.Read(ErnnWriter.Write(RandomGraphs.Create(seed)))).ToArray();
        SecondLayer[] layers = models.SelectMany(model => model.Graphs).SelectMany(graph => graph.Layers).ToArray();
        Assert.Equal(Enumerable.Range(1, 10), layers.Select(layer => layer.Kind).Distinct().Order());
        Assert.Equal(Enumerable.Range(0, 14), layers.SelectMany(layer => layer.Activations).Select(f => f.Kind).Distinct().Order());
        Assert.Equal(Enumerable.Range(1, 11), layers.SelectMany(layer => layer.Tensors.Keys).Distinct().Order());
        SecondWindow[] windows = models.Select(model => model.Window).OfType<SecondWindow>().ToArray();
        Assert.Equal(Enumerable.Range(0, 4), windows.Select(window => window.Answer).Distinct().Order());
        Assert.Equal(Enumerable.Range(0, 3), windows.Select(window => window.Feedback).Distinct().Order());
        Assert.Contains(windows, window => window.Endless);
        Assert.Contains(windows, window => window.ReversedInput && window.Hop < window.WindowLength);
        Assert.Contains(windows, window => window.StepsPerTick > 0 && window.ReversedTarget);
        Assert.Contains(windows, window => window.Links.Length > 0);
        Assert.Contains(models, model => model.Input != null && model.Window == null);
        Assert.Contains(models, model => SecondRates.Of(model.Main).Any(rate => rate is { First: > 0, Period: > 1 }));
    }

    private static void Compare(RecurrentGraph graph, int seed)
    {
        byte[] file = ErnnWriter.Write(graph, modelVersion: seed, warmUpSteps: seed % 20);
        Model model = Model.Load(file);
        SecondModel second = SecondReader.Read(file);
        CompareFigures(model, second, seed);

        Session session = new(model);
        SecondSession reference = new(second);
        Random random = new(seed);
        float[] input = new float[model.InputSize], output = new float[model.OutputSize];
        int steps = 40 + 3 * (second.Window?.WindowLength ?? 0), answers = 0;
        for (int step = 0; step < steps; step++)
        {
            for (int i = 0; i < input.Length; i++) input[i] = (float)(random.NextDouble() * 5 - 1.5);
            int status = session.Step(input, 0, output, 0);
            double[]? expected = reference.Step(input);
            string where = $"seed {seed}, step {step}: ";
            Assert.True((status & StepStatus.OutputReady) != 0 == (expected != null), where + "only one of the two answers");
            Assert.True((status & StepStatus.WarmingUp) != 0 == step < second.Plan[4], where + "warm-up");
            if (expected == null) continue;
            answers++;
            for (int i = 0; i < output.Length; i++) AssertClose(expected[i], output[i], where + "output " + i);
        }
        if (second.Window == null) Assert.True(answers > 0, $"seed {seed}: never answered");
        byte[] state = new byte[session.SavedStateBytes];
        session.SaveState(state, 0);
        foreach ((string what, double expected, double found) in SecondState.Read(state, second).Compare(second, reference, steps))
            AssertClose(expected, found, $"seed {seed}, saved state: {what}");
    }

    private static void AssertClose(double expected, double found, string what) =>
        Assert.True(Math.Abs(found - expected) <= Tolerance * Math.Max(1, Math.Abs(expected)), $"{what} is {found}, expected {expected}");

    private static void CompareFigures(Model model, SecondModel second, int seed)
    {
        Assert.Equal(second.ModelId, model.GetId());
        Assert.Equal(seed, model.ModelVersion);
        Assert.Equal(second.ModelVersion, model.ModelVersion);
        Assert.Equal(second.Main.InputSize, model.InputSize);
        Assert.Equal(second.FrameSize, model.FrameSize);
        Assert.Equal(second.FramesPerAnswer, model.FramesPerAnswer);
        Assert.Equal(second.Plan[0] + second.Plan[1] + 4 * second.Plan[3], model.StateBytes);
        Assert.Equal(second.Plan[2], model.ScratchBytes);
        Assert.Equal(second.Plan[4], model.WarmUpSteps);
        Assert.Equal(second.Tensors.Sum(tensor => tensor.Elements), model.WeightCount);
        Assert.Equal(second.Metadata, model.Metadata);
        Assert.Equal(second.Input != null, model.HasPreprocessing);
        string[] unnamed = Enumerable.Repeat("", model.InputSize).ToArray();
        Assert.Equal(second.Input?.Names ?? unnamed, model.InputNames);
        Assert.Equal(second.Input?.Units ?? unnamed, model.InputUnits);
        Assert.Equal(SecondChecks.CostliestStep(second, SecondChecks.Macs), model.WorstCaseMacs);
    }
}
