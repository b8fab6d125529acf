using System;
using System.Linq;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>Chance that is a function of seed, stream and index.</summary>
public sealed class SourceNoiseTests
{
    private const int Count = 200_000;

    [Theory]
    [InlineData(0UL, 0)]
    [InlineData(1UL, 0)]
    [InlineData(1UL, 7)]
    [InlineData(1_000_000UL, 3)]
    [InlineData(ulong.MaxValue, 1)]
    public void Gauss_has_the_moments_of_a_normal_distribution(ulong seed, int stream)
    {
        SourceNoise noise = new(seed, stream);
        double[] values = [.. Enumerable.Range(0, Count).Select(i => noise.Gauss(i * 1000L))];
        // Five standard errors of each: 1/sqrt(n), sqrt(2/n), sqrt(6/n), sqrt(24/n); the kurtosis is 0.03 below 3 by construction.
        double mean = values.Average(), variance = Moment(values, mean, 2), deviation = Math.Sqrt(variance);
        Assert.Equal(0, mean, 0.0112);
        Assert.Equal(1, variance, 0.0159);
        Assert.Equal(0, Moment(values, mean, 3) / Math.Pow(deviation, 3), 0.0274);
        Assert.Equal(2.97, Moment(values, mean, 4) / Math.Pow(deviation, 4), 0.055);
        Assert.All(values, value => Assert.InRange(value, -8.3, 8.3));
    }

    [Fact]
    public void Uniform_numbers_fill_their_range_evenly()
    {
        SourceNoise noise = new(5, 2);
        int[] bins = new int[16];
        for (int i = 0; i < Count; i++) bins[(int)(16 * noise.Uniform(i))]++;
        // Five standard deviations of a bin: sqrt(n p (1 - p)) = 108.
        Assert.All(bins, bin => Assert.InRange(bin, Count / 16 - 540, Count / 16 + 540));
    }

    [Fact]
    public void Neighbours_streams_and_seeds_share_nothing()
    {
        SourceNoise noise = new(3, 0), other = new(3, 1), next = new(4, 0);
        double near = 0, stream = 0, seed = 0;
        for (int i = 0; i < Count; i++)
        {
            near += noise.Gauss(i) * noise.Gauss(i + 1);
            stream += noise.Gauss(i) * other.Gauss(i);
            seed += noise.Gauss(i) * next.Gauss(i);
        }
        // Five standard errors of a correlation of nothing.
        Assert.Equal(0, near / Count, 0.0112);
        Assert.Equal(0, stream / Count, 0.0112);
        Assert.Equal(0, seed / Count, 0.0112);
    }

    [Fact]
    public void A_slow_line_is_smooth_and_meets_its_corners()
    {
        SourceNoise noise = new(9, 4);
        Assert.Equal(noise.Gauss(7), noise.Slow(7_000, 1000));
        for (int at = 0; at < 100_000; at++)
        {
            // A cubic between two corners rises at most 1.5 times as fast as the line between them; corners differ by at most 16.6.
            Assert.InRange(noise.Slow(at + 1, 1000) - noise.Slow(at, 1000), -0.025, 0.025);
        }
    }

    [Fact]
    public void The_bits_are_the_same_on_every_machine()
    {
        // Computed by another program from the equations.
        SourceNoise noise = new(42, 1);
        Assert.Equal(4050819015112587621UL, noise.Bits(0));
        Assert.Equal(8318789973686423726UL, noise.Bits(-1));
        Assert.Equal(-1.8267107490605057, noise.Gauss(123_456_789));
    }

    private static double Moment(double[] values, double mean, int order) => values.Average(value => Math.Pow(value - mean, order));
}
