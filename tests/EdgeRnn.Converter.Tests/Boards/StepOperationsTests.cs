using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using EdgeRnn.Converter.Boards;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Boards;

/// <summary>
/// Estimated operations against operations counted in the code a device compiles. The counts are deterministic: a change of a kernel or of a
/// step's work that matters fails here.
/// </summary>
public sealed class StepOperationsTests(ITestOutputHelper output)
{
    private const int Steps = 90;

    // Of random models, the oddest included: a fifth more than was said is still within what a verdict leaves free.
    private const double Above = 1.2, Below = 0.5;


    [Fact]
    public void Two_rows_in_a_long_take_four_tenths_of_the_operations_of_rows_as_in_the_file()
    {
        SkipUnlessOptimised();
        Assert.Equal(ProductOperations.OfEightRows, CountedRuntime.Product(8, 16, true) - CountedRuntime.Product(8, 8, true), 0.01);
        Assert.Equal(ProductOperations.OfTwoRows, CountedRuntime.Product(2, 16, true) - CountedRuntime.Product(2, 8, true), 0.01);
        Assert.Equal(ProductOperations.OfOneRow, CountedRuntime.Product(2, 16, false) / 2 - CountedRuntime.Product(2, 8, false) / 2, 0.01);
        double pairs = ProductOperations.OfEightRows / 64, plain = ProductOperations.OfOneRow / 8;
        output.WriteLine($"operations per multiply-accumulate: {plain:F2} as in the file, {pairs:F2} in pairs");
        Assert.InRange(pairs / plain, 0.3, 0.4);
    }

    [Theory]
    [InlineData(4, 16)]
    [InlineData(7, 13)]
    [InlineData(8, 32)]
    public void Pairs_save_a_quarter_of_a_whole_step_and_more(int inputSize, int hiddenSize)
    {
        SkipUnlessOptimised();
        byte[] file = SmallModels.Gru(inputSize, hiddenSize, Scheme.W8A16);
        double plain = Largest(file, 0), pairs = Largest(file, int.MaxValue);
        output.WriteLine($"gru {inputSize},{hiddenSize}: {plain:F0} operations, in pairs {pairs:F0}");
        Assert.InRange(pairs, 0, 0.75 * plain);
    }

    [Theory]
    [InlineData(Scheme.F32)]
    [InlineData(Scheme.W8A16)]
    [InlineData(Scheme.W8A8)]
    [InlineData(Scheme.W4A16)]
    [InlineData(Scheme.W16A16)]
    public void Usual_models_are_estimated_within_a_tenth(Scheme scheme)
    {
        SkipUnlessOptimised();
        foreach (int hiddenSize in new[] { 8, 16, 37 })
        {
            byte[] file = SmallModels.Gru(5, hiddenSize, scheme);
            foreach (int maxPairs in new[] { 0, int.MaxValue })
                Assert.InRange(Largest(file, maxPairs) / StepOperations.Of(file, maxPairs).Worst, 0.9, 1.1);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_graphs_of_all_layers_and_windows_are_estimated(bool integers)
    {
        SkipUnlessOptimised();
        for (int seed = 0; seed < LongRun.Choose(60, 300); seed++)
        {
            byte[] file = integers ? ErnnWriter.Write(RandomIntegers.Create(seed)) : ErnnWriter.Write(RandomGraphs.Create(seed));
            int maxPairs = seed % 2 == 0 ? 0 : int.MaxValue;
            double counted = Largest(file, maxPairs), estimate = StepOperations.Of(file, maxPairs).Worst;
            output.WriteLine($"seed {seed}: {counted:F0} counted, {estimate:F0} estimated, {counted / estimate:F2}");
            // The costliest step of windows may not come in so few steps, or need layers to answer together that never do.
            double least = Model.Load(file).WindowText.Length == 0 ? Below * estimate : 0;
            Assert.True(counted <= Above * estimate && counted >= least, $"seed {seed}: {counted:F0} counted, {estimate:F0} estimated");
        }
    }

    [Theory]
    [InlineData(ThresholdMethod.Fixed)]
    [InlineData(ThresholdMethod.Quantile)]
    [InlineData(ThresholdMethod.Sigma)]
    [InlineData(ThresholdMethod.Spot)]
    [InlineData(ThresholdMethod.DriftSpot)]
    [InlineData(ThresholdMethod.Dynamic)]
    public void Detectors_are_estimated_at_their_costliest_step(ThresholdMethod threshold)
    {
        SkipUnlessOptimised();
        foreach (int channels in new[] { 1, 3, 8 })
        {
            foreach (bool full in new[] { false, true })
            {
                byte[] file = SmallModels.Detector(channels, 4, Scheme.W8A16, Settings(threshold, full, channels));
                double estimate = StepOperations.Of(file, 0).Worst;
                double counted = LargestOfDetector(file, channels);
                output.WriteLine($"{threshold}, {channels} channels, {(full ? "everything" : "plain")}: {counted:F0} counted, {estimate:F0} estimated");
                Assert.InRange(counted / estimate, 0.35, 1.05);
            }
        }
    }

    private static DetectorSettings Settings(ThresholdMethod threshold, bool full, int channels)
    {
        DetectorSettings settings = new() { Threshold = threshold, ThresholdSteps = 400 };
        if (threshold is ThresholdMethod.Sigma or ThresholdMethod.Fixed or ThresholdMethod.Dynamic) settings.Level = 3;
        if (threshold is ThresholdMethod.Spot or ThresholdMethod.DriftSpot) settings.Level = 0.9f;
        if (!full) return settings;
        settings.NormaliseChannels = settings.SmoothChannels = settings.TwoSided = settings.AddLevel = settings.RootScores = true;
        settings.Combination = ScoreCombination.Mahalanobis;
        settings.Whitening = [.. Enumerable.Repeat(0.5f, channels * (2 * channels + 1))];
        return settings;
    }

    private static double Largest(byte[] file, int maxPairs)
    {
        Model model = Model.Load(file);
        Func<float[], int, float[], int, int> step = CountedRuntime.Step(CountedRuntime.Model(file, maxPairs));
        Random random = new(3);
        float[] x = new float[model.InputSize], y = new float[model.OutputSize];
        double largest = 0;
        for (int i = 0; i < Steps; i++)
        {
            for (int k = 0; k < x.Length; k++) x[k] = 2 * random.NextSingle() - 1;
            largest = Math.Max(largest, CountedRuntime.Operations(() => step(x, 0, y, 0)));
        }
        return largest;
    }

    private static double LargestOfDetector(byte[] file, int channels)
    {
        Func<float[], int, int> step = CountedRuntime.DetectorStep(CountedRuntime.Model(file, 0));
        Random random = new(4);
        float[] x = new float[channels];
        double largest = 0;
        for (int i = 0; i < 3_000; i++)
        {
            for (int k = 0; k < channels; k++) x[k] = random.NextSingle() + random.NextSingle() + random.NextSingle();
            // Peaks for the tails, of all sizes.
            if (i % 7 == 0) x[0] += 3 * random.NextSingle() * random.NextSingle();
            largest = Math.Max(largest, CountedRuntime.Operations(() => step(x, 0)));
        }
        return largest;
    }

    // Unoptimised code has other operations; devices never have it.
    private static void SkipUnlessOptimised()
    {
        Assembly portable = Assembly.LoadFile(Path.Combine(AppContext.BaseDirectory, "EdgeRnn.Runtime.Portable.dll"));
        Assert.SkipWhen(portable.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled ?? false, "a Debug build; counts are of Release");
    }
}
