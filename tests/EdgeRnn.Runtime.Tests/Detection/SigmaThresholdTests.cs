using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

public sealed class SigmaThresholdTests
{
    private const int Seed = 4007;
    private const double Unit = 1.0 / FixedScore.One;

    // The mean is cut to a unit, the deviation too, and k times that is left. Squares are cut to whole units of 2^-32: nothing beside them.
    [Fact]
    public void The_threshold_is_that_of_two_passes_in_double_precision()
    {
        for (int trial = 0; trial < 200; trial++)
        {
            ScoreStream stream = new(Seed + trial);
            double mean = 20 * stream.Gaussian(), deviation = Math.Exp(stream.Gaussian()), k = 6 * stream.Uniform();
            DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Sigma, k, stream.Int(2, 3000));
            double[] scores = [.. Enumerable.Range(0, settings.ThresholdSteps).Select(_ => FixedScore.Of(mean + deviation * stream.Gaussian()) * Unit)];
            ThresholdRun run = ThresholdRun.Learnt(settings, i => scores[i]);
            double expected = scores.Average() + k * Math.Sqrt(scores.Average(x => Math.Pow(x - scores.Average(), 2)));
            double tolerance = (3 + 2 * k + 10 * k) * Unit;
            Assert.True(Math.Abs(run.Level - expected) <= tolerance, $"seed {Seed + trial}: {run.Level}, {expected}");
            Assert.True(run.IsSound);
        }
    }

    [Theory]
    [InlineData(1, 256)]
    [InlineData(-1, -256)]
    public void The_largest_scores_of_the_longest_period_count_as_256_units(int sign, double expected)
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Sigma, 3, DetectorChecks.MaxSteps);
        ThresholdRun run = new(settings);
        for (int i = 0; i < settings.ThresholdSteps; i++)
        {
            run.Learn(sign * FixedScore.Max);
            if (i % 10_000 == 0) Assert.True(run.IsSound);
        }
        run.Finish();
        Assert.True(run.IsSound);
        Assert.Equal(expected, run.Level, 0.01);
    }

    [Fact]
    public void Extremes_of_both_signs_neither_wrap_nor_become_unsound()
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Sigma, 1000, 40_000);
        settings.Adaptation = 1;
        ThresholdRun run = ThresholdRun.Learnt(settings, i => i % 2 == 0 ? 1e9 : -1e9);
        Assert.Equal(FixedScore.Max, run.Value);
        for (int step = 0; step < 1000; step++)
        {
            run.Exceeds(step % 2 == 0 ? FixedScore.Max - 1 : -FixedScore.Max);
            Assert.True(run.IsSound);
            Assert.InRange(run.Value, FixedScore.Max / 2, FixedScore.Max);
        }
    }

    // An average of weight a spreads by sqrt(a / 2) of a deviation, the deviation by about sqrt(a): 0.03 each, k of the second; five times
    // that. What lies beyond 4 deviations is not learnt, which makes the deviation smaller by less than 0.1 %.
    [Fact]
    public void Adaptation_tracks_the_mean_and_the_deviation()
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Sigma, 4, 500);
        settings.Adaptation = 0.001f;
        settings.AdaptationLimit = 10;
        ScoreStream stream = new(Seed);
        ThresholdRun run = ThresholdRun.Learnt(settings, _ => 5 + stream.Gaussian());
        for (int step = 0; step < 20_000; step++) run.Exceeds(7 + (0.5 + Math.Min(step, 10_000) / 20_000.0) * 1.0 * stream.Gaussian());
        Assert.Equal(7 + 4, run.Level, 5 * 0.032 * 4);
        for (int step = 0; step < 20_000; step++) run.Exceeds(3 + 0.01 * stream.Gaussian());
        Assert.Equal(3.04, run.Level, 0.01);
    }

    // As many scores as 1 / adaptation weigh the same: the threshold is that of all scores together. What adaptation cuts is below a unit
    // of the mean and of the deviation.
    [Fact]
    public void Adaptation_first_counts_on_from_the_normal_period()
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Sigma, 4, 200);
        settings.Adaptation = 0.001f;
        settings.AdaptationLimit = 10;
        ScoreStream stream = new(Seed);
        double[] scores = [.. Enumerable.Range(0, 900).Select(_ => FixedScore.Of(5 + stream.Uniform()) * Unit)];
        ThresholdRun run = ThresholdRun.Learnt(settings, i => scores[i]);
        foreach (double score in scores.Skip(200)) Assert.False(run.Exceeds(score));
        Assert.Equal(scores.Average() + 4 * Math.Sqrt(scores.Average(x => Math.Pow(x - scores.Average(), 2))), run.Level, 10 * Unit);
    }

    [Theory]
    [InlineData(0, 5.0)]
    [InlineData(3, 8.0)]
    public void A_lasting_change_is_learnt_where_its_scores_are_clipped(float clip, double mean)
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Sigma, 4, 200);
        settings.Adaptation = 0.01f;
        settings.AdaptationClip = clip;
        settings.AdaptationLimit = 10;
        ScoreStream stream = new(Seed);
        ThresholdRun run = ThresholdRun.Learnt(settings, _ => 5 + 0.1 * stream.Gaussian());
        for (int step = 0; step < 5000; step++) run.Exceeds(8 + 0.1 * stream.Gaussian(), false);
        // An average over 100 scores has a deviation of 0.01, and so has the deviation: four times it in the threshold. A clip at 3
        // deviations makes the deviation smaller by 1 %.
        Assert.Equal(mean + 0.4, run.Level, 0.15);
    }

    [Fact]
    public void The_slowest_adaptation_does_not_stall()
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Sigma, 3, 100);
        settings.Adaptation = 1f / 65536;
        ScoreStream stream = new(Seed);
        ThresholdRun run = ThresholdRun.Learnt(settings, _ => 5 + 0.01 * stream.Gaussian());
        for (int step = 0; step < 400_000; step++) run.Exceeds(4.99 + 0.003 * stream.Gaussian());
        // A share exp(-400000 / 65536) = 0.002 of the old squares is left: 0.0001 of them and of the mean's way.
        Assert.Equal(4.99 + 3 * 0.003, run.Level, 0.001);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Adaptation_stays_within_its_limit(int sign)
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Sigma, 1, 100);
        settings.Adaptation = 0.1f;
        settings.AdaptationLimit = 2;
        ThresholdRun run = ThresholdRun.Learnt(settings, i => sign * 10 + (i % 2 == 0 ? 1 : -1));
        double learnt = run.Level;
        for (int step = 0; step < 1000; step++) run.Exceeds(-100.0);
        Assert.Equal(sign > 0 ? learnt / 2 : learnt * 2, run.Level, 0.001);
        Assert.True(run.IsSound);
    }

    [Fact]
    public void Scores_that_never_differ_have_a_smallest_deviation()
    {
        ThresholdRun run = ThresholdRun.Learnt(ThresholdRun.Settings(ThresholdMethod.Sigma, 3, 50), _ => 2.5);
        Assert.Equal(2.5 + 3.0 / 1024, run.Level, Unit);
        Assert.False(run.Exceeds(2.5));
        Assert.True(run.Exceeds(2.6));
    }
}
