using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

public sealed class DynamicThresholdTests(ITestOutputHelper output)
{
    private const int Seed = 4013;
    private const int History = 120;

    // An e is cut to a unit; scores that lie exactly on one might fall to the other side, and random ones do not.
    [Theory]
    [InlineData(1, 2.5)]
    [InlineData(-1, 2.5)]
    [InlineData(1, 0.5)]
    public void Thresholds_and_verdicts_are_those_of_the_paper(int sign, double least)
    {
        int anomalies = 0, pruned = 0;
        for (int trial = 0; trial < 40; trial++)
        {
            ScoreStream stream = new(Seed + trial);
            DetectorSettings settings = Settings(least);
            List<double> scores = [];
            ThresholdRun run = ThresholdRun.Learnt(settings, _ => Next(scores, stream, sign, 0));
            for (int step = 0; step < 200; step++)
            {
                double score = Next(scores, stream, sign, stream.Uniform() < 0.02 ? 1.5 * stream.Exponential() : 0);
                bool isAnomaly = run.Exceeds(score);
                double[] window = [.. scores.TakeLast(History)];
                (double e, bool expected, bool isPruned) = Paper(window, settings);
                Assert.True(isAnomaly == expected, $"seed {Seed + trial}, step {step}: {score} against {run.Level}, e {e}");
                if (isPruned) Assert.True(run.Level >= score);
                else Assert.Equal(e, run.Level, 2.0 / FixedScore.One);
                anomalies += isAnomaly ? 1 : 0;
                pruned += isPruned ? 1 : 0;
            }
        }
        output.WriteLine($"{anomalies} anomalies, {pruned} pruned");
        Assert.True(anomalies > 20 && pruned > 20);
    }

    [Theory]
    [InlineData(0.0, true)]
    [InlineData(0.3, false)]
    public void Pruning_removes_a_small_peak_near_the_normal_maximum(double pruning, bool expected)
    {
        DetectorSettings settings = Settings(2.5);
        settings.Pruning = (float)pruning;
        // A tenth of the scores are 1.2: the peak of 1.6 is a quarter above them.
        ThresholdRun run = ThresholdRun.Learnt(settings, i => i % 10 == 0 ? 1.2 : 1 + i % 3 * 0.01);
        Assert.Equal(expected, run.Exceeds(1.6));
        Assert.Equal(expected, run.Level < 1.6);
    }

    [Fact]
    public void A_large_peak_survives_the_pruning() =>
        Assert.True(ThresholdRun.Learnt(Settings(2.5), i => 1 + i % 3 * 0.1).Exceeds(4.0));

    [Fact]
    public void While_an_alarm_is_on_the_window_rests()
    {
        ThresholdRun run = ThresholdRun.Learnt(Settings(2.5), i => 1 + i % 3 * 0.1);
        Assert.True(run.Exceeds(4.0));
        int[] before = [.. run.Memory.Ints];
        for (int step = 0; step < 1000; step++) Assert.True(run.Exceeds(4.0, false));
        Assert.False(run.Exceeds(1.1, false));
        Assert.Equal(before, run.Memory.Ints);
    }

    [Fact]
    public void What_lasts_without_an_alarm_becomes_normal()
    {
        ThresholdRun run = ThresholdRun.Learnt(Settings(2.5), i => 1 + i % 3 * 0.1);
        for (int step = 0; step < History; step++) run.Exceeds(4 + step % 3 * 0.1);
        Assert.False(run.Exceeds(4.1));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(7.0)]
    [InlineData(-7.0)]
    public void Scores_that_never_differ_are_normal_and_a_larger_one_is_not(double score)
    {
        ThresholdRun run = ThresholdRun.Learnt(Settings(2.5), _ => score);
        Assert.InRange(run.Level, score, score + 0.02);
        for (int step = 0; step < 10; step++) Assert.False(run.Exceeds(score));
        Assert.True(run.Exceeds(score + 3));
    }

    [Fact]
    public void Huge_outliers_in_the_normal_period_leave_a_finite_threshold_and_leave_with_the_window()
    {
        DetectorSettings settings = Settings(2.5);
        ThresholdRun run = ThresholdRun.Learnt(settings, i => i == settings.ThresholdSteps - 1 ? 16_000 : 1 + i % 3 * 0.1);
        Assert.InRange(run.Level, 1, 16_384);
        for (int step = 0; step < History; step++) run.Exceeds(1 + step % 3 * 0.1);
        Assert.InRange(run.Level, 1.2, 3);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2.5f, 4096)]
    [InlineData(100, 2)]
    public void The_largest_numbers_saturate(float least, int history)
    {
        DetectorSettings settings = Settings(least);
        settings.History = Math.Max(2, history);
        ThresholdRun run = ThresholdRun.Learnt(settings, i => i % 2 == 0 ? 1e9 : -1e9);
        ScoreStream stream = new(Seed);
        for (int step = 0; step < 300; step++)
        {
            run.Exceeds(stream.Any());
            Assert.True(run.IsSound);
        }
    }

    private static double Next(List<double> scores, ScoreStream stream, int sign, double more)
    {
        double score = FixedScore.Of(sign * 2 + 0.25 * stream.Exponential() + more) / (double)FixedScore.One;
        scores.Add(score);
        return score;
    }

    // Section 3.2 and 3.3 of the paper, with the limits of the authors' code.
    private static (double E, bool IsAnomaly, bool IsPruned) Paper(double[] window, DetectorSettings settings)
    {
        double mean = window.Average(), deviation = Deviation(window), best = 0, e = mean + 12 * deviation;
        for (double z = settings.Level; z <= 12; z += 0.5)
        {
            double level = mean + z * deviation;
            double[] below = [.. window.Where(score => score <= level)];
            List<double> runs = Peaks(window, level);
            int above = window.Length - below.Length;
            if (above == 0 || runs.Count > 5 || above * 2 >= window.Length) continue;
            double gain = ((mean - below.Average()) / Math.Abs(mean) + (deviation - Deviation(below)) / deviation) / (above + runs.Count * runs.Count);
            if (gain < best) continue;
            best = gain;
            e = level;
        }
        if (window[^1] <= e) return (e, false, false);
        // The last run's peak, and all in descending order, mirrored where they are negative.
        double[] lifted = mean >= 0 ? window : [.. window.Select(score => score - 2 * mean)];
        double lift = mean >= 0 ? 0 : -2 * mean;
        double last = lifted.Reverse().TakeWhile(score => score > e + lift).Max();
        List<double> peaks = [.. Peaks(lifted, e + lift).OrderDescending(), lifted.Where(score => score <= e + lift).Max()];
        int lastKept = -1;
        for (int i = 1; i < peaks.Count; i++)
        {
            if ((peaks[i - 1] - peaks[i]) / peaks[i - 1] > settings.Pruning) lastKept = i - 1;
        }
        bool survives = peaks.IndexOf(last) <= lastKept;
        return (e, survives, !survives);
    }

    private static List<double> Peaks(double[] window, double level)
    {
        List<double> peaks = [];
        for (int i = 0; i < window.Length; i++)
        {
            if (window[i] <= level) continue;
            if (i == 0 || window[i - 1] <= level) peaks.Add(window[i]);
            else peaks[^1] = Math.Max(peaks[^1], window[i]);
        }
        return peaks;
    }

    private static double Deviation(double[] scores) => Math.Sqrt(scores.Average(score => Math.Pow(score - scores.Average(), 2)));

    private static DetectorSettings Settings(double least)
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Dynamic, least, 300);
        settings.History = History;
        return settings;
    }
}
