using System;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantize.Rounding;

/// <summary>Single matrices, rounded for inputs that are known.</summary>
public sealed class CalibratedRoundingTests(ITestOutputHelper output)
{
    // The weights are judged as float32, whose rounding adds to an error of nearly nothing.
    private const double Slack = 1e-9;

    public static TheoryData<Scheme> Schemes => [Scheme.W8A16, Scheme.W8A8, Scheme.W4A16];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void No_row_errs_more_over_the_calibration_than_with_plain_rounding(Scheme scheme)
    {
        double gain = 0;
        int cases = LongRun.Choose(40, 400);
        for (int seed = 0; seed < cases; seed++)
        {
            Random random = new(seed);
            RoundingCase matrix = new(scheme, 1 + random.Next(6), 1 + random.Next(80), seed);
            double[][] steps = matrix.Samples.Take(1 + random.Next(400));
            QuantizedWeights plain = matrix.Plain();
            QuantizedWeights calibrated = matrix.Calibrated(steps, hasBias: random.Next(2) == 0);
            for (int row = 0; row < matrix.Rows; row++)
            {
                double before = matrix.Error(plain, row, steps), after = matrix.Error(calibrated, row, steps);
                Assert.True(after <= before + Slack, $"seed {seed}, row {row}: {before:e2} before, {after:e2} after");
            }
            gain += Math.Log10((matrix.Error(plain, steps) + Slack) / (matrix.Error(calibrated, steps) + Slack)) / cases;
        }
        output.WriteLine($"{10 * gain:0.0} dB less error");
        Assert.True(gain > 0.3, $"only {10 * gain:0.0} dB less error on the average");
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void New_inputs_of_the_same_kind_gain_too(Scheme scheme)
    {
        RoundingCase matrix = new(scheme, 24, 32, 7);
        double[][] seen = matrix.Samples.Take(2000), fresh = matrix.Samples.Take(2000);
        double before = matrix.Error(matrix.Plain(), fresh), after = matrix.Error(matrix.Calibrated(seen), fresh);
        Assert.True(after < 0.25 * before, $"seed 7: {before:e2} before, {after:e2} after");
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Exact_weights_stay_exact(Scheme scheme)
    {
        int largest = scheme == Scheme.W4A16 ? 7 : 127;
        Random random = new(3);
        RoundingCase matrix = new(scheme, 8, 40, 3)
        {
            Matrix = new Tensor([.. Enumerable.Range(0, 320).Select(i => i % 20 == 0 ? largest / 256f : random.Next(-largest, largest + 1) / 256f)], 8, 40),
        };
        QuantizedWeights rounded = matrix.Calibrated(matrix.Samples.Take(200));
        Assert.Equal(matrix.Matrix.Data, rounded.Dequantized.Data);
        Assert.All(rounded.BiasCorrections, correction => Assert.Equal(0, correction));
    }

    [Fact]
    public void A_single_minus_128_costs_its_own_step_only()
    {
        float[] integers = [.. Enumerable.Range(0, 64).Select(i => (i - 32) / 256f)];
        integers[5] = -128 / 256f;
        RoundingCase matrix = new(Scheme.W8A16, 1, 64, 4) { Matrix = new Tensor(integers, 1, 64) };
        integers = [.. integers];
        integers[5] = -127 / 256f;
        Assert.Equal(integers, matrix.Plain().Dequantized.Data);
    }

    // Without this, what calibration never showed could cost any amount.
    [Fact]
    public void No_weight_that_fits_moves_by_a_whole_step()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            RoundingCase matrix = new(Scheme.W8A16, 6, 48, seed);
            QuantizedWeights rounded = matrix.Calibrated(matrix.Samples.Take(3));
            for (int row = 0; row < matrix.Rows; row++)
            {
                float[] values = matrix.Matrix.Data[(row * 48)..(row * 48 + 48)], found = rounded.Dequantized.Data[(row * 48)..(row * 48 + 48)];
                double step = found.Select(Math.Abs).Where(value => value > 0).Min(), limit = found.Max(Math.Abs);
                Assert.All(values.Zip(found), pair => Assert.True(Math.Abs(pair.First) >= limit || Math.Abs(pair.First - pair.Second) < step,
                    $"seed {seed}, row {row}: {pair.First} became {pair.Second}, the step is {step}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void The_same_calibration_gives_the_same_integers(Scheme scheme)
    {
        RoundingCase matrix = new(scheme, 12, 50, 11);
        double[][] steps = matrix.Samples.Take(300);
        QuantizedWeights first = matrix.Calibrated(steps), second = matrix.Calibrated(steps);
        Assert.Equal(first.Stored.Data, second.Stored.Data);
        Assert.Equal(first.Stored.Scales, second.Stored.Scales);
        Assert.Equal(first.BiasCorrections, second.BiasCorrections);
    }

    // The damped form counts what is not known as independent, so little is lost where little was seen.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(20)]
    public void A_calibration_of_few_steps_does_no_harm(int stepCount)
    {
        double before = 0, after = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            RoundingCase matrix = new(Scheme.W8A16, 16, 64, seed);
            double[][] steps = matrix.Samples.Take(stepCount), fresh = matrix.Samples.Take(500);
            before += matrix.Error(matrix.Plain(), fresh);
            after += matrix.Error(matrix.Calibrated(steps), fresh);
        }
        output.WriteLine($"{stepCount} steps: {before:e2} before, {after:e2} after");
        Assert.True(after < 1.1 * before, $"seeds 0 to 19: {before:e2} before, {after:e2} after");
    }

    [Fact]
    public void Outliers_in_the_calibration_do_not_spoil_it()
    {
        double plain = 0, clean = 0, dirty = 0;
        for (int seed = 0; seed < 10; seed++)
        {
            RoundingCase matrix = new(Scheme.W8A16, 16, 32, seed);
            double[][] steps = matrix.Samples.Take(1000), fresh = matrix.Samples.Take(1000);
            Random random = new(seed);
            double[][] soiled = [.. steps.Select(x => random.Next(100) > 0 ? x : Array.ConvertAll(x, _ => 1e4 * (random.NextDouble() - 0.5)))];
            plain += matrix.Error(matrix.Plain(), fresh);
            clean += matrix.Error(matrix.Calibrated(steps), fresh);
            dirty += matrix.Error(matrix.Calibrated(soiled), fresh);
        }
        output.WriteLine($"plain {plain:e2}, clean {clean:e2}, dirty {dirty:e2}");
        Assert.True(dirty < 0.5 * plain, $"seeds 0 to 9: plain {plain:e2}, clean {clean:e2}, one step in 100 wild {dirty:e2}");
    }

    [Theory]
    [InlineData(0, 0, 1)]      // nothing ever came
    [InlineData(3, 0, 1)]      // constants, which the bias takes over
    [InlineData(1e8, 1e-3, 1)] // all that varies is below the rounding of the sums
    [InlineData(0, 1e-300, 1)]
    [InlineData(0, 1, 1e-9)]   // weights of next to nothing
    public void Odd_inputs_and_weights_round_to_something_finite(double mean, double deviation, float weight)
    {
        Random random = new(5);
        RoundingCase matrix = new(Scheme.W8A16, 4, 24, 5);
        matrix = new RoundingCase(Scheme.W8A16, 4, 24, 5) { Matrix = matrix.Matrix.Scale(weight) };
        double[][] steps = [.. Enumerable.Range(0, 100).Select(_ => Enumerable.Range(0, 24).Select(_ => mean + deviation * (random.NextDouble() - 0.5)).ToArray())];
        QuantizedWeights rounded = matrix.Calibrated(steps);
        Assert.All(rounded.BiasCorrections, correction => Assert.True(double.IsFinite(correction)));
        Assert.All(matrix.Matrix.Data.Zip(rounded.Dequantized.Data), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 0.02 * weight,
            $"{pair.First} became {pair.Second}"));
    }

    [Theory]
    [InlineData(Scheme.W8A16, 520)]
    [InlineData(Scheme.W8A16, 1100)]
    [InlineData(Scheme.W4A16, 300)]
    public void No_accumulator_can_overflow(Scheme scheme, int columns)
    {
        RoundingCase matrix = new(scheme, 3, columns, 9);
        float[] heavy = Array.ConvertAll(matrix.Matrix.Data, value => value < 0 ? value / 20 - 0.95f : value / 20 + 0.95f);
        matrix = new RoundingCase(scheme, 3, columns, 9) { Matrix = new Tensor(heavy, 3, columns) };
        QuantizedWeights rounded = matrix.Calibrated(matrix.Samples.Take(50), isFull: columns <= 1024);
        Assert.All(rounded.RowBounds, bound => Assert.InRange(bound, 1, int.MaxValue));
    }
}
