using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using EdgeRnn.Converter.Detect;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Tests.Detect;

public sealed class DetectionPlotTests
{
    [Fact]
    public void Single_spike_in_a_long_stream_reaches_its_height()
    {
        DetectionTrace trace = Trace(500_000);
        trace.Scores[123_457] = 20;
        XDocument plot = XDocument.Parse(DetectionPlot.Write(trace, "long", null));
        double[] heights = [.. Curves(plot).SelectMany(points => points.Select(point => point.Y))];
        // The axis ends 6 % above the largest score; 98 to 380 are the chart.
        Assert.Equal(380 - 282 / 1.06, heights.Min(), 0.5);
        Assert.True(Curves(plot).Sum(points => points.Count) < 10_000);
    }

    [Fact]
    public void Scores_over_decades_get_a_logarithmic_axis()
    {
        DetectionTrace trace = Trace(1000);
        trace.Scores[500] = 5000;
        Assert.Contains("score (logarithmic)", DetectionPlot.Write(trace, "wide", null), StringComparison.Ordinal);
        Assert.DoesNotContain("logarithmic", DetectionPlot.Write(Trace(1000), "narrow", null), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_files_are_text_and_nothing_else()
    {
        string plot = DetectionPlot.Write(Trace(10, "<script>alert('x')</script>\u0001"), "<b>&\"", 100);
        XDocument parsed = XDocument.Parse(plot);
        Assert.DoesNotContain("<script", plot, StringComparison.Ordinal);
        Assert.Contains(parsed.Descendants(), element => element.Value == "<b>&\"");
        Assert.Contains(parsed.Descendants(), element => element.Value == "seconds");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(916)]
    [InlineData(917)]
    public void Every_length_of_stream_can_be_drawn(int steps) =>
        Assert.NotNull(XDocument.Parse(DetectionPlot.Write(Trace(steps), "", null)).Root);

    [Fact]
    public void Alarms_faults_and_learning_are_marked_and_explained()
    {
        DetectionTrace trace = Trace(1000);
        for (int step = 0; step < 1000; step++)
        {
            trace.States[step] = step < 50 ? DetectorState.WarmingUp : step < 300 ? DetectorState.Calibrating : DetectorState.Ready;
            if (step is >= 600 and < 650) trace.Alarms[step] = true;
            if (step is >= 800 and < 850) trace.Faults[step] = SensorFaultKind.Stuck;
            if (step is >= 820 and < 850) trace.States[step] = DetectorState.SensorFault;
        }
        string[] texts = [.. XDocument.Parse(DetectionPlot.Write(trace, "t", null)).Descendants().Where(e => !e.HasElements)
            .Select(e => e.Value)];
        foreach (string word in new[] { "warming up", "learning", "alarm", "sensor fault", "sensor lost", "score", "threshold", "steps" })
            Assert.Contains(word, texts);
    }

    private static DetectionTrace Trace(int steps, string channel = "ax")
    {
        DetectionTrace trace = new(steps, [channel], [channel]);
        Array.Fill(trace.Scores, 1);
        Array.Fill(trace.Thresholds, 2);
        Array.Fill(trace.LowerThresholds, float.NaN);
        Array.Fill(trace.States, DetectorState.Ready);
        Array.Fill(trace.Shares, (byte)100);
        return trace;
    }

    private static IEnumerable<List<(double X, double Y)>> Curves(XDocument plot) => plot.Descendants()
        .Where(element => element.Name.LocalName == "polyline").Select(element => element.Attribute("points")!.Value.Split(' ')
            .Select(point => point.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())
            .Select(pair => (pair[0], pair[1])).ToList());
}
