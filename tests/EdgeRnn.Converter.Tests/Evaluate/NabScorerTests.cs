using System;
using EdgeRnn.Converter.Evaluate;

namespace EdgeRnn.Converter.Tests.Evaluate;

/// <summary>Each rule of NAB's scorer alone, on series of 20 rows, of which the first 3 are probation.</summary>
public sealed class NabScorerTests
{
    private const double Rounding = 1e-12;
    private const string OneWindow = "..........wwwww.....";

    private static readonly NabProfile _standard = NabProfile.Published[0];
    private static readonly NabProfile _lowMisses = NabProfile.Published[2];

    [Fact]
    public void Silence_costs_every_window()
    {
        Assert.Equal(-1, Raw(OneWindow, "...................."));
        Assert.Equal(-2, NabScorer.Score(NabDrawing.File(OneWindow), new bool[20], _lowMisses).Raw);
    }

    [Fact]
    public void A_detection_in_the_first_row_of_a_window_is_worth_one() =>
        Assert.Equal(1, Raw(OneWindow, "..........x........."), Rounding);

    [Fact]
    public void A_detection_in_the_last_row_of_a_window_is_worth_less() =>
        // One row of five is left: S(-1/5) / S(-1).
        Assert.Equal(Sigmoid(-0.2) / Sigmoid(-1), Raw(OneWindow, "..............x....."), Rounding);

    [Fact]
    public void A_window_is_worth_its_best_detection_and_not_their_sum() =>
        Assert.Equal(Sigmoid(-0.8) / Sigmoid(-1), Raw(OneWindow, "...........xxxx....."), Rounding);

    [Fact]
    public void A_detection_before_any_window_costs_the_full_weight() =>
        Assert.Equal(-1 - 0.11, Raw(OneWindow, "....x..............."), Rounding);

    [Fact]
    public void A_detection_shortly_after_a_window_costs_less() =>
        // Two rows behind a window of five: p = 2 / 4.
        Assert.Equal(-1 + 0.11 * Sigmoid(0.5), Raw(OneWindow, "................x..."), Rounding);

    [Fact]
    public void Detections_outside_add_up() =>
        Assert.Equal(-1 - 0.22 + 0.11 * Sigmoid(0.25), Raw(OneWindow, "....xx.........x...."), Rounding);

    [Fact]
    public void A_detection_far_behind_a_window_costs_the_full_weight()
    {
        // Behind a window of two rows p is the distance: 3 rows is still on the curve, 4 is beyond it.
        const string Narrow = "....ww..............";
        Assert.Equal(-1 + 0.11 * Sigmoid(3), Raw(Narrow, "........x..........."), Rounding);
        Assert.Equal(-1 - 0.11, Raw(Narrow, ".........x.........."), Rounding);
        Assert.NotEqual(-1, Sigmoid(3));
    }

    [Fact]
    public void Between_windows_the_distance_is_to_the_one_passed() =>
        Assert.Equal(-2 + 0.11 * Sigmoid(1), Raw(".....www....www.....", ".........x.........."), Rounding);

    [Fact]
    public void Anything_behind_a_window_of_one_row_is_far_away()
    {
        const string OneRow = ".....w..............";
        Assert.Equal(-1 - 0.11, Raw(OneRow, "......x............."), Rounding);
        Assert.Equal(1, Raw(OneRow, ".....x.............."), Rounding);
    }

    [Fact]
    public void Detections_in_the_probation_are_not_seen()
    {
        Assert.Equal(Raw(OneWindow, "...................."), Raw(OneWindow, "xxx................."));
        Assert.Equal(17, Score(OneWindow, "xxx.................").Rows.Rows);
    }

    [Fact]
    public void A_window_in_the_probation_does_not_count()
    {
        NabFileScore score = Score("ww..................", "x...................");
        Assert.Equal((0, 0), (score.Raw, score.Windows));
    }

    [Fact]
    public void A_window_that_reaches_beyond_the_probation_counts_with_its_full_width()
    {
        const string Reaching = "..wwww..............";
        Assert.Equal(-1, Raw(Reaching, "..x................."));
        Assert.Equal(Sigmoid(-0.75) / Sigmoid(-1), Raw(Reaching, "...x................"), Rounding);
    }

    [Fact]
    public void A_window_in_the_probation_still_softens_what_follows_it() =>
        Assert.Equal(0.11 * Sigmoid(0.5), Raw("www.................", "...x................"), Rounding);

    [Fact]
    public void A_series_without_windows_can_only_lose()
    {
        NabFileScore score = Score("....................", ".....x.....x........");
        Assert.Equal(-0.22, score.Raw, Rounding);
        Assert.Equal(new Confusion(0, 2, 0, 15), score.Rows);
    }

    [Fact]
    public void Rows_are_counted_one_by_one() =>
        Assert.Equal(new Confusion(2, 1, 3, 11), Score(OneWindow, "x...x.....xx........").Rows);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(6, 0)]
    [InlineData(7, 1)]
    [InlineData(4032, 604)]
    [InlineData(5000, 750)]
    [InlineData(22695, 750)]
    public void Probation_is_a_share_of_the_rows_up_to_a_limit(int rows, int probation) =>
        Assert.Equal(probation, NabFile.ProbationOf(rows));

    [Fact]
    public void A_score_equal_to_the_threshold_is_a_detection() =>
        Assert.Equal([false, true, true, false], NabScorer.Detections([0.49, 0.5, 0.51, double.NaN], 0.5));

    [Fact]
    public void Normalised_scores_are_0_for_silence_and_100_for_perfection()
    {
        Assert.Equal(0, NabScore.Normalise(-5, 5, _standard));
        Assert.Equal(100, NabScore.Normalise(5, 5, _standard));
        Assert.Equal(100, NabScore.Normalise(5, 5, _lowMisses));
        Assert.Equal(50, NabScore.Normalise(-2.5, 5, _lowMisses));
        Assert.Equal(double.NaN, NabScore.Normalise(-1, 0, _standard));
    }

    [Theory]
    [InlineData(5, 4)]
    [InlineData(15, 20)]
    [InlineData(-1, 3)]
    public void Windows_outside_the_series_are_refused(int first, int last) =>
        Assert.Throws<ArgumentException>(() => new NabFile("file", 20, [new NabWindow(first, last)]));

    [Fact]
    public void Windows_that_overlap_are_refused() =>
        Assert.Throws<ArgumentException>(() => new NabFile("file", 20, [new NabWindow(3, 6), new NabWindow(6, 9)]));

    private static double Raw(string rows, string detections) => Score(rows, detections).Raw;

    private static NabFileScore Score(string rows, string detections) =>
        NabScorer.Score(NabDrawing.File(rows), NabDrawing.Detections(detections), _standard);

    private static double Sigmoid(double position) => 2 / (1 + Math.Exp(5 * position)) - 1;
}
