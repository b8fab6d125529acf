using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace EdgeRnn.Cli.Tests;

public sealed class DemoTests
{
    private const double LongestWaitSeconds = 12; // as the scenario expects of any seed

    private static readonly Lazy<JsonElement> _demo = new(() => CliRun.Of("demo", "--json").Succeeds().Json());

    [Fact]
    public void The_model_agrees_with_PyTorch_in_float_and_in_integers()
    {
        Assert.True(_demo.Value.GetProperty("verified").GetBoolean());
        Assert.True(_demo.Value.GetProperty("goldenStepsPassed").GetBoolean());
        Assert.Equal(7500, _demo.Value.GetProperty("comparedSteps").GetInt32());
        Assert.InRange(_demo.Value.GetProperty("asFloat").GetProperty("found").GetDouble(), 0, 1e-5);
        Assert.InRange(_demo.Value.GetProperty("asIntegers").GetProperty("found").GetDouble(), 0, 1e-3);
        Assert.Equal(0, _demo.Value.GetProperty("timing").GetProperty("allocatedBytes").GetInt64());
    }

    [Fact]
    public void The_alarm_comes_soon_after_the_fault_and_not_before_and_the_pin_goes_on_with_it()
    {
        double fault = _demo.Value.GetProperty("faultSeconds").GetDouble(), alarm = _demo.Value.GetProperty("alarmSeconds").GetDouble();
        Assert.InRange(alarm, fault, fault + LongestWaitSeconds);
        Assert.Equal(alarm, _demo.Value.GetProperty("pinSeconds").GetDouble());
        Assert.True(_demo.Value.GetProperty("isMet").GetBoolean());
        Assert.True(_demo.Value.GetProperty("isSimulated").GetBoolean());
    }

    [Fact]
    public void Every_board_has_a_verdict()
    {
        JsonElement[] boards = [.. _demo.Value.GetProperty("boards").EnumerateArray()];
        Assert.Equal(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "boards"), "*.json").Length, boards.Length);
        Assert.Contains(boards, board => board.GetProperty("verdict").GetString() == "fits");
        Assert.All(boards, board => Assert.True(board.GetProperty("worstStepSeconds").GetDouble() > 0));
    }

    [Fact]
    public void The_text_says_what_was_found_and_that_it_is_simulated()
    {
        CliRun run = CliRun.Of("demo").Succeeds();
        string[] parts =
            ["SIMULATED", "PyTorch", "bytes of state", "boards    fits", "<- alarm:", "the bearing began to fail", "pin 17 went on"];
        Assert.All(parts, part => Assert.Contains(part, run.Output, StringComparison.Ordinal));
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void What_it_keeps_runs_with_the_other_verbs()
    {
        using Workspace workspace = new();
        string folder = workspace.Path("pump");
        CliRun.Of("demo", "-o", folder).Succeeds();
        string[] kept =
            ["bearing.yaml", "expected.npy", "normal.csv", "pump.arch.json", "pump.ernn", "pump.pt", "pump.settings.json", "stream.csv"];
        Assert.Equal(kept,
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        CliRun.Of("selftest", Path.Combine(folder, "pump.ernn")).Succeeds();
        CliRun run = CliRun.Of("simulate", Path.Combine(folder, "bearing.yaml")).Succeeds();
        Assert.Contains("pump.ernn", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_that_was_changed_is_not_replaced()
    {
        using Workspace workspace = new();
        string folder = workspace.Path("pump"), scenario = Path.Combine(folder, "bearing.yaml");
        CliRun.Of("demo", "-o", folder).Succeeds();
        CliRun.Of("demo", "-o", folder).Succeeds();
        File.AppendAllText(scenario, "# mine\n");
        CliRun.Of("demo", "-o", folder).FailsWith("is there already and was changed", "choose another folder");
        Assert.EndsWith("# mine\n", File.ReadAllText(scenario), StringComparison.Ordinal);
    }

    [Fact]
    public void File_in_place_of_the_folder_is_refused()
    {
        using Workspace workspace = new();
        CliRun.Of("demo", "-o", workspace.Text("file", "")).FailsWith("choose another folder");
    }

    [Theory]
    [InlineData("--port goes with --web", "--port", "80")]
    [InlineData("expected 0 to 65535, found 65536", "--web", "--port", "65536")]
    public void Options_of_the_page_that_cannot_be_are_refused(string expected, params string[] options) =>
        CliRun.Of(["demo", .. options]).FailsWith(expected);

    [Fact]
    public void A_document_and_a_page_at_once_are_refused()
    {
        CliRun run = CliRun.Of("demo", "--web", "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error: demo: --json does not go with --web", run.Error, StringComparison.Ordinal);
    }
}
