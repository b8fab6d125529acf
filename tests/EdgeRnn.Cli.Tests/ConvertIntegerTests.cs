using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Tests;

public sealed class ConvertIntegerTests
{
    private static readonly string _weights = PumpFiles.Weights;
    private static readonly string _arch = PumpFiles.Arch;
    private static readonly string _stream = PumpFiles.Stream;

    [Fact]
    public void Without_a_scheme_the_model_stays_in_float()
    {
        using Workspace workspace = new();
        Convert(workspace).Succeeds();
        Assert.False(Model.Load(workspace.Path("p.ernn")).IsQuantized);
    }

    [Theory]
    [InlineData("w16a16", 0.65)]
    [InlineData("w8a16", 0.40)]
    [InlineData("w8a8", 0.40)]
    [InlineData("w4a16", 0.32)]
    public void Scheme_makes_an_integer_model_of_its_size(string scheme, double largestShare)
    {
        using Workspace workspace = new();
        CliRun run = Convert(workspace, "--scheme", scheme, "--calibration", _stream).Succeeds();
        Assert.Equal("", run.Error);
        Assert.Contains(scheme, run.Output, StringComparison.Ordinal);
        Model model = Model.Load(workspace.Path("p.ernn"));
        Assert.True(model.IsIntegerOnly);
        Assert.True(model.WeightBytes < largestShare * 4 * model.WeightCount, $"{scheme}: {model.WeightBytes} bytes of weights");
        Assert.Equal(model.WeightBytes, model.Layers.Sum(layer => layer.WeightBytes));
    }

    [Fact]
    public void Layer_can_have_a_scheme_of_its_own()
    {
        using Workspace workspace = new();
        Convert(workspace, "--scheme", "w8a8", "--calibration", _stream, "--layer", "head=f32").Succeeds();
        Model model = Model.Load(workspace.Path("p.ernn"));
        Assert.Equal([Scheme.W8A8, Scheme.F32], model.Layers.Select(layer => layer.Scheme));
        Assert.Equal(4 * model.Layers[1].Parameters, model.Layers[1].WeightBytes);
        Assert.True(model.IsQuantized);
        Assert.False(model.IsIntegerOnly);
    }

    [Fact]
    public void Without_a_recording_conversion_warns_and_says_uncalibrated()
    {
        using Workspace workspace = new();
        CliRun run = Convert(workspace, "--scheme", "w8a16").Succeeds();
        Assert.Contains("warning: UNCALIBRATED", run.Error, StringComparison.Ordinal);
        Assert.Contains("--calibration DATA.csv", run.Error, StringComparison.Ordinal);
        Assert.Contains("UNCALIBRATED", run.Output, StringComparison.Ordinal);
        Assert.False(Convert(workspace, "--scheme", "w8a16", "--json").Json()
            .GetProperty("quantization").GetProperty("calibrated").GetBoolean());
    }

    [Fact]
    public void Json_tells_schemes_formats_ranges_and_bytes()
    {
        using Workspace workspace = new();
        JsonElement json = Convert(workspace, "--scheme", "w8a16", "--calibration", _stream, "--range", "mse", "--json")
            .Succeeds().Json();
        JsonElement made = json.GetProperty("quantization"), model = json.GetProperty("model");
        Assert.True(made.GetProperty("calibrated").GetBoolean());
        Assert.Equal("mse", made.GetProperty("range").GetString());
        Assert.Equal(File.ReadLines(_stream).Count() - 1, made.GetProperty("steps").GetInt64());
        Assert.Equal(0, made.GetProperty("skippedSteps").GetInt64());
        Assert.Equal(model.GetProperty("weightBytes").GetInt32(), made.GetProperty("weightBytes").GetInt32());
        Assert.Equal(4 * model.GetProperty("parameters").GetInt32(), made.GetProperty("floatWeightBytes").GetInt32());
        JsonElement gru = model.GetProperty("layers")[0];
        Assert.Equal("w8a16", gru.GetProperty("scheme").GetString());
        Assert.Equal(15, gru.GetProperty("fractionBits").GetInt32());
    }

    [Fact]
    public void Range_method_decides_the_formats()
    {
        using Workspace workspace = new();
        // One sample of a hundred times the usual size, and no clip that would cut it off.
        string arch = workspace.Text("arch.json",
            File.ReadAllText(_arch).Replace("\"clip\": 10.0", "\"clip\": 1000", StringComparison.Ordinal));
        List<string> lines = [.. File.ReadLines(_stream)];
        string[] cells = lines[500].Split(',');
        for (int i = 0; i < cells.Length; i++) cells[i] = i == 0 ? cells[i] : "100";
        lines[500] = string.Join(',', cells);
        string dirty = workspace.Text("dirty.csv", string.Join('\n', lines));
        int Bits(string file, string method) => CliRun.Of("convert", _weights, "--arch", arch, "-o", workspace.Path("p.ernn"),
            "--scheme", "w8a16", "--calibration", file, "--range", method, "--json")
            .Succeeds().Json().GetProperty("model").GetProperty("inputFractionBits").GetInt32();
        Assert.True(Bits(dirty, "minmax") < Bits(_stream, "minmax") - 2);
        Assert.InRange(Bits(dirty, "robust"), Bits(dirty, "minmax") + 3, 15);
    }

    [Fact]
    public void Rows_with_missing_values_are_counted_and_left_out()
    {
        using Workspace workspace = new();
        string[] lines = [.. File.ReadLines(_stream)];
        lines[7] = lines[7][..(lines[7].LastIndexOf(',') + 1)];
        string gap = workspace.Text("gap.csv", string.Join('\n', lines));
        CliRun run = Convert(workspace, "--scheme", "w8a16", "--calibration", gap, "--json").Succeeds();
        Assert.Contains("1 of ", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Json().GetProperty("quantization").GetProperty("skippedSteps").GetInt64());
    }

    [Fact]
    public void Inspection_of_an_integer_model_shows_schemes_formats_and_bytes()
    {
        using Workspace workspace = new();
        Convert(workspace, "--scheme", "w8a16", "--calibration", _stream, "--layer", "head=w16a16").Succeeds();
        CliRun text = CliRun.Of("inspect", workspace.Path("p.ernn")).Succeeds();
        foreach (string part in new[] { "fraction bits", "w8a16", "w16a16", "1,616" })
            Assert.Contains(part, text.Output, StringComparison.Ordinal);
        JsonElement model = CliRun.Of("inspect", workspace.Path("p.ernn"), "--json").Succeeds().Json().GetProperty("model");
        Assert.Equal("w16a16 + w8a16", model.GetProperty("scheme").GetString());
        Assert.True(model.GetProperty("isQuantized").GetBoolean());
    }

    [Theory]
    [InlineData("'w9' is not a scheme, expected f32, w16a16", "--scheme", "w9")]
    [InlineData("--layer head: 'w8' is not a scheme", "--scheme", "w8a16", "--layer", "head=w8")]
    [InlineData("expected NAME=SCHEME", "--scheme", "w8a16", "--layer", "head")]
    [InlineData("expected NAME=SCHEME", "--scheme", "w8a16", "--layer", "=w8a16")]
    [InlineData("'head' is named twice", "--scheme", "w8a16", "--layer", "head=w8a8", "--layer", "head=f32")]
    [InlineData("no layer of that name, it has rnn, head", "--scheme", "w8a16", "--layer", "haed=f32")]
    [InlineData("--layer: means nothing for a float model; add --scheme w8a16", "--layer", "head=f32")]
    [InlineData("--range: needs a recording; add --calibration", "--scheme", "w8a16", "--range", "mse")]
    [InlineData("--percentile: needs a recording", "--scheme", "w8a16", "--percentile", "99")]
    [InlineData("absent.csv", "--scheme", "w8a16", "--calibration", "absent.csv")]
    [InlineData("--batch-axis 2: expected 0 or 1", "--scheme", "w8a16", "--batch-axis", "2")]
    public void Wrong_option_is_refused_with_the_next_step(string reason, params string[] options)
    {
        using Workspace workspace = new();
        Convert(workspace, options).FailsWith(reason);
        Assert.False(File.Exists(workspace.Path("p.ernn")));
    }

    [Fact]
    public void Recording_and_range_options_are_checked()
    {
        using Workspace workspace = new();
        string three = workspace.Text("three.csv", "1,2,3\n4,5,6\n"), empty = workspace.Text("empty.csv", "");
        string holes = workspace.Text("holes.csv", "1,2,3,\n1,,3,4\n"), text = workspace.Text("data.txt", "1");
        Calibrate(workspace, _stream, "--range", "median")
            .FailsWith("--range median: expected robust, minmax, percentile or mse");
        Calibrate(workspace, _stream, "--range", "mse", "--percentile", "99").FailsWith("goes with --range percentile");
        Calibrate(workspace, _stream, "--range", "percentile", "--percentile", "0").FailsWith("more than 0 and at most 100");
        Calibrate(workspace, _stream, "--range", "percentile", "--percentile", "99.9").Succeeds();
        Calibrate(workspace, three).FailsWith("three.csv", "expected 4 columns");
        Calibrate(workspace, empty).FailsWith("empty.csv", "holds no steps");
        Calibrate(workspace, holes).FailsWith("all 2 steps have missing");
        Calibrate(workspace, text).FailsWith("data.txt", ".npy or .csv");
    }

    [Fact]
    public void Recording_is_not_replaced_by_the_model()
    {
        using Workspace workspace = new();
        string recording = workspace.Bytes("p.ernn", File.ReadAllBytes(_stream));
        Calibrate(workspace, recording).FailsWith("is also an input");
    }

    private static CliRun Calibrate(Workspace workspace, string recording, params string[] options) =>
        Convert(workspace, ["--scheme", "w8a16", "--calibration", recording, .. options]);

    private static CliRun Convert(Workspace workspace, params string[] options) =>
        CliRun.Of(["convert", _weights, "--arch", _arch, "-o", workspace.Path("p.ernn"), .. options]);
}
