using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;

namespace EdgeRnn.Benchmarks;

/// <summary>A line of a plot.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="Points">Positive numbers, x rising.</param>
public sealed record PlotLine(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>
/// Lines over two logarithmic axes, x in powers of two and y in tens, as an SVG document without a background: greys and hues that can be
/// read on white and on near black.
/// </summary>
public static class LinePlot
{
    private const double Width = 760, Height = 400, Left = 62, Right = 18, Top = 62, Bottom = 46;
    private const string Ink = "#808080";
    private static readonly string[] _colours = ["#2f81f7", "#d9822b", "#2da160", "#b264d6", "#e5534b", "#1aa5b8", "#9a8a00", "#7a7f87", "#d6569b"];
    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="xName">What x is.</param>
    /// <param name="yName">What y is.</param>
    /// <param name="lines">At least one, each with at least one point.</param>
    public static string Write(string title, string xName, string yName, IReadOnlyList<PlotLine> lines)
    {
        (double X, double Y)[] points = [.. lines.SelectMany(line => line.Points)];
        (double low, double high) x = (Math.Log2(points.Min(point => point.X)), Math.Log2(points.Max(point => point.X)));
        (double low, double high) y = (Math.Log10(points.Min(point => point.Y)), Math.Log10(points.Max(point => point.Y)));
        if (x.high - x.low < 1) x.high = x.low + 1;
        double margin = Math.Max(0.03 * (y.high - y.low), 0.05);
        (y.low, y.high) = (y.low - margin, y.high + margin);
        double AtX(double value) => Left + (Width - Left - Right) * (Math.Log2(value) - x.low) / (x.high - x.low);
        double AtY(double value) => Top + (Height - Top - Bottom) * (y.high - Math.Log10(value)) / (y.high - y.low);

        XElement svg = new(_svg + "svg", new XAttribute("viewBox", Text($"0 0 {Width} {Height}")), new XAttribute("role", "img"),
            new XAttribute("font-family", "system-ui, sans-serif"), new XAttribute("font-size", "12"), new XAttribute("fill", Ink),
            new XElement(_svg + "title", title), Label(Left, 20, title, "start", true));
        for (int power = (int)Math.Ceiling(x.low); power <= x.high + 1e-9; power++)
        {
            double value = Math.Pow(2, power);
            svg.Add(Line(AtX(value), Top, AtX(value), Height - Bottom, 0.2), Label(AtX(value), Height - Bottom + 17, Text($"{value}"), "middle"));
        }
        foreach (double tick in Ticks(Math.Pow(10, y.low), Math.Pow(10, y.high)))
            svg.Add(Line(Left, AtY(tick), Width - Right, AtY(tick), 0.2), Label(Left - 7, AtY(tick) + 4, Text($"{tick:0.######}"), "end"));
        svg.Add(Label((Left + Width - Right) / 2, Height - 8, xName, "middle"));
        svg.Add(new XElement(_svg + "text", new XAttribute("transform", Text($"translate(15 {(Top + Height - Bottom) / 2}) rotate(-90)")),
            new XAttribute("text-anchor", "middle"), yName));
        double legend = Left;
        for (int i = 0; i < lines.Count; i++)
        {
            string colour = _colours[i % _colours.Length];
            svg.Add(new XElement(_svg + "polyline", new XAttribute("fill", "none"), new XAttribute("stroke", colour), new XAttribute("stroke-width", "2"),
                new XAttribute("points", string.Join(' ', lines[i].Points.Select(point => Text($"{AtX(point.X):0.#},{AtY(point.Y):0.#}"))))));
            svg.Add(new XElement(_svg + "rect", new XAttribute("x", Text($"{legend:0.#}")), new XAttribute("y", "38"), new XAttribute("width", "14"),
                new XAttribute("height", "3"), new XAttribute("fill", colour)), Label(legend + 18, 44, lines[i].Name, "start"));
            legend += 34 + 6.3 * lines[i].Name.Length;
        }
        return new XDocument(svg).ToString() + "\n";
    }

    /// <summary>1, 2 and 5 of each power of ten inside a range; only the powers where that would be many.</summary>
    public static IReadOnlyList<double> Ticks(double low, double high)
    {
        int[] steps = Math.Log10(high / low) > 3 ? [1] : [1, 2, 5];
        return [.. Enumerable.Range((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high / low)) + 2)
            .SelectMany(power => steps.Select(step => step * Math.Pow(10, power))).Where(tick => tick >= low && tick <= high)];
    }

    private static XElement Line(double x1, double y1, double x2, double y2, double opacity) => new(_svg + "line",
        new XAttribute("x1", Text($"{x1:0.#}")), new XAttribute("y1", Text($"{y1:0.#}")), new XAttribute("x2", Text($"{x2:0.#}")),
        new XAttribute("y2", Text($"{y2:0.#}")), new XAttribute("stroke", Ink), new XAttribute("stroke-opacity", Text($"{opacity}")));

    private static XElement Label(double x, double y, string text, string anchor, bool bold = false) => new(_svg + "text",
        new XAttribute("x", Text($"{x:0.#}")), new XAttribute("y", Text($"{y:0.#}")), new XAttribute("text-anchor", anchor),
        bold ? new XAttribute("font-weight", "600") : null, text);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
