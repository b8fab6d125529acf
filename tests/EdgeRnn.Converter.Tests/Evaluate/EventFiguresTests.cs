using System.Linq;
using EdgeRnn.Converter.Evaluate;

namespace EdgeRnn.Converter.Tests.Evaluate;

/// <summary>Rows are drawn: x is a label or an alarm, a dot is none.</summary>
public sealed class EventFiguresTests
{
    [Fact]
    public void The_delay_counts_from_the_first_labelled_row()
    {
        EventFigures figures = Of(labels: "..xxxx..xxx.", alarms: "....x....x..");
        Assert.Equal((2, 2, 0), (figures.Events, figures.Detected, figures.FalseAlarms));
        Assert.Equal([2, 1], figures.Delays);
        Assert.Equal(1.5, figures.MedianDelay);
    }

    [Fact]
    public void An_event_without_an_alarm_is_missed()
    {
        EventFigures figures = Of(labels: ".xx..xx.", alarms: "......x.");
        Assert.Equal((2, 1), (figures.Events, figures.Detected));
    }

    [Fact]
    public void Only_the_first_alarm_of_an_event_counts() =>
        Assert.Equal([1], Of(labels: ".xxxxx.", alarms: "..x.xx.").Delays);

    [Fact]
    public void An_alarm_that_stands_when_the_event_begins_has_no_delay_and_was_false()
    {
        EventFigures figures = Of(labels: "...xxx", alarms: ".xxxx.");
        Assert.Equal([0], figures.Delays);
        Assert.Equal(1, figures.FalseAlarms);
    }

    [Fact]
    public void An_alarm_that_outlasts_its_event_is_not_false() =>
        Assert.Equal(0, Of(labels: ".xx...", alarms: "..xxx.").FalseAlarms);

    [Fact]
    public void False_alarms_are_alarms_and_not_rows()
    {
        EventFigures figures = Of(labels: "..........", alarms: "xxx..x.xx.");
        Assert.Equal(3, figures.FalseAlarms);
        Assert.Equal(300, figures.FalseAlarmsPerThousandSteps);
        Assert.Equal((0, double.NaN), (figures.Events, figures.MedianDelay));
    }

    [Fact]
    public void Without_normal_steps_there_is_no_rate() =>
        Assert.Equal(double.NaN, Of(labels: "xx", alarms: "xx").FalseAlarmsPerThousandSteps);

    [Fact]
    public void Files_are_added_and_events_end_with_their_file()
    {
        EventFigures figures = Of(labels: "..xx", alarms: "...x") + Of(labels: "xx..", alarms: "x..x");
        Assert.Equal(2, figures.Events);
        Assert.Equal([1, 0], figures.Delays);
        Assert.Equal((1, 4), (figures.FalseAlarms, figures.NormalSteps));
    }

    private static EventFigures Of(string labels, string alarms) => EventFigures.Of(new FileTrace("drawn",
        new double[labels.Length], [.. alarms.Select(row => row == 'x')], [.. labels.Select(row => row == 'x')]));
}
