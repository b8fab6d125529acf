using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Report;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Tests.Quantize.Report;

public sealed class ReportFileTests
{
    private static readonly QuantizationReport _report = ReportBuilder.Build(
        new IntegerConverter(SpoiltModels.Gru("gru1", Gate.UpdateGate), SpoiltModels.Recording()), new QuantizationSettings(),
        new ReportOptions { MaxSteps = 200, DriftSteps = 300 });

    private static readonly ReportOptions _short = new() { MaxSteps = 20 };

    [Fact]
    public void Json_has_the_fields_scripts_rely_on()
    {
        JsonElement json = JsonDocument.Parse(ReportFile.Render(_report, "r.json")).RootElement;
        Assert.Equal(1, json.GetProperty("schemaVersion").GetInt32());
        Assert.Equal(["schemaVersion", "model", "headline", "uncalibrated", "data", "task", "damage", "input", "layers",
            "drift", "size",
            "suggestion", "warnings"], NamesOf(json));
        Assert.Equal(["isNoise", "seed", "steps", "skippedSteps"], NamesOf(json.GetProperty("data")));
        Assert.Equal(["answers", "errorRatio", "rms", "max", "outputs"], NamesOf(json.GetProperty("task")));
        Assert.Equal(["index", "errorRatio", "rms", "max", "signalRms"],
            NamesOf(json.GetProperty("task").GetProperty("outputs")[0]));
        Assert.Equal(["graph", "layer", "gate", "part", "errorRatio", "share"], NamesOf(json.GetProperty("damage")[0]));
        JsonElement layer = json.GetProperty("layers")[0];
        Assert.Equal(["graph", "name", "kind", "scheme", "floatBytes", "storedBytes", "savedBytes", "signals", "overflow"],
            NamesOf(layer));
        Assert.Equal(["kind", "gate", "count", "minimum", "maximum", "rms", "fractionBits", "limit", "saturated",
            "signalToNoiseDb", "maxError"],
            NamesOf(layer.GetProperty("signals")[0]));
        Assert.Equal(["matrix", "worstRowBound", "shareOfLimit", "blocks"], NamesOf(layer.GetProperty("overflow")[0]));
        Assert.Equal(["steps", "bucketSteps", "isNoise", "seed", "curves"], NamesOf(json.GetProperty("drift")));
        Assert.Equal(["graph", "layer", "state", "arithmetic", "total"],
            NamesOf(json.GetProperty("drift").GetProperty("curves")[0]));
        Assert.Equal(["floatBytes", "storedBytes", "fileBytes", "savedBytes", "share"], NamesOf(json.GetProperty("size")));
        Assert.Equal(["budget", "layers", "errorRatioBefore", "errorRatio", "share", "alone"],
            NamesOf(json.GetProperty("suggestion")));
        Assert.Equal("updateGate", json.GetProperty("damage")[0].GetProperty("gate").GetString());
        Assert.Equal("main", json.GetProperty("damage")[0].GetProperty("graph").GetString());
        Assert.Equal("w8a16", layer.GetProperty("scheme").GetString());
    }

    [Fact]
    public void Page_stands_alone_and_is_well_formed()
    {
        string page = ReportFile.Render(_report, "r.HTML");
        Assert.StartsWith("<!DOCTYPE html>\n<html", page);
        XElement html = XDocument.Parse(page["<!DOCTYPE html>".Length..]).Root!;
        foreach (string outside in new[] { "http", "src=", "<link", "<script", "url(", "@import" })
            Assert.DoesNotContain(outside, page, StringComparison.OrdinalIgnoreCase);
        // What HTML does not know as empty must not close itself.
        foreach (string tag in new[] { "td", "th", "span", "p", "div", "tbody", "section", "dd" })
            Assert.DoesNotContain($"<{tag} />", page, StringComparison.Ordinal);
        Assert.Equal(_report.Headline, html.Descendants("p").First().Value);
        Assert.True(html.Descendants("svg").Count() > 3);
    }

    [Fact]
    public void Worst_gate_has_the_longest_and_reddest_bar()
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        XElement picture = XDocument.Parse(ReportFile.Render(_report, "r.svg")).Root!;
        XElement[] bars = [.. picture.Descendants(svg + "rect").Where(bar => bar.Element(svg + "title") != null)];
        Assert.Equal(_report.Damage.Count, bars.Length);
        Assert.Equal("gru1 \u00b7 update gate", bars[0].Element(svg + "title")!.Value);
        Assert.Equal("#c81e1e", bars[0].Attribute("fill")!.Value);
        Assert.Equal(bars.Max(Width), Width(bars[0]));
        Assert.All(bars.Skip(1), bar => Assert.True(Width(bar) < Width(bars[0]) / 4));
    }

    [Fact]
    public void Text_says_what_the_page_says()
    {
        string text = ReportFile.Render(_report, "r.txt");
        Assert.Equal(_report.Headline, text.Split('\n')[1]);
        foreach (string part in new[] { "gru1: update gate", "saved B", "Drift over 300 steps", "overflow",
            "Suggestion within 0.60 x" })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.DoesNotContain("UNCALIBRATED", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("r.html")]
    [InlineData("r.svg")]
    [InlineData("r.txt")]
    public void Uncalibrated_is_said_everywhere(string name)
    {
        IntegerConverter converter = new(ReportModels.Dense("flat"));
        QuantizationReport report = ReportBuilder.Build(converter, new QuantizationSettings(), _short);
        Assert.Contains("UNCALIBRATED", ReportFile.Render(report, name), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<b>&\"']]>")]
    [InlineData("\u0001\u001b[31m\uffff")]
    [InlineData("\ud800")]
    public void Names_from_files_do_not_break_documents(string name)
    {
        IntegerConverter converter = new(ReportModels.Dense(name));
        QuantizationReport report = ReportBuilder.Build(converter, new QuantizationSettings(), _short);
        XDocument.Parse(ReportFile.Render(report, "r.html")["<!DOCTYPE html>".Length..]);
        XDocument.Parse(ReportFile.Render(report, "r.svg"));
        JsonDocument.Parse(ReportFile.Render(report, "r.json"));
        Assert.DoesNotContain('\u001b', ReportFile.Render(report, "r.txt"));
    }

    [Fact]
    public void Recording_that_brings_no_answer_still_gives_documents()
    {
        RecurrentGraph dense = ReportModels.Dense("window");
        RecurrentGraph graph = new()
        {
            Name = "window",
            Main = dense.Main,
            Window = new WindowPlan { WindowLength = 64, Hop = 64, Answer = Runtime.WindowAnswer.LastStep },
        };
        IntegerConverter converter = new(graph, new StepArray([new float[20]], 2));
        QuantizationReport report = ReportBuilder.Build(converter, new QuantizationSettings(), _short);
        Assert.Null(report.Task.ErrorRatio);
        Assert.StartsWith("Nothing to compare", report.Headline);
        Assert.Contains(report.Warnings, warning => warning.Contains("too short", StringComparison.Ordinal));
        foreach (string name in new[] { "r.html", "r.svg", "r.json", "r.txt" }) Assert.NotEmpty(ReportFile.Render(report, name));
    }

    [Fact]
    public void Unknown_ending_is_refused() =>
        Assert.Contains(".html, .json, .svg or .txt",
            Assert.Throws<ConversionException>(() => ReportFile.Render(_report, "r.pdf")).Message, StringComparison.Ordinal);

    private static IEnumerable<string> NamesOf(JsonElement element) =>
        element.EnumerateObject().Select(property => property.Name);

    private static double Width(XElement bar) => (double)bar.Attribute("width")!;
}
