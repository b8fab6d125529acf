using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>A report as one page that needs nothing else: style and figures stand inside. It is well-formed XML, too.</summary>
internal static class HtmlReport
{
    private const double ClearDb = 40; // where 8-bit weights usually lie
    private const double PoorDb = 20;

    private const string Style = """
        body { font: 15px/1.5 system-ui, sans-serif; color: #1f2933; max-width: 960px; margin: 2em auto; padding: 0 1.2em; }
        h1 { font-size: 1.3em; margin: 0; } h2 { font-size: 1.1em; margin: 2em 0 .4em; }
        .headline { font-size: 1.45em; line-height: 1.35; margin: .5em 0 .3em; } .faint { color: #7b8794; }
        .badge { background: #b45309; color: #fff; border-radius: 4px; padding: .1em .5em; font-size: .8em; }
        .warning { background: #fff7ed; border-left: 4px solid #d97706; margin: .3em 0; padding: .3em .8em; }
        dl { display: grid; grid-template-columns: 7em 1fr; margin: 1em 0; } dt { font-weight: 600; } dd { margin: 0; }
        table { border-collapse: collapse; font-size: .87em; }
        th, td { padding: .22em .7em; text-align: right; white-space: nowrap; }
        th { border-bottom: 2px solid #cbd2d9; } td { border-bottom: 1px solid #e4e7eb; } .scroll { overflow-x: auto; }
        th:first-child, td:first-child, th:nth-child(2), td:nth-child(2) { text-align: left; }
        .bad { color: #c81e1e; font-weight: 600; } .poor { color: #b45309; } svg { max-width: 100%; height: auto; }
        """;

    public static string Write(QuantizationReport report)
    {
        Figures figures = new(XNamespace.None);
        XElement page = new("html", new XAttribute("lang", "en"),
            new XElement("head", new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width")),
                new XElement("title", XmlText.Clean($"Quantization of {report.Model}")), new XElement("style", Style)),
            new XElement("body", Head(report), Gates(report, figures), Suggestion(report), Signals(report, figures),
                Drift(report, figures),
                Section("Answers against the float model", Table(Summary.OutputHeadings, Summary.Outputs(report))),
                Section("Bytes", Table(["layer", "kind", "scheme", "float", "stored", "saved"], Summary.Layers(report))),
                Section("No accumulator overflows",
                    Paragraph("The largest sum any row can reach, whatever the input, as a share of 2^31."),
                    Table(Summary.OverflowHeadings, Summary.Overflow(report)))));
        return "<!DOCTYPE html>\n" + page.ToString() + "\n";
    }

    private static object[] Head(QuantizationReport report) =>
    [
        new XElement("h1", XmlText.Clean($"Quantization of {report.Model} "),
            report.Uncalibrated ? new XElement("span", new XAttribute("class", "badge"), "UNCALIBRATED") : null),
        Paragraph(report.Headline, "headline"),
        Paragraph(Summary.Data(report), "faint"),
        report.Warnings.Select(warning => Paragraph(warning, "warning")),
        new XElement("dl", Summary.Figures(report)
            .Select(figure => new[] { new XElement("dt", figure.Name), new XElement("dd", figure.Value) })),
    ];

    private static XElement? Gates(QuantizationReport report, Figures figures) => report.Damage.Count == 0 ? null
        : Section("Which gate hurts",
            Paragraph("The error of the answer when one part alone is rounded and all else is float; the worst is red.", "faint"),
            figures.GateBars(report.Damage));

    private static XElement? Suggestion(QuantizationReport report) => report.Suggestion is not { } suggestion ? null
        : Section("What to keep at higher precision", Paragraph(Summary.Suggestion(suggestion)),
            suggestion.Alone.Count == 0 ? null : Table(Summary.ChoiceHeadings, Summary.Choices(suggestion)));

    private static XElement Signals(QuantizationReport report, Figures figures)
    {
        SignalReport[] signals = [.. report.Layers.SelectMany(layer => layer.Signals)];
        if (report.Input is { } input) signals = [input, .. signals];
        IEnumerable<object[]> rows = Summary.Signals(report).Zip(signals, (cells, signal) => (object[])
        [
            cells[0], cells[1], figures.RangeBar(signal), .. cells.Skip(2).Take(5),
            Marked(cells[7], signal.Saturated > 0 ? "bad" : ""), Marked(cells[8], Grade(signal.SignalToNoiseDb)), cells[9],
        ]);
        string[] headings = [.. Summary.SignalHeadings.Take(2), "range in its format", .. Summary.SignalHeadings.Skip(2)];
        return Section("Signals: float ranges, what their formats hold, what is lost", Table(headings, rows));
    }

    private static XElement? Drift(QuantizationReport report, Figures figures) => report.Drift is not { } drift ? null
        : Section($"Drift of the states over {Summary.Count(drift.Steps)} steps",
            Paragraph($"Largest error per {Summary.Count(drift.BucketSteps)} steps of {Source(drift)}, without a reset. " +
                "The dashed line is 0.005, the most that gated cells may lose by arithmetic.", "faint"),
            drift.Curves.Select(curve => figures.DriftChart(drift, curve)), Table(Summary.DriftHeadings, Summary.Drift(drift)));

    private static string Source(DriftReport drift) =>
        drift.IsNoise ? $"standard-normal noise (seed {drift.Seed})" : "the recording, repeated";

    private static string Grade(double? snr) => snr switch { < PoorDb => "bad", < ClearDb => "poor", _ => "" };

    private static XElement Marked(string text, string mark) => new("span", new XAttribute("class", mark), text);

    private static XElement Section(string title, params object?[] content) => new("section", new XElement("h2", title), content);

    private static XElement Paragraph(string text, string kind = "") =>
        new("p", kind.Length == 0 ? null : new XAttribute("class", kind), XmlText.Clean(text));

    private static XElement Table(IEnumerable<string> headings, IEnumerable<object[]> rows) =>
        new("div", new XAttribute("class", "scroll"),
        new XElement("table", new XElement("thead", new XElement("tr", headings.Select(heading => new XElement("th", heading)))),
            new XElement("tbody", "", rows.Select(row => new XElement("tr", row.Select(Cell))))));

    // An empty text keeps an empty cell from closing itself, which HTML would read as an open one.
    private static XElement Cell(object content) => new("td", "", content is string text ? XmlText.Clean(text) : content);
}
