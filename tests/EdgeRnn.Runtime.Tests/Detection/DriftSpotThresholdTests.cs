using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

public sealed class DriftSpotThresholdTests(ITestOutputHelper output)
{
    private const int Seed = 4012;
    private const int Learnt = 2000;
    private const int Scores = 10_000;
    private const int Jump = 8000;

    // Scores that rise by ten deviations in 10 000 steps, 0.03 of one within the average. At a risk of 1e-4 one false alarm is expected; five are unlikely (0.4 %).
    [Fact]
    public void Drift_is_no_anomaly_and_a_jump_still_is()
    {
        int drift = FalseAlarms(ThresholdMethod.DriftSpot, out bool foundByDrift), plain = FalseAlarms(ThresholdMethod.Spot, out _);
        output.WriteLine($"seed {Seed}: {drift} with the average, {plain} without");
        Assert.InRange(drift, 0, 4);
        Assert.True(plain > 50, $"seed {Seed}: {plain}");
        Assert.True(foundByDrift);
    }

    [Fact]
    public void The_threshold_moves_with_the_average()
    {
        DetectorSettings settings = Settings(ThresholdMethod.DriftSpot);
        ScoreStream stream = new(Seed);
        ThresholdRun run = ThresholdRun.Learnt(settings, _ => 2 + 0.1 * stream.Gaussian());
        double distance = run.Level - 2;
        for (int step = 0; step < 5000; step++) run.Exceeds(2 + step * 0.0005 + 0.1 * stream.Gaussian());
        // Half the history behind the score: 32 steps of 0.0005; the average of 64 has a deviation of 0.0125.
        Assert.Equal(4.5 - 0.016 + distance, run.Level, 0.15);
        Assert.True(run.IsSound);
    }

    [Fact]
    public void Anomalies_do_not_enter_the_average_and_alarms_teach_nothing()
    {
        ScoreStream stream = new(Seed);
        ThresholdRun run = ThresholdRun.Learnt(Settings(ThresholdMethod.DriftSpot), _ => 2 + 0.1 * stream.Gaussian());
        int[] before = [.. run.Memory.Ints];
        for (int step = 0; step < 200; step++)
        {
            Assert.True(run.Exceeds(9.0, false));
            run.Exceeds(2.0, false);
        }
        Assert.Equal(before, run.Memory.Ints);
        for (int step = 0; step < 200; step++) Assert.True(run.Exceeds(9.0));
        Assert.Equal(before[..64], run.Memory.Ints[..64]);
        Assert.InRange(run.Level, 2, 4);
    }

    [Theory]
    [InlineData(3.0)]
    [InlineData(-3.0)]
    public void Scores_that_never_differ_give_a_threshold_just_above_them(double score)
    {
        ThresholdRun run = ThresholdRun.Learnt(Settings(ThresholdMethod.DriftSpot), _ => score);
        Assert.InRange(run.Level, score, score + 0.02);
        Assert.False(run.Exceeds(score));
        Assert.True(run.Exceeds(score + 0.1));
    }

    [Fact]
    public void The_longest_history_of_the_largest_scores_does_not_overflow()
    {
        DetectorSettings settings = Settings(ThresholdMethod.DriftSpot);
        settings.History = DetectorChecks.MaxHistory;
        settings.ThresholdSteps = DetectorChecks.MaxHistory + 100;
        ThresholdRun run = ThresholdRun.Learnt(settings, _ => 1e9);
        Assert.Equal(FixedScore.Max, run.Value);
        Assert.False(run.Exceeds(FixedScore.Max));
        Assert.False(run.Exceeds(-FixedScore.Max));
        Assert.True(run.IsSound);
    }

    private int FalseAlarms(ThresholdMethod method, out bool foundJump)
    {
        ScoreStream stream = new(Seed);
        ThresholdRun run = ThresholdRun.Learnt(Settings(method), _ => 5 + stream.Gaussian());
        int beyond = 0;
        foundJump = false;
        for (int step = 0; step < Scores; step++)
        {
            double score = 5 + 10.0 * step / Scores + stream.Gaussian();
            bool isBeyond = run.Exceeds(step == Jump ? score + 10 : score);
            if (step == Jump) foundJump = isBeyond;
            else if (isBeyond) beyond++;
        }
        output.WriteLine($"{method}: threshold {run.Level}");
        return beyond;
    }

    private static DetectorSettings Settings(ThresholdMethod method)
    {
        DetectorSettings settings = SpotThresholdTests.Settings(0.98, Learnt, 1e-4);
        settings.Threshold = method;
        settings.History = 64;
        return settings;
    }
}
