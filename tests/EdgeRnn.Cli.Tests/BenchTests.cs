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
        Assert.Equal(JsonValueKind.Null, json.GetProperty("oneByOneNs").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("realTimeFactor").ValueKind);
    }

    [Fact]
    public void Limits_stand_beside_the_step()
    {
        using Workspace workspace = new();
        string model = workspace.Identity(8);
        JsonElement json = CliRun.Of("bench", model, "--steps", "200", "--json").Succeeds().Json();
        foreach (string name in new[] { "stream", "product" })
        {
            double limit = json.GetProperty(name + "LimitNs").GetDouble();
            Assert.True(limit > 0);
            Assert.Equal(json.GetProperty("medianNs").GetDouble() / limit, json.GetProperty(name + "Ratio").GetDouble(), 6);
        }
        Assert.Matches(@"limits +\S+ ns to read 256 bytes of weights, \S+ ns for the products alone: \S+ and \S+ times these",
            CliRun.Of("bench", model, "--steps", "200").Succeeds().Output);
    }

    [Fact]
    public void Batch_gives_the_figures_of_one_stream_and_of_streams_one_by_one()
    {
        using Workspace workspace = new();
        JsonElement json = EdgernnProcess.Run(workspace.Root, "bench", workspace.RunningSum(), "--steps", "640", "--streams", "64", "--json")
            .Succeeds().Json();
        Assert.Equal(64, json.GetProperty("streams").GetInt32());
        Assert.Equal(640, json.GetProperty("steps").GetInt32());
        Assert.Equal(0, json.GetProperty("allocatedBytes").GetInt64());
        Assert.True(json.GetProperty("oneByOneNs").GetDouble() > 0);
    }

    [Fact]
    public void Rate_gives_a_real_time_factor()
    {
        using Workspace workspace = new();
        JsonElement json = CliRun.Of("bench", workspace.RunningSum(), "--steps", "200", "--rate", "1000", "--json").Succeeds().Json();
        Assert.Equal(1e6 / json.GetProperty("medianNs").GetDouble(), json.GetProperty("realTimeFactor").GetDouble(), 3);
    }

    [Theory]
    [InlineData("--steps", "0", "at least 1")]
    [InlineData("--steps", "-5", "at least 1")]
    [InlineData("--streams", "0", "expected 1 to 65536")]
    [InlineData("--streams", "65537", "expected 1 to 65536")]
    [InlineData("--rate", "0", "above 0")]
    [InlineData("--rate", "NaN", "above 0")]
    public void Argument_out_of_range_is_refused(string name, string value, string expected)
    {
        using Workspace workspace = new();
        CliRun.Of("bench", workspace.RunningSum(), name, value).FailsWith($"{name} {value}", expected);
    }
}
