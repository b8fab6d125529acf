using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>The figures of a report.</summary>
internal sealed class Figures(XNamespace names)
{
    public const double BarsWidth = 860;
    public const double DriftWidth = 420;
    public const double DriftHeight = 190;

    private const double RowHeight = 26;
    private const double LabelWidth = 300;
    private const double FigureWidth = 150;
    private const int MostBars = 40;
    private const double DriftBound = 0.005; // what NUMERICS.md promises of gated cells
    private const string ArithmeticColour = "#2563eb";
    private const string TotalColour = "#d97706";

    private readonly Drawing _draw = new(names);

    /// <summary>Height of <see cref="GateBars"/>.</summary>
    public static double HeightOf(IReadOnlyList<GateDamage> damage) => RowHeight * Math.Min(damage.Count, MostBars) + 8;

    /// <summary>A bar per part, the worst on top and reddest.</summary>
    public XElement GateBars(IReadOnlyList<GateDamage> damage)
    {
        double most = damage.Count == 0 ? 1 : damage[0].ErrorRatio, room = BarsWidth - LabelWidth - FigureWidth;
        List<object> content = [];
        for (int i = 0; i < Math.Min(damage.Count, MostBars); i++)
        {
            GateDamage part = damage[i];
            double y = i * RowHeight, share = most > 0 ? part.ErrorRatio / most : 0, width = Math.Max(room * share, 2);
            string name = part.Layer.Length == 0 ? part.Part : $"{Summary.NameOf(part.Graph, part.Layer)} \u00b7 {part.Part}";
            content.Add(_draw.Text(LabelWidth - 10, y + 17, Short(name, 44), "end", 13, bold: i == 0));
            content.Add(_draw.Bar(LabelWidth, y + 4, width, RowHeight - 8, Drawing.Heat(share), XmlText.Clean(name)));
            content.Add(_draw.Text(LabelWidth + width + 8, y + 17,
                $"{Sentences.Decibels(part.ErrorRatio)}   {Sentences.Percent(part.Share)}", size: 12, colour: Drawing.Faint));
        }
        return _draw.Figure(BarsWidth, HeightOf(damage), [.. content]);
    }

    /// <summary>The error of a state over time, on a logarithmic scale.</summary>
    public XElement DriftChart(DriftReport drift, DriftCurve curve)
    {
        const double left = 56, right = 12, top = 26, bottom = 30;
        double width = DriftWidth - left - right, height = DriftHeight - top - bottom;
        IEnumerable<double> errors = curve.Arithmetic.Concat(curve.Total).Append(DriftBound);
        double[] exponents = [.. errors.Where(value => value > 0 && double.IsFinite(value)).Select(Math.Log10)];
        int low = (int)Math.Floor(exponents.Min());
        int high = Math.Max((int)Math.Ceiling(exponents.Max()), low + 1);
        string name = $"{Summary.NameOf(curve.Graph, curve.Layer)} \u00b7 {curve.State}";
        List<object> content = [_draw.Text(left, 16, Short(name, 52), size: 13, bold: true)];
        for (int exponent = low; exponent <= high; exponent++)
        {
            double y = Y(Math.Pow(10, exponent));
            content.Add(_draw.Line(left, y, left + width, y, Drawing.Grid));
            content.Add(_draw.Text(left - 6, y + 4, $"1e{exponent}", "end", 10, Drawing.Faint));
        }
        content.Add(_draw.Line(left, Y(DriftBound), left + width, Y(DriftBound), Drawing.Faint, dashed: true));
        content.Add(_draw.Curve(Points(curve.Total), TotalColour));
        content.Add(_draw.Curve(Points(curve.Arithmetic), ArithmeticColour));
        content.Add(_draw.Text(left, DriftHeight - 8, "arithmetic alone", size: 11, colour: ArithmeticColour));
        content.Add(_draw.Text(left + 100, DriftHeight - 8, "with rounded weights", size: 11, colour: TotalColour));
        content.Add(_draw.Text(left + width, DriftHeight - 8, $"{Summary.Count(drift.Steps)} steps", "end", 11, Drawing.Faint));
        return _draw.Figure(DriftWidth, DriftHeight, [.. content]);

        double Y(double value)
        {
            double exponent = value > 0 && double.IsFinite(value) ? Math.Log10(value) : value > 0 ? high : low;
            return top + height * (high - Math.Clamp(exponent, low, high)) / (high - low);
        }

        IEnumerable<(double, double)> Points(IReadOnlyList<double> errors) =>
            errors.Select((error, i) => (left + width * (i + 0.5) / errors.Count, Y(error)));
    }

    /// <summary>The span of a signal inside what its format holds.</summary>
    public XElement RangeBar(SignalReport signal)
    {
        const double width = 120, height = 12;
        double scale = width / 2 / signal.Limit;
        double low = Math.Clamp(width / 2 + signal.Minimum * scale, 0, width);
        double high = Math.Clamp(width / 2 + signal.Maximum * scale, 0, width);
        string colour = signal.Saturated > 0 ? Drawing.Heat(1) : "#3b82f6";
        return _draw.Figure(width, height,
            _draw.Bar(0, 3, width, height - 6, Drawing.Grid),
            _draw.Bar(low, 3, Math.Max(high - low, 1.5), height - 6, colour),
            _draw.Line(width / 2, 0, width / 2, height, Drawing.Faint));
    }

    /// <summary>A text of bounded length.</summary>
    public static string Short(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "\u2026";
}
