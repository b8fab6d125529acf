using System.Globalization;
using System.Security;
using System.Text;

namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>An SVG document of few bytes: styles are classes, shapes are paths.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder _content = new();

    /// <summary>A filled or outlined shape.</summary>
    /// <param name="style">Attributes: a class, a colour.</param>
    /// <param name="path">The path.</param>
    public void Path(string style, string path) =>
        _content.Append(CultureInfo.InvariantCulture, $"<path {style} d=\"{path}\"/>\n");

    /// <summary>A rectangle.</summary>
    public void Box(string style, int x, int y, int width, int height, int radius = 0)
    {
        string round = radius > 0 ? $" rx=\"{radius}\"" : "";
        _content.Append(CultureInfo.InvariantCulture,
            $"<rect {style} x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{round}/>\n");
    }

    /// <summary>A dot where wires meet.</summary>
    public void Dot(string colour, int x, int y) => _content.Append(CultureInfo.InvariantCulture,
        $"<circle cx=\"{x}\" cy=\"{y}\" r=\"3.5\" fill=\"{colour}\"/>\n");

    /// <summary>A line of text.</summary>
    /// <param name="style">Attributes: a class, a colour, an anchor; may be empty.</param>
    /// <param name="x">Its anchor.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">What it says.</param>
    public void Text(string style, int x, int y, string text) => _content.Append(CultureInfo.InvariantCulture,
        $"<text{(style.Length > 0 ? " " : "")}{style} x=\"{x}\" y=\"{y}\">{SecurityElement.Escape(text)}</text>\n");

    /// <summary>Begins a group, whose style its texts inherit.</summary>
    public void Open(string style) => _content.Append(CultureInfo.InvariantCulture, $"<g {style}>\n");

    /// <summary>Ends a group.</summary>
    public void Close() => _content.Append("</g>\n");

    /// <summary>The document.</summary>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="title">Read aloud instead of the picture.</param>
    /// <param name="styles">Its style sheet.</param>
    public string Document(int width, int height, string title, string styles) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" " +
        $"width=\"{width}\" height=\"{height}\" role=\"img\">\n" +
        $"<title>{SecurityElement.Escape(title)}</title>\n<style>{styles}</style>\n{_content}</svg>\n";
}
