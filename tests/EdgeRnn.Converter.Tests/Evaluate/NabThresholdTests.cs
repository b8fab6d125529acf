using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Evaluate;

public sealed class NabThresholdTests
{
    /// <summary>Sums of at most 200 terms of about 1.</summary>
    private const double Rounding = 1e-12;

    private static readonly NabProfile _standard = NabProfile.Published[0];

    [Fact]
    public void The_threshold_catches_the_anomaly_and_leaves_out_the_noise()
    {
        NabTrace trace = new(NabDrawing.File("....wwww............"), [9, 9, 9, 0, 0.8, 0, 0, 0, 0, 0.5, 0.6, .. new double[9]]);
        NabScore best = NabThreshold.Best([trace], _standard);
        Assert.Equal(0.8, best.Threshold);
        Assert.Equal(1, best.Raw, Rounding);
        Assert.Equal(100, best.Normalised, Rounding);
    }

    [Fact]
    public void Where_every_detection_costs_nothing_is_detected()
    {
        NabScore best = NabThreshold.Best([new NabTrace(NabDrawing.File(new string('.', 20)), new double[20])], _standard);
        Assert.Equal((double.PositiveInfinity, 0), (best.Threshold, best.Raw));
    }

    [Fact]
    public void The_highest_of_equally_good_thresholds_is_taken()
    {
        // The second row of the window adds nothing to the first.
        NabTrace trace = new(NabDrawing.File("....ww.............."), [0, 0, 0, 0, 0.9, 0.8, .. new double[14]]);
        Assert.Equal(0.9, NabThreshold.Best([trace], _standard).Threshold);
    }

    [Fact]
    public void Scores_that_are_not_numbers_are_never_detections()
    {
        NabTrace trace = new(NabDrawing.File("....ww.............."), [.. Enumerable.Repeat(double.NaN, 20)]);
        Assert.Equal(-1, NabThreshold.Best([trace], _standard).Raw);
    }

    [Fact]
    public void The_sweep_finds_what_trying_every_threshold_finds()
    {
        for (int seed = 0; seed < LongRun.Choose(100, 1000); seed++)
        {
            Random random = new(seed);
            NabTrace[] traces = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => RandomTrace(random))];
            NabFile[] files = [.. traces.Select(trace => trace.File)];
            IEnumerable<double> candidates =
                traces.SelectMany(trace => trace.Scores).Where(score => !double.IsNaN(score)).Distinct();
            foreach (NabProfile profile in NabProfile.Published)
            {
                NabScore swept = NabThreshold.Best(traces, profile);
                NabScore tried = NabThreshold.Best(files, candidates.Append(double.PositiveInfinity),
                    threshold => [.. traces.Select(trace => NabScorer.Detections(trace.Scores, threshold))], profile);
                Assert.True(swept.Threshold == tried.Threshold && Math.Abs(swept.Raw - tried.Raw) <= Rounding,
                    $"seed {seed}, {profile.Name}: {swept.Threshold} gives {swept.Raw}, {tried.Threshold} gives {tried.Raw}");
                Assert.Equal(tried.Rows, swept.Rows);
            }
        }
    }

    [Fact]
    public void A_detector_that_does_more_than_compare_is_tried_as_a_whole()
    {
        NabFile file = NabDrawing.File("....wwwwww..........");
        double[] scores = [0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0];
        // Two rows in a row make an alarm: the single peak outside does not.
        NabScore best = NabThreshold.Best([file], [1, 3, 4], threshold => [Twice(threshold)], _standard);
        Assert.Equal(3, best.Threshold);
        Assert.Equal(new Confusion(1, 0, 5, 11), best.Rows);

        bool[] Twice(double threshold) =>
            [.. scores.Select((score, row) => row > 0 && score >= threshold && scores[row - 1] >= threshold)];
    }

    [Fact]
    public void Without_a_threshold_to_try_there_is_no_best() =>
        Assert.Throws<ArgumentException>(() => NabThreshold.Best([NabDrawing.File("....")], [], _ => [new bool[4]], _standard));

    private static NabTrace RandomTrace(Random random)
    {
        int rows = random.Next(1, 50);
        bool isInside = false;
        char[] drawing = new char[rows];
        for (int row = 0; row < rows; row++)
        {
            if (random.Next(6) == 0) isInside = !isInside;
            drawing[row] = isInside ? 'w' : '.';
        }
        // Few different scores, so many ties.
        return new NabTrace(NabDrawing.File(new string(drawing)),
            [.. drawing.Select(row => random.Next(20) == 0 ? double.NaN : random.Next(12) + (row == 'w' ? 2 : 0))]);
    }
}
