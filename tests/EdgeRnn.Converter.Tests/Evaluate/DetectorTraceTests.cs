using System.Linq;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Tests.Evaluate;

public sealed class DetectorTraceTests
{
    // Mean 0 and deviation 1; as a forecast "nothing changes".
    private static readonly Model _persistence = TrivialModels.Persistence([[-1], [1]]);

    [Fact]
    public void Scores_are_in_units_of_the_threshold()
    {
        DetectorSettings settings = Settings();
        settings.Threshold = ThresholdMethod.Fixed;
        settings.Level = 2;
        // The first row has no forecast.
        DetectorTrace trace = DetectorTrace.Run(_persistence, settings, [[0], [1], [1], [7]]);
        Assert.Equal([double.NaN, 0.5, 0, 3], trace.Scores);
        Assert.Equal([false, false, false, true], trace.Alarms);
        Assert.Equal([false, false, false, true], trace.Begins);
    }

    [Fact]
    public void Rows_that_calibrate_have_no_score()
    {
        DetectorTrace trace = DetectorTrace.Run(_persistence, Settings(), Rows(0, 1, 0, 1, 0, 1, 0));
        Assert.Equal([true, true, true, true, false, false, false], trace.Scores.Select(double.IsNaN));
        Assert.Equal(1, trace.Scores[^1]);
    }

    [Fact]
    public void Signal_that_never_moved_has_finite_scores_afterwards()
    {
        DetectorTrace trace = DetectorTrace.Run(_persistence, Settings(), Rows(0, 0, 0, 0, 0, 0, 1));
        Assert.Equal(0, trace.Scores[^2]);
        Assert.True(trace.Alarms[^1]);
        Assert.True(double.IsFinite(trace.Scores[^1]) && trace.Scores[^1] > 1, $"{trace.Scores[^1]}");
    }

    [Fact]
    public void Machine_that_stops_has_a_high_score_where_both_sides_are_watched()
    {
        DetectorSettings settings = Settings();
        settings.TwoSided = true;
        DetectorTrace trace = DetectorTrace.Run(_persistence, settings, Rows(0, 1, 0, 1, 0, 1, 1));
        Assert.Equal([false, true], trace.Alarms[^2..]);
        Assert.True(double.IsFinite(trace.Scores[^1]) && trace.Scores[^1] > 1, $"{trace.Scores[^1]}");
    }

    private static float[][] Rows(params float[] values) => [.. values.Select(value => new[] { value })];

    // Four scores from the second row on; neither averaged nor scaled.
    private static DetectorSettings Settings() => new() { WarmUpSteps = 0, ThresholdSteps = 4, Level = 0.5f, Factor = 1, Smoothing = 1 };
}
