using System;
using System.Linq;
using EdgeRnn.Converter.Evaluate;

namespace EdgeRnn.Converter.Tests.Evaluate;

public sealed class BaselineScoresTests
{
    private const double Rounding = 1e-12;

    // Training rows 1, 3: mean 2, deviation 1.
    private static readonly double[][] _readings = [[1], [3], [5], [2]];

    [Fact]
    public void Always_alarm_alarms_always()
    {
        FileTrace trace = BaselineScores.Trace(Baseline.AlwaysAlarm, "file", _readings, new bool[4], 2);
        Assert.All(trace.Alarms, Assert.True);
        Assert.Single(trace.Scores.Distinct());
    }

    [Fact]
    public void Z_scores_are_in_deviations_of_the_training_rows_and_smoothed()
    {
        double[] scores = BaselineScores.Of(Baseline.ZScore, _readings, 2); // |z| is 1, 1, 3, 0; the first row counts as 0
        Assert.Equal(0.1, scores[1], Rounding);
        Assert.Equal(0.1 + 0.1 * (3 - 0.1), scores[2], Rounding);
        Assert.Equal(0.9 * 0.39, scores[3], Rounding);
    }

    [Fact]
    public void Differences_are_between_neighbours() =>
        Assert.Equal([0, 2, 2, 3], BaselineScores.Of(Baseline.Difference, _readings, 2));

    [Fact]
    public void Channels_are_averaged_and_missing_readings_left_out()
    {
        double[][] readings = [[1, 10], [3, 10], [5, 14], [5, double.NaN], [double.NaN, double.PositiveInfinity]];
        // The second channel does not move while training and stays in its own unit.
        Assert.Equal([0, 1, 3, 0, 0], BaselineScores.Of(Baseline.Difference, readings, 2));
    }

    [Fact]
    public void Rows_behind_the_training_do_not_change_the_statistics()
    {
        double[][] changed = [.. _readings[..3], [1e6]];
        Assert.Equal(BaselineScores.Of(Baseline.ZScore, _readings, 2)[..3], BaselineScores.Of(Baseline.ZScore, changed, 2)[..3]);
    }

    [Fact]
    public void The_threshold_leaves_out_the_rise_of_the_score()
    {
        // Of 16 scores the first two are left out; 0.99 of the way from the first to the last of 14 is 12.87.
        double[] training = [1000, 1000, .. Enumerable.Range(0, 14).Select(score => (double)score)];
        Assert.Equal(1.5 * 12.87, BaselineScores.Threshold(training), Rounding);
    }

    [Fact]
    public void A_signal_that_never_moved_alarms_when_it_moves()
    {
        double[][] readings = [.. Enumerable.Repeat(new[] { 5.0 }, 20), [6]];
        FileTrace trace = BaselineScores.Trace(Baseline.ZScore, "flat", readings, new bool[21], 20);
        Assert.Equal([20], Enumerable.Range(0, 21).Where(row => trace.Alarms[row]));
        Assert.All(trace.Scores, score => Assert.True(double.IsFinite(score)));
    }

    [Fact]
    public void A_threshold_that_is_not_above_zero_is_refused() =>
        Assert.Throws<ArgumentException>(() => FileTrace.ByThreshold("file", [1], 0, [true]));
}
