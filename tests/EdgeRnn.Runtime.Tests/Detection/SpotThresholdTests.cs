using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

public sealed class SpotThresholdTests(ITestOutputHelper output)
{
    private const int Seed = 4011;

    private static readonly int _scores = LongRun.Choose(200_000, 1_000_000);

    // The fit of 256 peaks changes with them, a hundred times in these streams, so that its errors average out: what is left is the deviation of the
    // count, 7 % at 200 and 22 % at 20 exceedances, and that too low a threshold is exceeded more than too high a one is not: 10 to 30 %.
    [Theory]
    [InlineData("exponential", 0.98, 1e-3)]
    [InlineData("gaussian", 0.98, 1e-3)]
    [InlineData("negative", 0.98, 1e-3)]
    [InlineData("heavy", 0.98, 1e-3)]
    [InlineData("light", 0.98, 1e-3)]
    [InlineData("exponential", 0.99, 1e-4)]
    [InlineData("gaussian", 0.99, 1e-4)]
    public void The_rate_of_exceedances_is_near_the_risk(string distribution, double level, double risk)
    {
        DetectorSettings settings = Settings(level, (int)(200 / (1 - level)), risk);
        ScoreStream stream = new(Seed);
        ThresholdRun run = ThresholdRun.Learnt(settings, _ => stream.Next(distribution));
        int beyond = 0;
        for (int step = 0; step < _scores; step++)
        {
            if (run.Exceeds(stream.Next(distribution))) beyond++;
        }
        double rate = (double)beyond / _scores;
        output.WriteLine($"seed {Seed}: {distribution}, risk {risk}, found {rate}, threshold {run.Level}");
        Assert.InRange(rate, risk / 2, risk * 2);
        Assert.True(run.IsSound);
    }

    // Averaged scores exceed a threshold in runs. A run counts as one peak, so that runs, which become alarms, have the rate of the risk;
    // the tolerance is that above.
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.02)]
    public void Of_averaged_scores_the_rate_of_runs_is_near_the_risk(double weight)
    {
        const double Risk = 1e-3;
        ScoreStream stream = new(Seed);
        double average = 0;
        ThresholdRun run = ThresholdRun.Learnt(Settings(0.98, 5000, Risk), _ => average += weight * (stream.Gaussian() - average));
        int runs = 0;
        bool wasBeyond = false;
        for (int step = 0; step < _scores; step++)
        {
            bool isBeyond = run.Exceeds(average += weight * (stream.Gaussian() - average));
            if (isBeyond && !wasBeyond) runs++;
            wasBeyond = isBeyond;
        }
        output.WriteLine($"seed {Seed}: weight {weight}, runs {(double)runs / _scores}");
        Assert.InRange((double)runs / _scores, Risk / 2, Risk * 2);
    }

    [Fact]
    public void A_short_period_is_corrected_by_the_peaks_that_follow()
    {
        DetectorSettings settings = Settings(0.98, 500, 1e-3);
        settings.AdaptationLimit = 20;
        // Exponential scores: z is ln 1000 = 6.9. Ten peaks find it badly, 256 within 15 % (three deviations).
        for (int seed = Seed; seed < Seed + 10; seed++)
        {
            ScoreStream stream = new(seed);
            ThresholdRun run = ThresholdRun.Learnt(settings, _ => stream.Exponential());
            double first = run.Level;
            for (int step = 0; step < 50_000; step++) run.Exceeds(stream.Exponential());
            output.WriteLine($"seed {seed}: {first}, then {run.Level}");
            Assert.InRange(run.Level, 5.5, 8.6);
        }
    }

    [Fact]
    public void What_is_learnt_later_stays_within_the_limit()
    {
        DetectorSettings settings = Settings(0.9, 200, 0.01);
        settings.AdaptationLimit = 1.5f;
        ScoreStream stream = new(Seed);
        ThresholdRun run = ThresholdRun.Learnt(settings, _ => stream.Exponential());
        double start = 2.30, first = run.Level;
        // Peaks just below the threshold, again and again, would lead it as far as they like.
        for (int step = 0; step < 100_000; step++) run.Exceeds(run.Value);
        Assert.InRange(run.Level, first, start + 1.5 * (first - start) + 1);
        Assert.True(run.IsSound);
        double largest = run.Level;
        for (int step = 0; step < 100; step++) run.Exceeds(run.Value);
        Assert.Equal(largest, run.Level, 0.001);
    }

    [Fact]
    public void Alarms_teach_nothing()
    {
        ScoreStream stream = new(Seed);
        ThresholdRun run = ThresholdRun.Learnt(Settings(0.98, 2000, 1e-3), _ => stream.Exponential());
        int[] before = [.. run.Memory.Ints];
        for (int step = 0; step < 1000; step++)
        {
            Assert.True(run.Exceeds(1000.0, false));
            run.Exceeds(stream.Exponential(), false);
        }
        Assert.Equal(before, run.Memory.Ints);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public void A_run_of_anomalies_counts_once_whatever_its_length_and_size(int length)
    {
        DetectorSettings settings = Settings(0.98, 2000, 1e-3);
        int[] expected = [];
        foreach ((int steps, double size) in new[] { (1, 50.0), (length, 16_000) })
        {
            ScoreStream stream = new(Seed);
            ThresholdRun run = ThresholdRun.Learnt(settings, _ => stream.Exponential());
            for (int step = 0; step < steps; step++) Assert.True(run.Exceeds(size));
            for (int step = 0; step < 3000; step++) run.Exceeds(stream.Exponential());
            if (expected.Length == 0) expected = [.. run.Memory.Ints];
            Assert.Equal(expected, run.Memory.Ints);
        }
    }

    // Nothing varied: the smallest scale of 0.001 and log (1 / r) of it. The next score that differs more is beyond.
    [Theory]
    [InlineData(0.0)]
    [InlineData(5.0)]
    [InlineData(-5.0)]
    public void Scores_that_never_differ_give_a_threshold_just_above_them(double score)
    {
        ThresholdRun run = ThresholdRun.Learnt(Settings(0.98, 500, 1e-4), _ => score);
        Assert.InRange(run.Level, score, score + 0.02);
        Assert.False(run.Exceeds(score));
        Assert.True(run.Exceeds(score + 0.1));
        Assert.True(run.IsSound);
    }

    [Fact]
    public void Few_peaks_have_an_exponential_tail()
    {
        // Of 100 scores 2 are peaks, by 2 and 3 beyond the quantile 1.02 between 1 and 3 (rank 97.02 of 99): their mean times log (N / (q n)).
        DetectorSettings settings = Settings(0.98, 100, 1e-3);
        ThresholdRun run = ThresholdRun.Learnt(settings, i => i == 30 ? 3 : i == 70 ? 4 : 1);
        double start = 1 + 2 * (0.98f * 99.0 - 97);
        Assert.Equal(start + (3.5 - start) * Math.Log(2 / (1e-3 * 100)), run.Level, 0.001);
    }

    [Fact]
    public void Equal_peaks_give_a_threshold_above_them_and_within_reach()
    {
        ThresholdRun run = ThresholdRun.Learnt(Settings(0.9, 1000, 1e-5), i => i % 11 == 0 ? 3 : 1);
        Assert.InRange(run.Level, 3, 7);
    }

    [Fact]
    public void Huge_outliers_in_the_normal_period_leave_a_finite_threshold()
    {
        ScoreStream stream = new(Seed);
        DetectorSettings settings = Settings(0.98, 1000, 1e-3);
        ThresholdRun one = ThresholdRun.Learnt(settings, i => i == 500 ? 16_000 : stream.Exponential());
        output.WriteLine($"one outlier: {one.Level}");
        Assert.InRange(one.Level, 6, 200);
        ThresholdRun many = ThresholdRun.Learnt(settings, i => i % 100 == 0 ? 1e9 : stream.Exponential());
        Assert.InRange(many.Value, FixedScore.One, FixedScore.Max);
        Assert.True(one.IsSound && many.IsSound);
    }

    [Fact]
    public void The_largest_numbers_saturate()
    {
        DetectorSettings settings = Settings(0.5, 500, 1e-9);
        ThresholdRun run = ThresholdRun.Learnt(settings, i => i % 2 == 0 ? 1e9 : -1e9 + i);
        Assert.InRange(run.Value, -FixedScore.Max, FixedScore.Max);
        ScoreStream stream = new(Seed);
        for (int step = 0; step < 5000; step++)
        {
            run.Exceeds(stream.Any());
            Assert.True(run.IsSound);
        }
    }

    internal static DetectorSettings Settings(double level, int steps, double risk)
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Spot, level, steps);
        settings.Risk = (float)risk;
        settings.AdaptationLimit = 4;
        return settings;
    }
}
