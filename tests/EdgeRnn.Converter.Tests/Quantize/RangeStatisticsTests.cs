using System;
using System.Linq;
using EdgeRnn.Converter.Quantize.Ranges;

namespace EdgeRnn.Tests.Quantize;

/// <summary>The figures of a signal against their definitions over the values themselves.</summary>
public sealed class RangeStatisticsTests
{
    private const int Seed = 4711;

    // A bin is 1/64 of its lower edge wide.
    private const double BinWidth = 1.0 / 64;

    [Fact]
    public void Figures_are_those_of_the_values()
    {
        double[] values = HeavyTailed(10_000);
        RangeStatistics statistics = Collect(values);
        Assert.Equal(values.Length, statistics.Count);
        Assert.Equal(values.Min(), statistics.Minimum);
        Assert.Equal(values.Max(), statistics.Maximum);
        Assert.Equal(values.Max(Math.Abs), statistics.LargestMagnitude);
        Assert.Equal(values.Average(), statistics.Mean, 1e-9);
        Assert.Equal(Math.Sqrt(values.Average(value => value * value)), statistics.Rms, 1e-9);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(50)]
    [InlineData(99)]
    [InlineData(99.99)]
    [InlineData(100)]
    public void A_percentile_is_a_bin_width_too_large_at_most(double percent)
    {
        double[] values = HeavyTailed(10_000), magnitudes = [.. values.Select(Math.Abs).Order()];
        double exact = magnitudes[(int)Math.Ceiling(percent / 100 * values.Length) - 1];
        Assert.InRange(Collect(values).Percentile(percent), exact, exact * (1 + BinWidth));
    }

    [Fact]
    public void Clipped_values_are_counted_exactly()
    {
        double[] values = [.. HeavyTailed(10_000), 1, -1, 2, 4, 0];
        RangeStatistics statistics = Collect(values);
        for (int bits = 8; bits <= 20; bits++)
        {
            double limit = new ValueRange(0, bits).Limit;
            double exact = (double)values.Count(value => Math.Abs(value) > limit) / values.Length;
            Assert.Equal(exact, statistics.ClippedShare(bits), 1e-12);
        }
    }

    [Fact]
    public void The_mean_square_error_is_that_of_rounding_and_clipping()
    {
        double[] values = HeavyTailed(10_000);
        RangeStatistics statistics = Collect(values);
        for (int bits = 4; bits <= 18; bits++)
        {
            double scale = Math.ScaleB(1, bits);
            double exact = values.Average(v => Math.Pow(Math.Clamp(Math.Floor(v * scale + 0.5), -32768, 32768) / scale - v, 2));
            // Bins move a magnitude by 1 %, which moves the small part beyond the limit by more.
            Assert.InRange(statistics.MeanSquareError(bits), exact * 0.9, exact * 1.1);
        }
    }

    [Fact]
    public void Values_that_are_not_finite_are_counted_apart()
    {
        RangeStatistics statistics = Collect([1, double.NaN, -2, double.PositiveInfinity, double.NegativeInfinity]);
        Assert.Equal((2, 3), (statistics.Count, statistics.NonFinite));
        Assert.Equal((-2.0, 1.0), (statistics.Minimum, statistics.Maximum));
    }

    [Fact]
    public void Numbers_of_any_size_find_a_bin()
    {
        RangeStatistics statistics = Collect([double.Epsilon, -double.MaxValue, 1e-300, 1e300, 0]);
        Assert.Equal(5, statistics.Count);
        Assert.Equal(0.4, statistics.ClippedShare(ValueRange.MinFractionBits));
        Assert.Equal(0, statistics.Percentile(20));
    }

    [Theory]
    [InlineData(1, 15)]
    [InlineData(1.0000001, 14)]
    [InlineData(0.5, 16)]
    [InlineData(17.8, 10)]
    [InlineData(1e-30, 30)]
    [InlineData(1e30, -15)]
    [InlineData(double.PositiveInfinity, -15)]
    [InlineData(double.NaN, -15)]
    [InlineData(0, 15)]
    public void A_format_has_the_most_fraction_bits_that_hold_the_magnitude(double magnitude, int expected) =>
        Assert.Equal(expected, ValueRange.FractionBitsFor(magnitude));

    private static RangeStatistics Collect(double[] values)
    {
        RangeStatistics statistics = new();
        foreach (double[] step in values.Chunk(7)) statistics.Add(step);
        return statistics;
    }

    // Magnitudes over some six powers of ten.
    private static double[] HeavyTailed(int count)
    {
        Random random = new(Seed);
        return [.. Enumerable.Range(0, count)
            .Select(_ => (random.NextDouble() - 0.4) * Math.Pow(10, 3 - 6 * random.NextDouble()))];
    }
}
