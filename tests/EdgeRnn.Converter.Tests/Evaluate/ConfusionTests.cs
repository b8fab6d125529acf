using System;
using EdgeRnn.Converter.Evaluate;

namespace EdgeRnn.Converter.Tests.Evaluate;

public sealed class ConfusionTests
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

    [Theory]
    [InlineData(5, 7, 0, 0)]
    [InlineData(0, 0, 5, 7)]
    [InlineData(0, 3, 0, 7)]
    [InlineData(3, 0, 7, 0)]
    [InlineData(0, 0, 0, 0)]
    public void Correlation_is_zero_where_alarms_or_labels_are_all_alike(long tp, long fp, long fn, long tn) =>
        Assert.Equal(0, new Confusion(tp, fp, fn, tn).Mcc);

    [Fact]
    public void Rates_of_a_class_without_rows_are_not_numbers()
    {
        Assert.Equal(double.NaN, new Confusion(5, 0, 5, 0).FalseAlarmRate);
        Assert.Equal(double.NaN, new Confusion(0, 5, 0, 5).MissedAlarmRate);
        Assert.Equal(double.NaN, new Confusion(0, 0, 0, 5).F1);
    }

    [Fact]
    public void Alarms_that_are_all_wrong_have_no_F1() => Assert.Equal(0, new Confusion(0, 2, 3, 4).F1);

    [Fact]
    public void Alarms_and_labels_of_different_length_are_no_confusion() =>
        Assert.Throws<ArgumentException>(() => Confusion.Count([true], [true, false]));
}
