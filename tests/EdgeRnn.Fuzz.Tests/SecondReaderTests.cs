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

    // Layers do not amplify (rows of weights sum to at most 1 in magnitude), so an answer carries the rounding of a few dozen float
    // operations and of the activation functions, each at most 2e-7, through at most 8 layers and the memory of their cells.
    private const double Tolerance = 1e-5;

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
            for (int i = 0; i < output.Length; i++)
            {
                Assert.True(Math.Abs(output[i] - expected[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i])),
                    $"{where}output {i} is {output[i]}, expected {expected[i]}");
            }
        }
        if (second.Window == null) Assert.True(answers > 0, $"seed {seed}: never answered");
    }

    private static void CompareFigures(Model model, SecondModel second, int seed)
    {
        Assert.Equal(second.ModelId, model.Id);
        Assert.Equal(seed, model.ModelVersion);
        Assert.Equal(second.ModelVersion, model.ModelVersion);
        Assert.Equal(second.Main.InputSize, model.InputSize);
        Assert.Equal(second.FrameSize, model.FrameSize);
        Assert.Equal(second.FramesPerAnswer, model.FramesPerAnswer);
        Assert.Equal(second.Plan[0] + second.Plan[1] + 4 * second.Plan[3], model.StateBytes);
        Assert.Equal(second.Plan[2], model.ScratchBytes);
        Assert.Equal(second.Plan[4], model.WarmUpSteps);
        Assert.Equal(second.Tensors.Sum(tensor => tensor.Data.Length), model.WeightCount);
        Assert.Equal(second.Metadata, model.Metadata);
        Assert.Equal(second.Input != null, model.HasPreprocessing);
        string[] unnamed = Enumerable.Repeat("", model.InputSize).ToArray();
        Assert.Equal(second.Input?.Names ?? unnamed, model.InputNames);
        Assert.Equal(second.Input?.Units ?? unnamed, model.InputUnits);
        Assert.Equal(SecondChecks.CostliestStep(second, SecondChecks.Macs), model.WorstCaseMacs);
    }
}
