using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace EdgeRnn.Cli.Tests;

public sealed class DemoTests
{
    [Fact]
    public void Forecast_error_rises_in_the_fault_and_the_model_agrees_with_pytorch()
    {
        JsonElement demo = CliRun.Of("demo", "--json").Succeeds().Json();
        Assert.True(demo.GetProperty("syntheticStream").GetBoolean());
        Assert.True(demo.GetProperty("verified").GetBoolean());
        Assert.InRange(demo.GetProperty("maxError").GetDouble(), 0, 1e-5);
        double[] means = [.. demo.GetProperty("segments").EnumerateArray().Select(part => part.GetProperty("mean").GetDouble())];
        Assert.InRange(means[1], 0, 1.2 * means[0]); // normal operation the network never saw is forecast as well
        Assert.True(means[2] > 5 * means[1], $"fault {means[2]}, normal {means[1]}");
        Assert.Equal(0, demo.GetProperty("timing").GetProperty("allocatedBytes").GetInt64());
    }

    [Fact]
    public void Detector_raises_one_alarm_for_the_fault_and_one_for_the_stop()
    {
        JsonElement demo = CliRun.Of("demo", "--json").Succeeds().Json();
        double rate = demo.GetProperty("rateHz").GetDouble();
        double[] starts = [.. demo.GetProperty("segments").EnumerateArray().Select(part => part.GetProperty("startS").GetDouble())];
        double[] alarms = [.. demo.GetProperty("alarms").EnumerateArray().Select(alarm => alarm.GetProperty("begin").GetInt32() / rate)];
        Assert.Equal(2, alarms.Length);
        Assert.InRange(alarms[0], starts[2], starts[2] + 0.1);
        // A standing pump is easy to forecast: what it does not know is one that cools.
        Assert.InRange(alarms[1], starts[3], starts[3] + 10);
    }

    [Fact]
    public void Text_says_what_is_shown_and_that_the_stream_is_synthetic()
    {
        using Workspace workspace = new();
        string folder = workspace.Path("pump");
        CliRun run = CliRun.Of("demo", "-o", folder).Succeeds();
        foreach (string part in new[] { "SYNTHETIC", "PyTorch", "bytes of state", "bearing fault", "times normal", "####" })
            Assert.Contains(part, run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
        Assert.Equal(["expected.npy", "normal.csv", "pump.arch.json", "pump.ernn", "pump.pt", "stream.csv"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void File_in_place_of_the_folder_is_refused()
    {
        using Workspace workspace = new();
        CliRun.Of("demo", "-o", workspace.Text("file", "")).FailsWith("choose another folder");
    }
}
