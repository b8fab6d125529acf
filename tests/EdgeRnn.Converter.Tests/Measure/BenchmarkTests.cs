using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using EdgeRnn.Benchmarks;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Measure;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Tests.Measure;

public sealed class BenchmarkTests
{
    [Fact]
    public void Json_is_an_array_with_the_promised_fields()
    {
        JsonElement[] rows = [.. JsonDocument.Parse(Run("--smoke", "--json", "--cell", "rnn", "--shape", "1,16")).RootElement.EnumerateArray()];
        Assert.Equal(["f32", "w8a16", "w8a8"], rows.Select(row => row.GetProperty("scheme").GetString()));
        foreach (JsonElement row in rows)
        {
            Assert.Equal("rnn", row.GetProperty("cell").GetString());
            Assert.Equal((1, 16), (row.GetProperty("input").GetInt32(), row.GetProperty("hidden").GetInt32()));
            foreach (string name in new[] { "ns", "streamLimitNs", "productLimitNs", "macsPerNs", "loadMs" })
                Assert.True(row.GetProperty(name).GetDouble() > 0, name);
            Assert.Equal(JsonValueKind.Number, row.GetProperty("allocatedBytes").ValueKind);
            Assert.NotEqual("", row.GetProperty("path").GetString());
        }
    }

    [Fact]
    public void Table_says_the_settings_and_has_a_cell_for_each_column()
    {
        string[] lines = Run("--smoke", "--cell", "gru", "--scheme", "f32").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("runtime settings: ", lines[0], StringComparison.Ordinal);
        string[] table = [.. lines.Where(line => line[0] == '|')];
        Assert.Equal(2 + BenchmarkCase.Shapes.Count, table.Length);
        Assert.Single(table.Select(line => line.Count(letter => letter == '|')).Distinct());
    }

    [Fact]
    public void Table_covers_every_shape_cell_and_scheme()
    {
        Assert.Equal(45, QuickOptions.Parse([]).Cases.Count);
        Assert.Equal(["lstm 8,64 w8a8"], QuickOptions.Parse(["--cell", "lstm", "--scheme", "w8a8", "--shape", "8,64"]).Cases.Select(row => $"{row}"));
    }

    [Theory]
    [InlineData("--cell", "lstn", "--cell lstn: expected one of rnn; gru; lstm")]
    [InlineData("--scheme", "w4a16", "--scheme w4a16: expected one of f32; w8a16; w8a8")]
    [InlineData("--shape", "8x64", "--shape 8x64: expected one of 1,16; 4,32; 8,64; 16,128; 40,256")]
    [InlineData("--smoke", "--shape", "--shape: its value is missing")]
    [InlineData("--json", "--fast", "--fast is not an option of quick")]
    public void Wrong_argument_is_refused_in_one_line(string first, string second, string expected)
    {
        string message = Assert.Throws<ArgumentException>(() => QuickOptions.Parse([first, second])).Message;
        Assert.StartsWith(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("rnn")]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void Wrong_answer_is_not_timed(string cell)
    {
        BenchmarkCase network = new(cell, 4, 32, Scheme.F32);
        new QuickRun(network, Turns.Smoke).CheckAgreement(new NaiveCell(network));
        NaiveCell late = new(network);
        late.Step(network.Signal(1)[0]);
        string message = Assert.Throws<InvalidOperationException>(() => new QuickRun(network, Turns.Smoke).CheckAgreement(late)).Message;
        Assert.Contains("the naive loop", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rnn")]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void Model_for_others_is_the_same_network(string cell)
    {
        BenchmarkCase network = new(cell, 4, 32, Scheme.F32);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, OnnxFile.Step(network));
            Dictionary<string, string> states = new() { ["h"] = "hn" };
            if (cell == "lstm") states["c"] = "cn";
            RecurrentGraph graph = ModelImporter.Import(Onnx(path), new ImportOptions { StatePairs = states });
            Session imported = new(Model.Load(ErnnWriter.Write(graph))), own = new(Model.Load(network.File()));
            float[] theirs = new float[1], ours = new float[1];
            foreach (float[] sample in network.Signal(20))
            {
                imported.Step(sample, 0, theirs, 0);
                own.Step(sample, 0, ours, 0);
                Assert.Equal(ours[0], theirs[0], 1e-5f);
            }
        }
        finally
        {
            File.Delete(path);
            File.Delete(path + ".onnx");
        }

        static string Onnx(string path)
        {
            File.Copy(path, path + ".onnx");
            return path + ".onnx";
        }
    }

    [Fact]
    public void Answers_of_others_are_compared_to_their_end()
    {
        Assert.Equal(0.5f, PeersCommand.LargestDifference([1, 2, 3], [1, 2.5f, 3]));
        Assert.Equal(float.NaN, PeersCommand.LargestDifference([1, 2], [1, 2, 3]));
        Assert.Equal(float.NaN, PeersCommand.LargestDifference([1, 2], [float.NaN, 2]));
    }

    [Fact]
    public void Missing_program_is_said_in_one_line()
    {
        string message = Assert.Throws<InvalidOperationException>(() => PeerProcess.Run("edgernn-no-such-program", [], TimeSpan.FromSeconds(1))).Message;
        Assert.Equal("edgernn-no-such-program is not installed", message);
    }

    [Fact]
    public void Largest_jump_counts_either_way()
    {
        (int below, int above, double ratio) = ScalingRun.LargestJump([(24, 1), (25, 1.2), (32, 0.4), (33, 0.5)]);
        Assert.Equal((25, 32), (below, above));
        Assert.Equal(3, ratio, 6);
    }

    [Fact]
    public void Sizes_lie_around_the_widths_of_vectors()
    {
        Assert.Equal(ScalingRun.HiddenSizes.Order().Distinct(), ScalingRun.HiddenSizes);
        foreach (int width in new[] { 8, 16, 32, 64, 128, 256, 512 })
            Assert.Empty(new[] { width - 1, width, width + 1 }.Except(ScalingRun.HiddenSizes));
    }

    [Fact]
    public void Plot_has_a_line_and_a_legend_for_each_series()
    {
        string svg = LinePlot.Write("title", "x", "y", [new("one & two", [(4, 1), (16, 10)]), new("b", [(8, 3)])]);
        XElement root = XDocument.Parse(svg).Root!;
        string[] lines = [.. root.Elements(root.Name.Namespace + "polyline").Select(line => line.Attribute("points")!.Value)];
        Assert.Equal(2, lines.Length);
        Assert.Contains("one & two", root.Elements(root.Name.Namespace + "text").Select(text => text.Value));
        // No background, so that it can be read on light and dark; larger values stand higher.
        double[] heights = [.. lines[0].Split(' ').Select(point => double.Parse(point.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(heights[0] > heights[1]);
        Assert.Equal([1, 2, 5, 10], LinePlot.Ticks(0.9, 11).Select(tick => Math.Round(tick, 9)));
    }

    private static string Run(params string[] arguments)
    {
        using StringWriter writer = new();
        QuickCommand.Run(QuickOptions.Parse(arguments), writer);
        return writer.ToString();
    }
}
