using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using EdgeRnn.Converter.Quantize.Report;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>
/// A trace as one picture: the score with its thresholds over time, alarms, faults, and when the detector was learning; below it each
/// channel's share of the score, where there are several. Every pixel column shows the least and the largest score in it, so that no spike
/// is lost.
/// </summary>
public static class DetectionPlot
{
    private const double Width = 1000;
    private const double Height = 600;
    private const double Left = 66;
    private const double Right = 18;
    private const double ScoreTop = 98;
    private const double ScoreBottom = 380;
    private const double ShareTop = 416;
    private const double ShareBottom = 536;
    private const double FaultHeight = 7;
    private const int MostTitle = 90;
    private const int MostAlarmLabels = 12;

    private const string ScoreColour = "#1d4ed8";
    private const string ThresholdColour = "#c2410c";
    private const string AlarmColour = "#fee2e2";
    private const string AlarmEdge = "#dc2626";
    private const string FaultColour = "#a16207";
    private const string LostColour = "#fde68a";
    private const string WarmUpColour = "#e5e7eb";
    private const string LearningColour = "#dbeafe";

    private static readonly string[] _channelColours =
        ["#2563eb", "#f59e0b", "#10b981", "#a855f7", "#ef4444", "#06b6d4", "#84cc16", "#9ca3af"];

    private static readonly XNamespace _names = "http://www.w3.org/2000/svg";

    /// <summary>Draws a trace.</summary>
    /// <param name="trace">At least one step.</param>
    /// <param name="title">What stands above it.</param>
    /// <param name="rateHz">Samples per second, for an axis in seconds; null: in steps.</param>
    /// <returns>An SVG document of 1000 x 600, or lower where there is one channel.</returns>
    public static string Write(DetectionTrace trace, string title, double? rateHz)
    {
        Drawing draw = new(_names);
        PlotColumns columns = new(trace, (int)(Width - Left - Right));
        PlotAxis scores = PlotAxis.Of(columns), time = PlotAxis.Linear(0, trace.Steps / (rateHz ?? 1));
        bool hasShares = trace.ChannelNames.Count > 1;
        double bottom = hasShares ? ShareBottom : ScoreBottom + 2 * FaultHeight;
        double height = hasShares ? Height : bottom + 48;
        List<object> content = [draw.Bar(0, 0, Width, height, "#ffffff")];
        content.Add(draw.Text(Left, 24, Figures.Short(title, MostTitle), size: 17, bold: true));
        content.Add(draw.Text(Left, 43, Headline(trace), size: 12, colour: Drawing.Faint));
        content.AddRange(Bands(draw, trace, columns));
        content.AddRange(Grid(draw, scores, time, bottom));
        content.AddRange(Lines(draw, columns, scores));
        content.AddRange(Faults(draw, columns));
        if (hasShares) content.AddRange(Shares(draw, trace, columns));
        content.AddRange(Axes(draw, scores, bottom, trace, rateHz));
        content.AddRange(Legend(draw, trace, columns));
        return new XDocument(draw.Figure(Width, height, [.. content])).ToString() + "\n";
    }

    private static string Headline(DetectionTrace trace)
    {
        DetectionSummary summary = DetectionSummary.Of(trace);
        string learning = summary.FirstReadyStep < 0 ? "still learning at its end" : summary.FirstReadyStep == 0 ? "ready from the start"
            : $"ready at step {Summary.Count(summary.FirstReadyStep)}";
        string alarms = summary.Alarms.Count switch { 0 => "no alarm", 1 => "1 alarm", int count => $"{Summary.Count(count)} alarms" };
        string faults = summary.Faults.Count switch
        {
            0 => "no sensor fault",
            1 => "1 sensor fault",
            int count => $"{Summary.Count(count)} sensor faults",
        };
        return $"{Summary.Count(trace.Steps)} steps, {learning}, {alarms}, {faults}";
    }

    private static double XOf(int column) => Left + column;

    // What the detector was doing, behind everything.
    private static IEnumerable<object> Bands(Drawing draw, DetectionTrace trace, PlotColumns columns)
    {
        foreach ((int begin, int end) in DetectionSummary.Runs(columns.Count, column => columns.State(column) == DetectorState.WarmingUp))
            yield return Band(begin, end, WarmUpColour, "warming up");
        foreach ((int begin, int end) in DetectionSummary.Runs(columns.Count, column => columns.State(column) == DetectorState.Calibrating))
            yield return Band(begin, end, LearningColour, "learning what is normal");
        foreach ((int begin, int end) in DetectionSummary.Runs(columns.Count, columns.HasLostSensor))
            yield return Band(begin, end, LostColour, "sensor lost");
        (int Begin, int End)[] alarms = [.. DetectionSummary.Runs(columns.Count, columns.HasAlarm)];
        foreach ((int begin, int end) in alarms)
        {
            yield return Band(begin, end, AlarmColour, $"alarm, steps {columns.FirstStep(begin)} to {columns.FirstStep(end + 1) - 1}");
            yield return draw.Bar(XOf(begin), ScoreTop - 4, end - begin + 1, 4, AlarmEdge);
        }
        if (alarms.Length > MostAlarmLabels) yield break;
        double free = 0;
        foreach ((int begin, int end) in alarms)
        {
            if (XOf(begin) < free) continue;
            bool fits = XOf(begin) < Width - Right - 50;
            yield return draw.Text(fits ? XOf(begin) : XOf(end), ScoreTop - 8, "alarm", fits ? "start" : "end", 11, AlarmEdge, true);
            free = XOf(begin) + 44;
        }

        XElement Band(int begin, int end, string colour, string name) =>
            draw.Bar(XOf(begin), ScoreTop, end - begin + 1, ScoreBottom - ScoreTop, colour, name);
    }

    private static IEnumerable<object> Grid(Drawing draw, PlotAxis scores, PlotAxis time, double bottom)
    {
        foreach (double tick in scores.Ticks)
        {
            double y = YOf(scores, tick);
            yield return draw.Line(Left, y, Width - Right, y, "#d1d5db");
            yield return draw.Text(Left - 8, y + 4, PlotAxis.Label(tick), "end", 11, Drawing.Faint);
        }
        foreach (double tick in time.Ticks)
        {
            double x = Left + (Width - Left - Right) * time.Place(tick);
            yield return draw.Line(x, ScoreBottom, x, ScoreBottom + 4, Drawing.Faint);
            if (bottom == ShareBottom) yield return draw.Line(x, bottom, x, bottom + 4, Drawing.Faint);
            yield return draw.Text(x, bottom + 18, PlotAxis.Label(tick), "middle", 11, Drawing.Faint);
        }
    }

    private static double YOf(PlotAxis axis, double value) => ScoreBottom - (ScoreBottom - ScoreTop) * axis.Place(value);

    // Down one column and up the next: the line covers what the columns cover.
    private static IEnumerable<object> Lines(Drawing draw, PlotColumns columns, PlotAxis axis)
    {
        foreach ((int begin, int end) in DetectionSummary.Runs(columns.Count, columns.HasScore))
            yield return draw.Curve(Both(begin, end), ScoreColour);
        foreach ((int begin, int end) in DetectionSummary.Runs(columns.Count, column => !double.IsNaN(columns.Threshold(column))))
            yield return draw.Curve(Steps(begin, end, columns.Threshold), ThresholdColour);
        foreach ((int begin, int end) in DetectionSummary.Runs(columns.Count, column => !double.IsNaN(columns.LowerThreshold(column))))
            yield return draw.Curve(Steps(begin, end, columns.LowerThreshold), ThresholdColour);

        IEnumerable<(double, double)> Both(int begin, int end)
        {
            for (int column = begin; column <= end; column++)
            {
                (double first, double least, double most, double last) = columns.Score(column);
                bool rises = last >= first;
                double x = XOf(column) + 0.5;
                yield return (x, YOf(axis, first));
                if (least == most) continue;
                yield return (x, YOf(axis, rises ? least : most));
                yield return (x, YOf(axis, rises ? most : least));
                yield return (x, YOf(axis, last));
            }
        }

        IEnumerable<(double, double)> Steps(int begin, int end, Func<int, double> value)
        {
            double held = double.NaN;
            for (int column = begin; column <= end; column++)
            {
                double now = value(column);
                if (now == held && column != end) continue;
                if (!double.IsNaN(held)) yield return (XOf(column), YOf(axis, held));
                yield return (XOf(column), YOf(axis, now));
                held = now;
            }
            yield return (XOf(end + 1), YOf(axis, held));
        }
    }

    // A row of marks between the two charts.
    private static IEnumerable<object> Faults(Drawing draw, PlotColumns columns)
    {
        foreach ((int begin, int end) in DetectionSummary.Runs(columns.Count, columns.HasFault))
            yield return draw.Bar(XOf(begin), ScoreBottom + 8, Math.Max(2, end - begin + 1), FaultHeight, FaultColour, "sensor fault");
    }

    private static IEnumerable<object> Shares(Drawing draw, DetectionTrace trace, PlotColumns columns)
    {
        double[][] shares = columns.Shares(_channelColours.Length);
        foreach ((int begin, int end) in DetectionSummary.Runs(columns.Count, columns.HasShares))
        {
            double[] below = new double[end - begin + 1];
            foreach ((double[] share, string colour) in shares.Zip(_channelColours))
            {
                double[] above = [.. below.Select((sum, i) => sum + share[begin + i])];
                yield return draw.Area([.. Edge(below, begin), .. Edge(above, begin).Reverse()], colour);
                below = above;
            }
        }
        yield return draw.Line(Left, ShareTop, Width - Right, ShareTop, "#d1d5db");

        static IEnumerable<(double, double)> Edge(double[] sums, int begin)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                double y = ShareBottom - (ShareBottom - ShareTop) * Math.Min(sums[i], 100) / 100;
                yield return (Left + begin + i, y);
                yield return (Left + begin + i + 1, y);
            }
        }
    }

    private static IEnumerable<object> Axes(Drawing draw, PlotAxis scores, double bottom, DetectionTrace trace, double? rateHz)
    {
        yield return draw.Line(Left, ScoreTop, Left, ScoreBottom, Drawing.Faint);
        yield return draw.Line(Left, ScoreBottom, Width - Right, ScoreBottom, Drawing.Faint);
        yield return draw.Upright(18, (ScoreTop + ScoreBottom) / 2, scores.IsLogarithmic ? "score (logarithmic)" : "score");
        string times = rateHz == null && trace.Times.Count > 1
            ? $" ({Figures.Short(trace.Times[0], 24)} to {Figures.Short(trace.Times[^1], 24)})" : "";
        yield return draw.Text(Width - Right, bottom + 34, rateHz == null ? $"steps{times}" : "seconds", "end", 11, Drawing.Faint);
        if (bottom != ShareBottom) yield break;
        yield return draw.Line(Left, ShareTop, Left, ShareBottom, Drawing.Faint);
        yield return draw.Line(Left, ShareBottom, Width - Right, ShareBottom, Drawing.Faint);
        yield return draw.Upright(18, (ShareTop + ShareBottom) / 2, "share of score");
        yield return draw.Text(Left - 8, ShareTop + 8, "100 %", "end", 11, Drawing.Faint);
        yield return draw.Text(Left - 8, ShareBottom, "0 %", "end", 11, Drawing.Faint);
    }

    private static IEnumerable<object> Legend(Drawing draw, DetectionTrace trace, PlotColumns columns)
    {
        // Only what is there.
        List<(string Name, string Colour, bool IsLine)> entries = [("score", ScoreColour, true), ("threshold", ThresholdColour, true)];
        if (Any(column => columns.State(column) == DetectorState.WarmingUp)) entries.Add(("warming up", WarmUpColour, false));
        if (Any(column => columns.State(column) == DetectorState.Calibrating)) entries.Add(("learning", LearningColour, false));
        if (Any(columns.HasAlarm)) entries.Add(("alarm", AlarmColour, false));
        if (Any(columns.HasFault)) entries.Add(("sensor fault", FaultColour, false));
        if (Any(columns.HasLostSensor)) entries.Add(("sensor lost", LostColour, false));
        double x = Left;
        foreach ((string name, string colour, bool isLine) in entries)
        {
            yield return isLine ? draw.Bar(x, 60, 14, 2.5, colour) : draw.Bar(x, 55, 14, 12, colour);
            yield return draw.Text(x + 19, 65, name, size: 12);
            x += WidthOf(name);
        }
        if (trace.ChannelNames.Count < 2) yield break;
        x = Left;
        string[] channels = PlotColumns.Labels(trace, _channelColours.Length);
        foreach ((string name, string colour) in channels.Select(name => Figures.Short(name, 18)).Zip(_channelColours))
        {
            yield return draw.Bar(x, Height - 26, 12, 12, colour);
            yield return draw.Text(x + 17, Height - 16, name, size: 12);
            x += WidthOf(name);
        }

        bool Any(Func<int, bool> holds) => Enumerable.Range(0, columns.Count).Any(holds);

        static double WidthOf(string text) => 40 + 6.6 * text.Length;
    }
}
