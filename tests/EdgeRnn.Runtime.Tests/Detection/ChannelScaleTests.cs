using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

public sealed class ChannelScaleTests
{
    private const int Seed = 4004;

    // The deviation is cut to a whole unit of 2^-16, its inverse to 36 bits below 1: relative errors of 1 / deviation and
    // deviation / 2^36. The mean is cut to a unit, too, which counts 1 / deviation.
    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(-3.0, 0.02)]
    [InlineData(100.0, 5.0)]
    public void Errors_are_centred_and_scaled_as_in_double_precision(double mean, double deviation)
    {
        ScoreStream stream = new(Seed);
        int[][] learnt = [.. Enumerable.Range(0, 2000).Select(_ => new[] { FixedScore.Of(mean + deviation * stream.Gaussian()), 0 })];
        ChannelScale scale = Make(2, out _);
        foreach (int[] errors in learnt) scale.Learn(errors);
        Assert.True(scale.IsSound(learnt.Length + 1));
        scale.Finish();
        Assert.True(scale.IsSound(learnt.Length));
        double foundMean = learnt.Average(x => x[0]), foundDeviation = Math.Sqrt(learnt.Average(x => Math.Pow(x[0] - foundMean, 2)));
        double unit = FixedScore.One / foundDeviation;
        foreach (int[] errors in learnt.Take(500))
        {
            double expected = (errors[0] - foundMean) * unit;
            int[] applied = [.. errors];
            scale.Apply(applied);
            Assert.True(Math.Abs(applied[0] - expected) <= 1 + unit + Math.Abs(expected) * (1.5 / foundDeviation + foundDeviation * Math.Pow(2, -36)), $"seed {Seed}: {applied[0]}, {expected}");
        }
    }

    [Fact]
    public void A_channel_that_never_moved_has_a_smallest_deviation()
    {
        ChannelScale scale = Make(1, out _);
        for (int i = 0; i < 10; i++) scale.Learn([700]);
        scale.Finish();
        int[] errors = [700 + 64];
        scale.Apply(errors);
        Assert.Equal(FixedScore.One, errors[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_largest_errors_of_the_longest_period_do_not_overflow(int period)
    {
        ChannelScale scale = Make(1, out _);
        for (int i = 0; i < DetectorChecks.MaxChannelSteps; i++) scale.Learn([i % period == 0 ? FixedScore.Max : -FixedScore.Max]);
        Assert.True(scale.IsSound(DetectorChecks.MaxChannelSteps + 1));
        scale.Finish();
        Assert.True(scale.IsSound(DetectorChecks.MaxChannelSteps));
        int[] errors = [-FixedScore.Max];
        scale.Apply(errors);
        Assert.InRange(errors[0], -FixedScore.Max, -60 * FixedScore.One);
    }

    private static ChannelScale Make(int size, out DetectorMemory memory)
    {
        memory = new DetectorMemory();
        ChannelScale scale = new(memory, size);
        memory.Allocate();
        return scale;
    }
}
