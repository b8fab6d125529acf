using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Containers;

namespace EdgeRnn.Cli.Tests;

public sealed class RunTests
{
    [Fact]
    public void Csv_in_gives_csv_out()
    {
        using Workspace workspace = new();
        string input = workspace.Text("x.csv", "time,x\n0,1\n1,2\n2,3\n"), output = workspace.Path("y.csv");
        CliRun.Of("run", workspace.RunningSum(), "--input", input, "--output", output).Succeeds();
        Assert.Equal("y0\n1\n3\n6\n", File.ReadAllText(output));
    }

    [Fact]
    public void Without_output_csv_goes_to_standard_output()
    {
        using Workspace workspace = new();
        CliRun run = CliRun.Of("run", workspace.RunningSum(), "--input", workspace.Npy("x.npy", [2], 1, 2)).Succeeds();
        Assert.Equal("y0\n1\n3\n", run.Output);
    }

    [Fact]
    public void Json_without_output_holds_the_answers()
    {
        using Workspace workspace = new();
        JsonElement json = CliRun.Of("run", workspace.RunningSum(), "--input", workspace.Npy("x.npy", [2, 1], 1, 2), "--json")
            .Succeeds().Json();
        Assert.Equal("[[[1],[3]]]", JsonSerializer.Serialize(json.GetProperty("frames")));
    }

    [Fact]
    public void Written_floats_read_back_with_the_same_bits()
    {
        using Workspace workspace = new();
        float[] values = [0.1f, 1f / 3, float.Epsilon, float.MaxValue, -1.17549435e-38f, 16777217f];
        string model = workspace.Identity(1), csv = workspace.Path("y.csv"), again = workspace.Path("again.npy");
        CliRun.Of("run", model, "--input", workspace.Npy("x.npy", [6, 1], values), "--output", csv).Succeeds();
        CliRun.Of("run", model, "--input", csv, "--output", again).Succeeds();
        Assert.Equal(values, NpyFile.Read(again).Data);
    }

    [Theory]
    [InlineData(new[] { 3 })]
    [InlineData(new[] { 3, 1 })]
    [InlineData(new[] { 1, 3, 1 })]
    [InlineData(new[] { 3, 1, 1 })]
    public void One_sequence_is_read_from_every_layout(int[] shape)
    {
        using Workspace workspace = new();
        string output = workspace.Path("y.npy");
        CliRun.Of("run", workspace.RunningSum(), "--input", workspace.Npy("x.npy", shape, 1, 2, 3), "--output", output)
            .Succeeds();
        Tensor answer = NpyFile.Read(output);
        Assert.Equal([1, 3, 6], answer.Data);
        Assert.Equal(shape.Length == 1 ? [3, 1] : shape, answer.Shape);
    }

    [Theory]
    [InlineData(0, null, new float[] { 1, 3, 6, 10, 30, 60 })]
    [InlineData(1, null, new float[] { 1, 2, 4, 12, 24, 42 })]
    [InlineData(1, 0, new float[] { 1, 3, 6, 10, 30, 60 })]
    [InlineData(0, 1, new float[] { 1, 2, 4, 12, 24, 42 })]
    public void Batch_runs_as_sessions_along_the_axis_of_the_source_or_the_one_named(int sourceAxis, int? named, float[] expected)
    {
        // As [batch, steps, features] two sequences of three; as [steps, batch, features] three sequences of two.
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [2, 3, 1], 1, 2, 3, 10, 20, 30), y = workspace.Path("y.npy");
        string[] axis = named is { } value ? ["--batch-axis", $"{value}"] : [];
        CliRun.Of(["run", workspace.RunningSum(sourceAxis), "--input", x, "--output", y, .. axis]).Succeeds();
        Tensor answer = NpyFile.Read(y);
        Assert.Equal([2, 3, 1], answer.Shape);
        bool batchFirst = (named ?? sourceAxis) == 0;
        Assert.Equal(batchFirst ? expected : [1, 2, 3, 11, 22, 33], answer.Data);
    }

    [Fact]
    public void Axis_of_one_that_the_source_would_read_otherwise_is_said()
    {
        using Workspace workspace = new();
        CliRun run = CliRun.Of("run", workspace.RunningSum(1), "--input", workspace.Npy("x.npy", [1, 3, 1], 1, 2, 3)).Succeeds();
        Assert.Equal("y0\n1\n3\n6\n", run.Output);
        Assert.Contains("--batch-axis 1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Array_with_as_many_sequences_as_the_source_was_fixed_to_is_a_batch()
    {
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [1, 3, 1], 1, 2, 3), y = workspace.Path("y.npy");
        CliRun.Of("run", workspace.RunningSum(1, batchSize: 3), "--input", x, "--output", y).Succeeds();
        Assert.Equal([1, 2, 3], NpyFile.Read(y).Data);
        CliRun.Of("run", workspace.RunningSum(1, batchSize: 2), "--input", x, "--output", y).Succeeds();
        Assert.Equal([1, 3, 6], NpyFile.Read(y).Data);
    }

    [Fact]
    public void Reading_of_a_batch_is_said_unless_the_axis_was_named()
    {
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [2, 3, 1], 1, 2, 3, 10, 20, 30), y = workspace.Path("y.npy");
        CliRun run = CliRun.Of("run", workspace.RunningSum(1), "--input", x, "--output", y).Succeeds();
        Assert.Contains("read as 3 sequences of 2 steps; --batch-axis 0 reads it as 2 sequences of 3 steps", run.Error,
            StringComparison.Ordinal);
        Assert.Equal("", CliRun.Of("run", workspace.RunningSum(1), "--input", x, "--output", y, "--batch-axis", "1").Succeeds().Error);
    }

    [Fact]
    public void Batch_as_csv_is_refused()
    {
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [2, 2, 1], 1, 2, 3, 4);
        CliRun.Of("run", workspace.RunningSum(), "--input", x, "--output", workspace.Path("y.csv"), "--batch-axis", "0")
            .FailsWith("a CSV holds one sequence");
        Assert.False(File.Exists(workspace.Path("y.csv")));
    }

    [Fact]
    public void Missing_values_are_passed_on_with_a_warning()
    {
        using Workspace workspace = new();
        CliRun run = CliRun.Of("run", workspace.Identity(2), "--input", workspace.Text("x.csv", "1,\n3,4\n")).Succeeds();
        Assert.Equal("y0,y1\nNaN,NaN\n3,4\n", run.Output);
        Assert.Contains("warning: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 values are missing", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Infinite_values_are_passed_on_with_a_warning()
    {
        using Workspace workspace = new();
        CliRun run = CliRun.Of("run", workspace.Identity(1), "--input", workspace.Text("x.csv", "1\n1e99\n")).Succeeds();
        Assert.Contains("1 values are infinite", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Window_answers_at_its_end()
    {
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [7, 1], 1, 2, 3, 4, 5, 6, 7);
        Assert.Equal("y0\n3\n6\n", CliRun.Of("run", workspace.LastOfWindow(1, 3), "--input", x).Succeeds().Output);
    }

    [Fact]
    public void Input_too_short_for_an_answer_is_refused()
    {
        using Workspace workspace = new();
        CliRun.Of("run", workspace.LastOfWindow(1, 3), "--input", workspace.Npy("x.npy", [2, 1], 1, 2))
            .FailsWith("did not answer within 2 steps");
    }

    [Theory]
    [InlineData(new[] { 3, 2 }, "has 2 features per step, the model reads 1")]
    [InlineData(new[] { 0, 1 }, "holds no steps")]
    [InlineData(new[] { 1, 1, 6, 1 }, "expected [steps, features]")]
    public void Array_of_a_wrong_shape_is_refused(int[] shape, string reason)
    {
        using Workspace workspace = new();
        float[] data = new float[shape.Aggregate(1, (product, size) => product * size)];
        CliRun.Of("run", workspace.RunningSum(), "--input", workspace.Npy("x.npy", shape, data))
            .FailsWith("x.npy: shape", reason);
    }

    [Theory]
    [InlineData("x.txt")]
    [InlineData("x")]
    public void Input_with_another_extension_is_refused(string name)
    {
        using Workspace workspace = new();
        CliRun.Of("run", workspace.RunningSum(), "--input", workspace.Text(name, "1\n")).FailsWith(name, ".npy or .csv");
    }

    [Theory]
    [InlineData("y.txt", ".npy or .csv")]
    [InlineData("absent/y.csv", "there is no folder")]
    [InlineData("x.csv", "is also an input")]
    public void Output_that_cannot_be_written_is_refused(string name, string reason)
    {
        using Workspace workspace = new();
        string input = workspace.Text("x.csv", "1\n");
        CliRun.Of("run", workspace.RunningSum(), "--input", input, "--output", workspace.Path(name)).FailsWith(reason);
        Assert.Equal("1\n", File.ReadAllText(input));
    }

    [Theory]
    [InlineData("x.csv")]
    [InlineData("x.npy")]
    public void Missing_input_is_refused(string name)
    {
        using Workspace workspace = new();
        CliRun.Of("run", workspace.RunningSum(), "--input", workspace.Path(name)).FailsWith(name, "there is no such file");
    }

    [Theory]
    [InlineData("x.csv")]
    [InlineData("x.npy")]
    public void Folder_in_place_of_an_input_is_refused_as_one(string name)
    {
        using Workspace workspace = new();
        Directory.CreateDirectory(workspace.Path(name));
        CliRun.Of("run", workspace.RunningSum(), "--input", workspace.Path(name)).FailsWith(name, "is a folder");
    }

    [Fact]
    public void Batch_axis_other_than_0_and_1_is_refused()
    {
        using Workspace workspace = new();
        CliRun.Of("run", workspace.RunningSum(), "--input", workspace.Npy("x.npy", [1], 1), "--batch-axis", "2")
            .FailsWith("--batch-axis 2");
    }

}
