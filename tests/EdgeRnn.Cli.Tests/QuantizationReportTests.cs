using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;

namespace EdgeRnn.Cli.Tests;

public sealed class QuantizationReportTests
{
    private static readonly string _weights = PumpFiles.Weights;
    private static readonly string _arch = PumpFiles.Arch;
    private static readonly string _stream = PumpFiles.Stream;

    [Fact]
    public void Page_figures_numbers_and_text_are_written_by_their_endings()
    {
        using Workspace workspace = new();
        foreach (string name in new[] { "r.html", "r.svg", "r.json", "r.txt" })
        {
            CliRun run = Convert(workspace, "--calibration", _stream, "--report", workspace.Path(name), "--drift-steps", "200")
                .Succeeds();
            Assert.Contains("most: ", run.Output, StringComparison.Ordinal);
            Assert.Contains($"report      {workspace.Path(name)}", run.Output, StringComparison.Ordinal);
            Assert.Equal("", run.Error);
        }
        XDocument.Parse(File.ReadAllText(workspace.Path("r.svg")));
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(workspace.Path("r.html")));
        Assert.Contains("Which gate hurts", File.ReadAllText(workspace.Path("r.txt")), StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse(File.ReadAllText(workspace.Path("r.json"))).RootElement;
        Assert.Equal(200, json.GetProperty("drift").GetProperty("steps").GetInt32());
        Assert.Equal(0.6, json.GetProperty("suggestion").GetProperty("budget").GetDouble());
        int bytes = Runtime.Model.Load(workspace.Path("p.ernn")).WeightBytes;
        Assert.Equal(bytes, json.GetProperty("size").GetProperty("storedBytes").GetInt32());
    }

    [Fact]
    public void Json_output_names_the_report_and_its_headline()
    {
        using Workspace workspace = new();
        string path = workspace.Path("r.txt");
        JsonElement json = Convert(workspace, "--calibration", _stream, "--report", path, "--drift-steps", "0", "--json")
            .Succeeds().Json();
        Assert.Equal(workspace.Path("r.txt"), json.GetProperty("report").GetString());
        Assert.Equal(File.ReadLines(workspace.Path("r.txt")).ElementAt(1), json.GetProperty("headline").GetString());
        Assert.Equal(JsonValueKind.Null, Convert(workspace, "--json").Json().GetProperty("report").ValueKind);
    }

    [Fact]
    public void Budget_decides_what_is_suggested()
    {
        using Workspace workspace = new();
        int Raised(string budget)
        {
            string path = workspace.Path("r.json");
            Convert(workspace, "--calibration", _stream, "--report", path, "--drift-steps", "0", "--budget", budget).Succeeds();
            return JsonDocument.Parse(File.ReadAllText(path)).RootElement
                .GetProperty("suggestion").GetProperty("layers").GetArrayLength();
        }
        Assert.Equal(0, Raised("0.1"));
        Assert.Equal(2, Raised("0.9"));
    }

    [Theory]
    [InlineData("expected the name of a report that ends in .html, .json, .svg or .txt", "--report", "r.pdf")]
    [InlineData("there is no folder", "--report", "absent/r.html")]
    [InlineData("--budget 0: expected a share", "--report", "r.html", "--budget", "0")]
    [InlineData("--drift-steps -1: expected 0 or more", "--report", "r.html", "--drift-steps", "-1")]
    [InlineData("--budget: goes with --report", "--budget", "0.5")]
    [InlineData("--drift-steps: goes with --report", "--drift-steps", "5")]
    public void Wrong_option_is_refused_before_any_work(string reason, params string[] options)
    {
        using Workspace workspace = new();
        int report = Array.IndexOf(options, "--report") + 1;
        if (report > 0) options[report] = workspace.Path(options[report]);
        Convert(workspace, options).FailsWith(reason);
        Assert.Empty(Directory.GetFiles(workspace.Root));
    }

    [Fact]
    public void Float_model_has_nothing_to_report()
    {
        using Workspace workspace = new();
        CliRun.Of("convert", _weights, "--arch", _arch, "-o", workspace.Path("p.ernn"), "--report", workspace.Path("r.html"))
            .FailsWith("--report: a float model loses nothing", "--scheme w8a16");
    }

    [Fact]
    public void Report_does_not_replace_an_input()
    {
        using Workspace workspace = new();
        string arch = workspace.Text("arch.json", File.ReadAllText(_arch));
        CliRun.Of("convert", _weights, "--arch", arch, "-o", workspace.Path("p.ernn"), "--scheme", "w8a16", "--report", arch)
            .FailsWith("is also an input");
    }

    private static CliRun Convert(Workspace workspace, params string[] options) => CliRun.Of(
        ["convert", _weights, "--arch", _arch, "-o", workspace.Path("p.ernn"), "--scheme", "w8a16", .. options]);
}
