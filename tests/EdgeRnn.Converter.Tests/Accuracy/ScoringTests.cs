using System;
using EdgeRnn.Accuracy;
using EdgeRnn.Accuracy.Tasks;
using EdgeRnn.Converter.Evaluate;

namespace EdgeRnn.Tests.Accuracy;

/// <summary>The arithmetic of the scores, on numbers small enough for paper.</summary>
public sealed class ScoringTests
{
    private const double Rounding = 1e-12;

    [Fact]
    public void Rows_are_counted_by_alarm_and_label() => Assert.Equal(new Confusion(1, 2, 1, 3),
        Confusion.Count([true, true, true, false, false, false, false], [true, false, false, true, false, false, false]));

    [Fact]
    public void Scores_of_a_confusion_are_those_of_their_definitions()
    {
        Confusion confusion = new(6, 2, 4, 8);
        Assert.Equal(12.0 / 18, confusion.F1, Rounding);
        Assert.Equal(0.2, confusion.FalseAlarmRate, Rounding);
        Assert.Equal(0.4, confusion.MissedAlarmRate, Rounding);
        Assert.Equal(40 / Math.Sqrt(8 * 10 * 10 * 12), confusion.Mcc, Rounding);
    }

    [Fact]
    public void Pooling_adds_counts_and_not_scores() =>
        Assert.Equal(new Confusion(11, 22, 33, 44), new Confusion(1, 2, 3, 4) + new Confusion(10, 20, 30, 40));

    [Fact]
    public void Counts_of_long_recordings_do_not_overflow()
    {
        Confusion confusion = new(3_000_000_000, 0, 0, 3_000_000_000);
        Assert.Equal(1, confusion.Mcc, Rounding);
    }

    [Fact]
    public void Error_to_signal_ratio_divides_by_the_energy_of_the_reference() =>
        Assert.Equal(0.25 / 25, Deviation.Esr([3, 4], [3, 4.5f]), Rounding);

    [Fact]
    public void Distances_are_taken_without_sign()
    {
        Assert.Equal(0.5, Deviation.Largest([1, 1], [1.25f, 0.5f]), Rounding);
        Assert.Equal(0.375, Deviation.Mean([1, 1], [1.25f, 0.5f]), Rounding);
    }

    [Fact]
    public void An_answer_that_is_not_a_number_is_the_largest_error() =>
        Assert.Equal(double.NaN, Deviation.Largest([1, 1, 1], [1, float.NaN, 1]));

    [Fact]
    public void Decisions_flip_only_across_the_threshold() =>
        Assert.Equal(0.25, Deviation.Flipped([0.1f, 0.4f, 0.6f, 0.9f], [0.4f, 0.6f, 0.9f, 0.6f], 0.5f), Rounding);

    [Fact]
    public void Labels_are_compared_by_the_largest_element() =>
        Assert.Equal(0.5, Deviation.LabelsChanged([[1, 2], [1, 2]], [[0, 9], [3, 2]]), Rounding);

    [Fact]
    public void Sequences_of_different_length_are_no_deviation() =>
        Assert.Throws<InvalidOperationException>(() => Deviation.Esr([1, 2], [1]));

    [Theory]
    [InlineData(0.5, 0.5024, true)]
    [InlineData(0.5, 0.4976, true)]
    [InlineData(0.5, 0.5026, false)]
    [InlineData(-0.5, -0.5026, false)]
    [InlineData(0, 0, true)]
    [InlineData(0, 1e-9, false)]
    [InlineData(double.NaN, double.NaN, false)]
    public void A_metric_may_move_by_half_a_percent(double ofFloat, double quantized, bool isMet) =>
        Assert.Equal(isMet, Figure.Metric("metric", "0.000", null, ofFloat, quantized, Target.MetricStays).IsMet);

    [Theory]
    [InlineData(1e-4, true)]
    [InlineData(1.01e-4, false)]
    [InlineData(double.NaN, false)]
    public void A_deviation_may_reach_its_bound(double deviation, bool isMet) =>
        Assert.Equal(isMet, Figure.Deviation("ESR", "0.0e+0", null, deviation, Target.AtMost(1e-4, "1e-4")).IsMet);
}
