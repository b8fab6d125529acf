using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>Elements of an SVG figure. The namespace is empty inside an HTML page, where the element svg needs none.</summary>
internal sealed class Drawing(XNamespace names)
{
    public const string Ink = "#1f2933";
    public const string Faint = "#7b8794";
    public const string Grid = "#e4e7eb";

    /// <summary>A figure of its own.</summary>
    public XElement Figure(double width, double height, params object[] content) => new(names + "svg",
        new XAttribute("viewBox", $"0 0 {At(width)} {At(height)}"), Numbers(("width", width), ("height", height)),
        new XAttribute("role", "img"), new XAttribute("font-family", "system-ui, sans-serif"), content);

    /// <summary>Content at another place.</summary>
    public XElement Moved(double x, double y, params object[] content) =>
        new(names + "g", new XAttribute("transform", $"translate({At(x)} {At(y)})"), content);

    public XElement Bar(double x, double y, double width, double height, string colour, string? title = null) => new(
        names + "rect", Numbers(("x", x), ("y", y), ("width", width), ("height", height)), new XAttribute("fill", colour),
        title == null ? null : new XElement(names + "title", title));

    public XElement Line(double x1, double y1, double x2, double y2, string colour, bool dashed = false) => new(names + "line",
        Numbers(("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)), new XAttribute("stroke", colour),
        dashed ? new XAttribute("stroke-dasharray", "4 3") : null);

    public XElement Curve(IEnumerable<(double X, double Y)> points, string colour) => new(names + "polyline",
        new XAttribute("points", string.Join(' ', points.Select(point => $"{At(point.X)},{At(point.Y)}"))),
        new XAttribute("fill", "none"), new XAttribute("stroke", colour), new XAttribute("stroke-width", "1.6"));

    /// <summary>A filled shape without an edge.</summary>
    public XElement Area(IEnumerable<(double X, double Y)> corners, string colour) => new(names + "polygon",
        new XAttribute("points", string.Join(' ', corners.Select(point => $"{At(point.X)},{At(point.Y)}"))),
            new XAttribute("fill", colour));

    /// <summary>Text that runs upwards, its middle at a place.</summary>
    public XElement Upright(double x, double y, string text, double size = 12, string colour = Faint) => new(names + "text",
        new XAttribute("transform", $"translate({At(x)} {At(y)}) rotate(-90)"), Numbers(("font-size", size)),
        new XAttribute("text-anchor", "middle"), new XAttribute("fill", colour), XmlText.Clean(text));

    /// <param name="x">Where the anchor is.</param>
    /// <param name="y">The base line.</param>
    /// <param name="text">What it says.</param>
    /// <param name="anchor">start, middle or end.</param>
    /// <param name="size">Height of the letters.</param>
    /// <param name="colour">Of the letters.</param>
    /// <param name="bold">Whether they are bold.</param>
    public XElement Text(double x, double y, string text, string anchor = "start", double size = 12, string colour = Ink,
        bool bold = false) => new(names + "text", Numbers(("x", x), ("y", y), ("font-size", size)),
        new XAttribute("text-anchor", anchor), new XAttribute("fill", colour),
        bold ? new XAttribute("font-weight", "600") : null, XmlText.Clean(text));

    /// <summary>From pale for 0 to red for 1.</summary>
    public static string Heat(double share)
    {
        (int r, int g, int b) = (Mix(245, 200), Mix(216, 30), Mix(190, 30));
        return $"#{r:x2}{g:x2}{b:x2}";

        int Mix(int from, int to) => (int)(from + (to - from) * System.Math.Clamp(share, 0, 1));
    }

    private static IEnumerable<XAttribute> Numbers(params (string Name, double Value)[] numbers) =>
        numbers.Select(number => new XAttribute(number.Name, At(number.Value)));

    private static string At(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
