using System.Text.Json;

namespace EdgeRnn.Cli.Tests;

public sealed class BenchTests
{
    [Fact]
    public void Steps_are_timed_and_allocate_nothing()
    {
        using Workspace workspace = new();
        // A process of its own: a collection brought about by another test upsets the counter of bytes.
        JsonElement json = EdgernnProcess.Run(workspace.Root, "bench", workspace.RunningSum(), "--steps", "1000", "--json").Succeeds().Json();
        Assert.Equal(0, json.GetProperty("allocatedBytes").GetInt64());
        Assert.Equal(1000, json.GetProperty("steps").GetInt32());
        double fastest = json.GetProperty("fastestNs").GetDouble(), slowest = json.GetProperty("slowestNs").GetDouble();
        Assert.InRange(json.GetProperty("medianNs").GetDouble(), fastest, slowest);
        Assert.NotEqual("", json.GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    public void Count_of_steps_below_one_is_refused(string steps)
    {
        using Workspace workspace = new();
        CliRun.Of("bench", workspace.RunningSum(), "--steps", steps).FailsWith("--steps", "at least 1");
    }
}
