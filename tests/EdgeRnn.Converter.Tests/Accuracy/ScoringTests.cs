using System;
using EdgeRnn.Accuracy;

namespace EdgeRnn.Tests.Accuracy;

/// <summary>The arithmetic of the scores, on numbers small enough for paper.</summary>
public sealed class ScoringTests
{
    private const double Rounding = 1e-12;

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
