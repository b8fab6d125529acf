using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

public sealed class QuantileThresholdTests
{
    private const int Seed = 4006;

    // The place between two scores is cut to 16 fraction bits, the step to a unit; that is less than 1 unit and 2^-16 of the distance.
    [Fact]
    public void The_quantile_is_NumPys()
    {
        for (int trial = 0; trial < 300; trial++)
        {
            ScoreStream stream = new(Seed + trial);
            int steps = stream.Int(2, 900);
            float level = trial % 10 == 0 ? trial / 10 % 2 : (float)stream.Uniform();
            int[] scores = [.. Enumerable.Range(0, steps).Select(_ => trial % 3 == 0 ? stream.Any() : FixedScore.Of(3 * stream.Gaussian()))];
            ThresholdRun run = new(ThresholdRun.Settings(ThresholdMethod.Quantile, level, steps));
            foreach (int score in scores) run.Learn(score);
            Assert.True(run.IsSound);
            run.Finish();
            Assert.True(run.IsSound);
            double expected = Quantile(scores, level, out double distance);
            Assert.True(Math.Abs(run.Value - expected) <= 1 + distance / 65536, $"seed {Seed + trial}: {run.Value}, {expected}");
        }
    }

    // Stationary scores around the quantile: a step a of its size t makes the estimate's deviation about sqrt(a t q (1 - q) / 2 f), 0.03 here
    // (f = 0.1 at the 95 % quantile of a Gaussian); five of them.
    [Theory]
    [InlineData(1.0)]
    [InlineData(1.5)]
    public void Adaptation_finds_the_quantile_of_other_scores(double factor)
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Quantile, 0.95, 400);
        settings.Adaptation = 0.001f;
        settings.Factor = (float)factor;
        ScoreStream stream = new(Seed);
        ThresholdRun run = ThresholdRun.Learnt(settings, _ => 5 + stream.Gaussian());
        for (int step = 0; step < 40_000; step++) run.Exceeds(7 + stream.Gaussian());
        Assert.Equal(factor * (7 + 1.645), run.Level, factor * 0.15);
        Assert.True(run.IsSound);
    }

    [Theory]
    [InlineData(0.0001f, 0.99f)]
    [InlineData(0.00001f, 0.999f)]
    public void A_slow_adaptation_keeps_the_quantile_of_the_same_scores(float adaptation, float level)
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Quantile, level, 1000);
        settings.Adaptation = adaptation;
        settings.Factor = 1.2f;
        // A uniform distribution's quantile is its level; 300 000 steps of a (1 - q) downwards would be at least 1.5 % of it, a (1 + q) more.
        ScoreStream stream = new(Seed);
        ThresholdRun run = ThresholdRun.Learnt(settings, i => (i + 0.5) / 1000);
        for (int step = 0; step < 300_000; step++) run.Exceeds(stream.Uniform());
        Assert.Equal(1.2 * level, run.Level, 1.2 * 0.01);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Adaptation_stays_within_its_limit(int sign)
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Quantile, 0.9, 100);
        settings.Adaptation = 0.5f;
        settings.AdaptationLimit = 3;
        ThresholdRun run = ThresholdRun.Learnt(settings, _ => sign * 4);
        Assert.Equal(sign * 4.0, run.Level);
        for (int step = 0; step < 1000; step++) run.Exceeds(-1000.0);
        Assert.Equal(sign > 0 ? 4.0 / 3 : -12, run.Level, 0.001);
        for (int step = 0; step < 1000; step++) run.Exceeds(1000.0);
        Assert.Equal(sign > 0 ? 12 : -4.0 / 3, run.Level, 0.001);
        Assert.True(run.IsSound);
    }

    [Fact]
    public void Nothing_adapts_while_it_may_not()
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Quantile, 0.9, 100);
        settings.Adaptation = 0.5f;
        ThresholdRun run = ThresholdRun.Learnt(settings, i => i);
        int before = run.Value;
        for (int step = 0; step < 100; step++) run.Exceeds(step * 10, false);
        Assert.Equal(before, run.Value);
    }

    private static double Quantile(int[] scores, double level, out double distance)
    {
        int[] sorted = [.. scores.Order()];
        double place = level * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        distance = (double)sorted[above] - sorted[below];
        return sorted[below] + distance * (place - below);
    }
}
