using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Tests;

public sealed class CalibrateTests
{
    [Fact]
    public void Text_says_what_is_scored_learnt_and_found_in_the_data()
    {
        using Workspace workspace = new();
        CliRun run = CalibratedPump.Calibrate(workspace, "--rate", "100").Succeeds();
        Assert.Equal("", run.Error);
        foreach (string part in new[] { "forecast of the next sample of ax, ay, az, temperature", "the 99 % quantile times 1.5",
            " steps (390.0 ms)",
            "no false alarm", "no sensor fault", "per channel", "computes in integers", "edgernn detect" })
            Assert.Contains(part, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_tells_all_settings_and_the_run_over_the_data()
    {
        using Workspace workspace = new();
        JsonElement json = CalibratedPump.Calibrate(workspace, "--json", "--alpha", "0.2", "--votes", "3/5").Succeeds().Json();
        JsonElement settings = json.GetProperty("settings");
        Assert.Equal("forecast", settings.GetProperty("kind").GetString());
        Assert.Equal(0.2f, settings.GetProperty("smoothing").GetSingle());
        Assert.Equal((3, 5), (settings.GetProperty("votes").GetInt32(), settings.GetProperty("voteWindow").GetInt32()));
        Assert.Equal(0, json.GetProperty("falseAlarms").GetArrayLength());
        Assert.True(json.GetProperty("threshold").GetDouble() > 0);
        Assert.Equal(json.GetProperty("warmUpSteps").GetInt32() + json.GetProperty("learntScores").GetInt32(),
            json.GetProperty("firstReadyStep").GetInt32() + 1);
        Model model = Model.Load(workspace.Path("watch.ernn"));
        Assert.Equal(0.2f, model.Detector!.Smoothing);
        Assert.Equal(Model.Load(workspace.Path("pump.ernn")).GetId(), model.GetId());
        CliRun.Of("selftest", workspace.Path("watch.ernn")).Succeeds();
    }

    [Fact]
    public void Settings_that_inspect_shows_can_be_used_again()
    {
        using Workspace workspace = new();
        string watch = CalibratedPump.Watch(workspace, "--combine", "mahalanobis", "--normalise", "--latch", "--range",
            "temperature=-40:125");
        string shown = workspace.Text("settings.json", CliRun.Of("inspect", watch, "--json").Succeeds().Output);
        string again = workspace.Path("again.ernn");
        CliRun.Of("calibrate", workspace.Path("pump.ernn"), "--data", workspace.Path("normal.csv"), "-o", again, "--settings", shown)
            .Succeeds();
        Assert.Equal(File.ReadAllBytes(watch), File.ReadAllBytes(again));
        // The command line comes before the file.
        CliRun.Of("calibrate", watch, "--data", workspace.Path("normal.csv"), "-o", again, "--settings", shown, "--combine", "sum")
            .Succeeds();
        DetectorSettings changed = Model.Load(again).Detector!;
        Assert.Equal((ScoreCombination.Sum, true), (changed.Combination, changed.Latching));
    }

    [Fact]
    public void Fixed_threshold_needs_no_learning()
    {
        using Workspace workspace = new();
        CliRun run = CalibratedPump.Calibrate(workspace, "--fixed-from-data").Succeeds();
        Assert.Contains("nothing is learnt", run.Output, StringComparison.Ordinal);
        Assert.Contains("learning    none", run.Output, StringComparison.Ordinal);
        JsonElement json = CliRun.Of("detect", workspace.Path("watch.ernn"), "--data", CalibratedPump.Stream, "--json").Succeeds().Json();
        Assert.Equal(0, json.GetProperty("calibratingSteps").GetInt32());
        Assert.InRange(json.GetProperty("alarms")[0].GetProperty("begin")
            .GetInt32(), CalibratedPump.FaultStep, CalibratedPump.FaultStep + 10);
    }

    [Theory]
    [InlineData("--score guess: expected forecast, reconstruction, confidence, level", "--score", "guess")]
    [InlineData("--alpha: Smoothing is 2, expected", "--alpha", "2")]
    [InlineData("--level: Level is 7, expected 0 to 1", "--level", "7")]
    [InlineData("--votes 3: expected N/M", "--votes", "3")]
    [InlineData("--votes: Votes is 6, expected 1 to 5", "--votes", "6/5")]
    [InlineData("--range temperature: expected CHANNEL=LOW:HIGH", "--range", "temperature")]
    [InlineData("--range temperature=5:1: expected CHANNEL=LOW:HIGH", "--range", "temperature=5:1")]
    [InlineData("--range pressure: the model has no channel of that name; it reads ax, ay, az, temperature", "--range", "pressure=0:1")]
    [InlineData("named twice", "--range", "ax=0:1", "--range", "ax=0:2")]
    [InlineData("--threshold fixed: needs --level L, or --fixed-from-data", "--threshold", "fixed")]
    [InlineData("--fixed-from-data does not go with --two-sided", "--fixed-from-data", "--two-sided")]
    [InlineData("--counts: ", "--counts")]
    [InlineData("--rate 0: expected", "--rate", "0")]
    [InlineData("absent.json: there is no such file", "--settings", "absent.json")]
    [InlineData("--late-ms: LateMs is 5, expected 0 to 0", "--late-ms", "5")]
    public void Wrong_option_is_refused_and_nothing_written(string reason, params string[] options)
    {
        using Workspace workspace = new();
        CalibratedPump.Calibrate(workspace, options).FailsWith(reason);
        Assert.False(File.Exists(workspace.Path("watch.ernn")));
    }

    [Fact]
    public void Wrong_file_is_refused_and_an_existing_model_stays()
    {
        using Workspace workspace = new();
        string model = CalibratedPump.Model(workspace), normal = CalibratedPump.Normal(workspace),
            watch = workspace.Text("watch.ernn", "mine");
        CliRun.Of("calibrate", model, "--data", normal, "-o", model).FailsWith("is also an input");
        CliRun.Of("calibrate", model, "--data", normal, "-o", workspace.Path("watch.bin")).FailsWith("ends in .ernn");
        CliRun.Of("calibrate", model, "--data", "absent.csv", "-o", watch).FailsWith("absent.csv");
        CliRun.Of("calibrate", normal, "--data", normal, "-o", watch).FailsWith("normal.csv: ");
        string brief = workspace.Text("brief.csv", string.Join('\n', File.ReadLines(normal).Take(60)));
        CliRun.Of("calibrate", model, "--data", brief, "-o", watch).FailsWith("brief.csv: 59 steps give", "record normal operation for longer");
        Assert.Equal("mine", File.ReadAllText(watch));
    }

    [Fact]
    public void Data_that_is_not_normal_is_warned_of()
    {
        using Workspace workspace = new();
        string model = CalibratedPump.Model(workspace);
        CliRun run = CliRun.Of("calibrate", model, "--data", CalibratedPump.Stream, "-o", workspace.Path("watch.ernn")).Succeeds();
        Assert.Contains("the recording itself raises alarms", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspection_shows_the_detector_and_its_bytes_per_channel()
    {
        using Workspace workspace = new();
        string watch = CalibratedPump.Watch(workspace, "--threshold", "sigma");
        CliRun text = CliRun.Of("inspect", watch).Succeeds();
        foreach (string part in new[] { "detector", "scored ", "mean + 5 standard deviations", "bytes of detector state", "per channel" })
            Assert.Contains(part, text.Output, StringComparison.Ordinal);
        JsonElement detector = CliRun.Of("inspect", watch, "--json").Succeeds().Json().GetProperty("model").GetProperty("detector");
        Assert.Equal(4, detector.GetProperty("channels").GetInt32());
        Assert.Equal(new Detector(Model.Load(watch)).StateBytes, detector.GetProperty("stateBytes").GetInt32());
        Assert.False(detector.GetProperty("usesFloats").GetBoolean());
        Assert.Equal("sigma", detector.GetProperty("settings").GetProperty("threshold").GetString());
    }

    [Theory]
    [InlineData("spot")]
    [InlineData("dspot")]
    [InlineData("dynamic")]
    public void Threshold_that_computes_in_floats_on_a_device_is_said_to(string method)
    {
        using Workspace workspace = new();
        Assert.Contains("computes in floating point on the device", CalibratedPump.Calibrate(workspace, "--threshold", method).Succeeds()
            .Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Setting_out_of_range_names_the_file_that_it_stands_in()
    {
        using Workspace workspace = new();
        string settings = workspace.Text("s.json", """{"votes": 3}""");
        CalibratedPump.Calibrate(workspace, "--settings", settings).FailsWith("s.json: votes is 3, expected 1 to 1");
        CalibratedPump.Calibrate(workspace, "--settings", settings, "--votes", "7/5").FailsWith("--votes: Votes is 7, expected 1 to 5");
        CliRun.Of("detect", workspace.Path("pump.ernn"), "--data", CalibratedPump.Stream, "--settings", settings)
            .FailsWith("s.json: votes is 3, expected 1 to 1");
    }

    [Fact]
    public void Recording_out_of_a_given_range_is_said_to_be() // else "0 scores" alone is a riddle
    {
        using Workspace workspace = new();
        CalibratedPump.Calibrate(workspace, "--range", "temperature=50:51")
            .FailsWith("normal.csv: 3000 steps give 0 scores", "temperature has no good reading in 3000 of them, first out of range", "--range");
    }
}
