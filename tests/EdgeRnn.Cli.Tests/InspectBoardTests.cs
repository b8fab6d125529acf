using System;
using System.Linq;
using System.Text.Json;

namespace EdgeRnn.Cli.Tests;

/// <summary><c>inspect --board</c>: what a model needs on a board, and whether that fits.</summary>
public sealed class InspectBoardTests
{
    [Fact]
    public void Verdict_is_printed_with_its_reasons_and_says_that_it_is_an_estimate()
    {
        using Workspace workspace = new();
        string text = CliRun.Of("inspect", workspace.Identity(3), "--board", "esp32", "--rate", "50").Succeeds().Output;
        Assert.Contains("(esp32), .NET nanoFramework; estimates, nothing was measured there", text, StringComparison.Ordinal);
        Assert.Contains("verdict     fits at 50 Hz", text, StringComparison.Ordinal);
        foreach (string resource in new[] { "RAM fits: ", "flash fits: ", "time fits: " })
            Assert.Contains(resource, text, StringComparison.Ordinal);
        Assert.Contains("of 20.0 ms from sample to sample", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_beyond_a_board_does_not_fit_and_says_why()
    {
        using Workspace workspace = new();
        string text = CliRun.Of("inspect", workspace.Identity(3), "--board", "pico", "--rate", "20000").Succeeds().Output;
        Assert.Contains("verdict     does not fit at 20000 Hz", text, StringComparison.Ordinal);
        Assert.Contains("time does not fit: ", text, StringComparison.Ordinal);
        Assert.Contains("RAM fits: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_rate_time_is_shown_and_not_judged()
    {
        using Workspace workspace = new();
        string text = CliRun.Of("inspect", workspace.Identity(3), "--board", "pi5").Succeeds().Output;
        Assert.Contains("--rate HZ judges the time of a step, too", text, StringComparison.Ordinal);
        Assert.DoesNotContain("time fits", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_without_a_board_says_what_to_add()
    {
        using Workspace workspace = new();
        string model = workspace.Identity(3);
        Assert.Contains("--board NAME estimates it", CliRun.Of("inspect", model, "--rate", "50").Succeeds().Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--board", CliRun.Of("inspect", model).Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_parts_and_the_verdict()
    {
        using Workspace workspace = new();
        JsonElement json = CliRun.Of("inspect", workspace.Identity(3), "--board", "ESP32", "--rate", "50", "--json").Succeeds().Json();
        JsonElement board = json.GetProperty("board");
        Assert.Equal("esp32", board.GetProperty("id").GetString());
        Assert.Equal("fits", board.GetProperty("verdict").GetString());
        JsonElement[] resources = [.. board.GetProperty("resources").EnumerateArray()];
        Assert.Equal(["RAM", "flash", "time"], resources.Select(use => use.GetProperty("name").GetString()));
        double parts = new[] { "modelRamBytes", "sessionRamBytes", "detectorRamBytes", "startRamBytes", "programRamBytes" }
            .Sum(name => board.GetProperty(name).GetDouble());
        Assert.Equal(parts, resources[0].GetProperty("needed").GetDouble());
        Assert.Equal(0.02, resources[2].GetProperty("budget").GetDouble());
        Assert.Equal(JsonValueKind.Null, CliRun.Of("inspect", workspace.Identity(3), "--json").Succeeds().Json().GetProperty("board").ValueKind);
    }

    [Fact]
    public void A_trained_model_is_estimated_before_it_is_converted()
    {
        string source = PumpFiles.Weights, arch = PumpFiles.Arch;
        string text = CliRun.Of("inspect", source, "--arch", arch, "--board", "rp2040").Succeeds().Output;
        Assert.Contains("row pairs   nothing to gain", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Floats_do_not_fit_a_board_whose_firmware_leaves_their_functions_out()
    {
        string source = PumpFiles.Weights, arch = PumpFiles.Arch;
        string text = CliRun.Of("inspect", source, "--arch", arch, "--board", "pico").Succeeds().Output;
        Assert.Contains("verdict     does not fit", text, StringComparison.Ordinal);
        Assert.Contains("leaves out of System.Math; convert with --scheme w8a16", text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.Math", CliRun.Of("inspect", source, "--arch", arch, "--board", "esp32").Succeeds().Output, StringComparison.Ordinal);
        using Workspace workspace = new();
        string integers = workspace.Path("pump.ernn");
        CliRun.Of("convert", source, "--arch", arch, "--scheme", "w8a16", "-o", integers).Succeeds();
        Assert.DoesNotContain("System.Math", CliRun.Of("inspect", integers, "--board", "pico").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_pairs_are_decided_and_the_call_that_asks_for_them_is_printed()
    {
        using Workspace workspace = new();
        string source = PumpFiles.Weights, arch = PumpFiles.Arch, model = workspace.Path("pump.ernn");
        CliRun.Of("convert", source, "--arch", arch, "--scheme", "w8a16", "-o", model).Succeeds();
        JsonElement board = CliRun.Of("inspect", model, "--board", "rp2040", "--json").Succeeds().Json().GetProperty("board");
        int bytes = board.GetProperty("rowPairBytes").GetInt32();
        Assert.Equal(board.GetProperty("allRowPairBytes").GetInt32(), bytes);
        Assert.True(board.GetProperty("worstStepSeconds").GetDouble() < board.GetProperty("stepSecondsWithoutRowPairs").GetDouble());
        Assert.Contains($"Model.Load(file, ModelLimits.MaxSessionBytes, {bytes})",
            CliRun.Of("inspect", model, "--board", "rp2040").Succeeds().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("esp3", "did you mean 'esp32'?")]
    [InlineData("toaster", "edgernn boards")]
    public void An_unknown_board_is_refused_with_the_nearest_name(string name, string expected)
    {
        using Workspace workspace = new();
        CliRun.Of("inspect", workspace.Identity(1), "--board", name).FailsWith($"'{name}'", expected);
    }
}
