using System;
using System.Text.Json;

namespace EdgeRnn.Cli.Tests;

public sealed class VerifyTests
{
    [Fact]
    public void Equal_answers_pass()
    {
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [3, 1], 1, 2, 3), y = workspace.Npy("y.npy", [3, 1], 1, 3, 6);
        CliRun run = Verify(workspace.RunningSum(), x, y);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("all 3 answered rows", run.Output, StringComparison.Ordinal);
        Assert.Contains("passed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Mismatch_ends_in_exit_code_2_and_names_the_first_bad_step()
    {
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [3, 2], 1, 2, 3, 4, 5, 6), y = workspace.Npy("y.npy", [3, 2], 1, 2, 3, 4.5f, 5, 8);
        CliRun run = Verify(workspace.Identity(2), x, y);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("first bad   step 1, feature 1: expected 4.5, found 4", run.Output, StringComparison.Ordinal);
        Assert.Contains("largest at  step 2, feature 1: expected 8, found 6", run.Output, StringComparison.Ordinal);
        JsonElement json = Verify(workspace.Identity(2), x, y, "--json").Json();
        Assert.False(json.GetProperty("passed").GetBoolean());
        Assert.Equal(2, json.GetProperty("maxError").GetDouble());
        Assert.Equal(1, json.GetProperty("firstBad").GetProperty("step").GetInt32());
    }

    [Theory]
    [InlineData("1e-5", 2)]
    [InlineData("0.5", 0)]
    [InlineData("0.49", 2)]
    public void Tolerance_bounds_the_largest_error(string tolerance, int exitCode)
    {
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [2], 1, 2), y = workspace.Npy("y.npy", [2], 1, 2.5f);
        CliRun run = Verify(workspace.Identity(1), x, y, "--tolerance", tolerance);
        Assert.Equal(exitCode, run.ExitCode);
    }

    [Theory]
    [InlineData("rms", "0.36", 0)] // sqrt((0 + 0.25) / 2) = 0.3536
    [InlineData("rms", "0.35", 2)]
    [InlineData("esr", "0.035", 0)] // 0.25 / (1 + 6.25) = 0.0345
    [InlineData("esr", "0.034", 2)]
    public void Metric_decides(string metric, string tolerance, int exitCode)
    {
        using Workspace workspace = new();
        CliRun run = Verify(workspace.Identity(1), workspace.Npy("x.npy", [2], 1, 2), workspace.Npy("y.npy", [2], 1, 2.5f),
            "--metric", metric, "--tolerance", tolerance);
        Assert.Equal(exitCode, run.ExitCode);
    }

    [Theory]
    [InlineData("0.3", 0)]
    [InlineData("0.1", 2)]
    public void Relative_tolerance_grows_with_the_reference(string relative, int exitCode)
    {
        using Workspace workspace = new();
        CliRun run = Verify(workspace.Identity(1), workspace.Npy("x.npy", [2], 1, 2), workspace.Npy("y.npy", [2], 1, 2.5f),
            "--relative", relative);
        Assert.Equal(exitCode, run.ExitCode);
    }

    [Fact]
    public void Single_row_is_compared_with_the_last_answer()
    {
        using Workspace workspace = new();
        CliRun run = Verify(workspace.RunningSum(), workspace.Npy("x.npy", [3, 1], 1, 2, 3), workspace.Npy("y.npy", [1, 1], 6));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("1 of 3 answered rows", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 1, 2 })]
    [InlineData(new[] { 2 })]
    [InlineData(new[] { 1, 1, 2 })]
    public void Last_answer_may_come_with_or_without_its_axes(int[] shape)
    {
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [2, 2], 1, 2, 3, 4), y = workspace.Npy("y.npy", shape, 3, 4);
        CliRun run = Verify(workspace.Identity(2), x, y);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void Only_steps_at_which_the_model_answers_are_compared()
    {
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [6, 1], 1, 2, 3, 4, 5, 6), everyStep = workspace.Npy("y.npy", [6, 1], 9, 9, 3, 9, 9, 6);
        CliRun run = Verify(workspace.LastOfWindow(1, 3), x, everyStep);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("all 2 answered rows", run.Output, StringComparison.Ordinal);
        CliRun mismatch = Verify(workspace.LastOfWindow(1, 3), x, workspace.Npy("z.npy", [2, 1], 3, 7));
        Assert.Contains("first bad   step 5, feature 0: expected 7, found 6", mismatch.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 4, 2 })]
    [InlineData(new[] { 2, 4 })]
    [InlineData(new[] { 2, 2, 2 })]
    public void Answers_of_several_frames_are_compared_frame_by_frame(int[] shape)
    {
        using Workspace workspace = new();
        float[] values = [1, 2, 3, 4, 5, 6, 7, 8];
        string x = workspace.Npy("x.npy", [4, 2], values), model = workspace.AllOfWindow(2, 2);
        Assert.Equal(0, Verify(model, x, workspace.Npy("y.npy", shape, values)).ExitCode);
        values[7] = 0;
        CliRun run = Verify(model, x, workspace.Npy("z.npy", shape, values));
        Assert.Contains("step 3, frame 1, feature 1: expected 0, found 8", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 2, 2, 1 }, new float[] { 1, 3, 10, 30 })]  // all answers, laid out as the input
    [InlineData(new[] { 2, 1 }, new float[] { 3, 30 })]            // the last of each sequence
    [InlineData(new[] { 1, 2, 1 }, new float[] { 3, 30 })]         // the last state as PyTorch and ONNX give it
    public void Batch_is_compared_sequence_by_sequence(int[] shape, float[] expected)
    {
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [2, 2, 1], 1, 2, 10, 20), model = workspace.RunningSum(batchAxis: 0);
        Assert.Equal(0, Verify(model, x, workspace.Npy("y.npy", shape, expected)).ExitCode);
        expected[^1]++;
        CliRun run = Verify(model, x, workspace.Npy("z.npy", shape, expected));
        Assert.Contains("first bad   sequence 1, step 1, feature 0", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_of_onnx_with_an_axis_of_directions_are_accepted()
    {
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [2, 2, 1], 1, 10, 2, 20), y = workspace.Npy("y.npy", [2, 1, 2, 1], 1, 10, 3, 30);
        Assert.Equal(0, Verify(workspace.RunningSum(batchAxis: 1), x, y).ExitCode);
    }

    [Fact]
    public void Csv_is_accepted_on_both_sides()
    {
        using Workspace workspace = new();
        string x = workspace.Text("x.csv", "time,x\n0,1\n1,2\n"), y = workspace.Text("y.csv", "y0\n1\n3\n");
        Assert.Equal(0, Verify(workspace.RunningSum(), x, y).ExitCode);
    }

    [Theory]
    [InlineData(new[] { 2, 1 }, "holds 2 rows")]
    [InlineData(new[] { 3, 2 }, "expected rows of 1 features")]
    public void Reference_of_another_shape_is_an_error(int[] shape, string reason)
    {
        using Workspace workspace = new();
        string y = workspace.Npy("y.npy", shape, new float[shape[0] * shape[1]]);
        Verify(workspace.RunningSum(), workspace.Npy("x.npy", [3, 1], 1, 2, 3), y).FailsWith("y.npy: shape", reason);
    }

    [Fact]
    public void Missing_on_both_sides_agrees_and_on_one_side_does_not()
    {
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [2], 1, float.NaN), model = workspace.Identity(1);
        Assert.Equal(0, Verify(model, x, workspace.Npy("same.npy", [2], 1, float.NaN)).ExitCode);
        CliRun run = Verify(model, x, workspace.Npy("other.npy", [2], 1, 2), "--tolerance", "1e30", "--json");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("Infinity", run.Json().GetProperty("maxError").GetString());
    }

    [Theory]
    [InlineData("--metric", "mean", "expected max, rms or esr")]
    [InlineData("--tolerance", "-1", "at least 0")]
    [InlineData("--tolerance", "NaN", "at least 0")]
    [InlineData("--relative", "-1", "at least 0")]
    public void Bad_option_is_refused(string option, string value, string reason)
    {
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [1], 1);
        Verify(workspace.RunningSum(), x, x, option, value).FailsWith(option, reason);
    }

    [Fact]
    public void Truncated_reference_is_refused()
    {
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [3], 1, 2, 3);
        byte[] whole = System.IO.File.ReadAllBytes(x);
        Verify(workspace.RunningSum(), x, workspace.Bytes("cut.npy", whole[..^2])).FailsWith("cut.npy");
    }

    private static CliRun Verify(string model, string input, string expected, params string[] options)
    {
        return CliRun.Of(["verify", model, "--input", input, "--expected", expected, .. options]);
    }
}
