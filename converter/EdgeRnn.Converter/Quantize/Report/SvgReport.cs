using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>The figures of a report as one picture: which gate hurts, and the drift of the states.</summary>
internal static class SvgReport
{
    private const double Margin = 20;
    private const int MostCurves = 12;

    private static readonly XNamespace _names = "http://www.w3.org/2000/svg";

    public static string Write(QuantizationReport report)
    {
        Drawing draw = new(_names);
        Figures figures = new(_names);
        double width = Figures.BarsWidth + 2 * Margin, y = Margin + 18;
        string title = Figures.Short($"Quantization of {report.Model}", 80) + (report.Uncalibrated ? "  UNCALIBRATED" : "");
        List<object> content =
        [
            draw.Text(Margin, y, title, size: 18, bold: true),
            draw.Text(Margin, y += 24, Figures.Short(report.Headline, 130), size: 14),
        ];
        y += 20;
        content.Add(draw.Moved(Margin, y, figures.GateBars(report.Damage)));
        y += Figures.HeightOf(report.Damage) + Margin;
        DriftCurve[] curves = [.. (report.Drift?.Curves ?? []).Take(MostCurves)];
        for (int i = 0; i < curves.Length; i++)
        {
            double x = Margin + i % 2 * (Figures.DriftWidth + Margin);
            content.Add(draw.Moved(x, y + i / 2 * (Figures.DriftHeight + Margin), figures.DriftChart(report.Drift!, curves[i])));
        }
        y += (curves.Length + 1) / 2 * (Figures.DriftHeight + Margin);
        return new XDocument(draw.Figure(width, y, [draw.Bar(0, 0, width, y, "#ffffff"), .. content])).ToString() + "\n";
    }
}
