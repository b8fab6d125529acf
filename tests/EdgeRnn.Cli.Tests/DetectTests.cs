using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;

namespace EdgeRnn.Cli.Tests;

public sealed class DetectTests
{
    // A tenth of a second: the forecast error leaves its normal range with the first bad samples.
    private const int MostDelay = 10;

    [Fact]
    public void Bearing_fault_is_found_within_a_tenth_of_a_second_and_nothing_before()
    {
        using Workspace workspace = new();
        JsonElement json = Detect(CalibratedPump.Watch(workspace), "--json").Succeeds().Json();
        JsonElement first = json.GetProperty("alarms")[0];
        Assert.InRange(first.GetProperty("begin").GetInt32(), CalibratedPump.FaultStep, CalibratedPump.FaultStep + MostDelay);
        Assert.True(first.GetProperty("end").GetInt32() >= CalibratedPump.StopStep - 1);
        Assert.True(first.GetProperty("peakScore").GetDouble() > 3 * first.GetProperty("threshold").GetDouble());
        Assert.Contains(first.GetProperty("channels")[0].GetProperty("name").GetString(), new[] { "ax", "ay", "az" });
        Assert.Equal(0, json.GetProperty("faults").GetArrayLength()); // neither a shaking nor a standing pump is a broken sensor
        Assert.True(json.GetProperty("isAlarming").GetBoolean());      // it stands, and cools
    }

    [Fact]
    public void Integer_model_finds_the_same_fault()
    {
        using Workspace workspace = new();
        string model = CalibratedPump.Model(workspace, "--scheme", "w8a16", "--calibration", CalibratedPump.Stream),
            watch = workspace.Path("w.ernn");
        CliRun.Of("calibrate", model, "--data", CalibratedPump.Normal(workspace), "-o", watch).Succeeds();
        JsonElement first = Detect(watch, "--json").Succeeds().Json().GetProperty("alarms")[0];
        Assert.InRange(first.GetProperty("begin").GetInt32(), CalibratedPump.FaultStep, CalibratedPump.FaultStep + MostDelay);
        Detect(watch, "--counts").FailsWith("step 0, feature 0: 0.1354 is no whole number", "leave out --counts");
    }

    [Fact]
    public void Scores_are_written_with_the_times_of_the_stream()
    {
        using Workspace workspace = new();
        string scores = workspace.Path("scores.csv");
        CliRun run = Detect(CalibratedPump.Watch(workspace), "--output", scores).Succeeds();
        Assert.Contains("step 4,20", run.Output, StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(scores), cells = lines[1 + CalibratedPump.FaultStep + MostDelay].Split(',');
        Assert.Equal("step,time,score,threshold,lower threshold,state,alarm,fault ax,fault ay,fault az,fault temperature," +
            "share ax,share ay,share az,share temperature", lines[0]);
        Assert.Equal(File.ReadLines(CalibratedPump.Stream).Count(), lines.Length);
        Assert.Equal(["4210", "42.10"], cells[..2]);
        Assert.Equal(["alarm", "1"], cells[5..7]);
        Assert.InRange(cells[^4..].Sum(int.Parse), 97, 103); // four numbers rounded to whole percents
        Assert.Equal(["0", "0.00", "", "", "", "warming up", "0"], lines[1].Split(',')[..7]);
    }

    [Fact]
    public void Faults_are_listed_with_channel_kind_and_steps()
    {
        using Workspace workspace = new();
        string[] lines = File.ReadAllLines(CalibratedPump.Stream);
        Edit(2000, 2004, cells => cells[1] = "");
        Edit(2600, 2600, cells => cells[3] = "900");
        Edit(5000, 5002, cells => cells[1] = cells[2] = cells[3] = cells[4] = "");
        string faulty = workspace.Text("faulty.csv", string.Join('\n', lines));
        CliRun run = CliRun.Of("detect", CalibratedPump.Watch(workspace), "--data", faulty, "--json").Succeeds();
        string[] faults = [.. run.Json().GetProperty("faults").EnumerateArray().Select(fault => $"{fault.GetProperty("channel")} " +
            $"{fault.GetProperty("kind")} {fault.GetProperty("begin")}-{fault.GetProperty("end")}")];
        Assert.Equal(["ax notANumber 2000-2004", "az outOfRange 2600-2600", "ax dropout 5000-5002", "ay dropout 5000-5002",
            "az dropout 5000-5002",
            "temperature dropout 5000-5002"], faults);
        Assert.InRange(run.Json().GetProperty("alarms")[0].GetProperty("begin")
            .GetInt32(), CalibratedPump.FaultStep, CalibratedPump.FaultStep + MostDelay);

        void Edit(int from, int to, Action<string[]> change)
        {
            for (int step = from; step <= to; step++)
            {
                string[] cells = lines[1 + step].Split(',');
                change(cells);
                lines[1 + step] = string.Join(',', cells);
            }
        }
    }

    [Fact]
    public void Stream_in_parts_with_a_state_gives_what_it_gives_in_one()
    {
        using Workspace workspace = new();
        string watch = CalibratedPump.Watch(workspace), state = workspace.Path("watch.state"), whole = workspace.Path("whole.csv");
        Detect(watch, "--output", whole).Succeeds();
        string[] lines = File.ReadAllLines(CalibratedPump.Stream);
        List<string> parts = [];
        // Cut while it warms up, while it learns, and during the alarm.
        foreach ((int from, int to) in new[] { (0, 20), (20, 900), (900, 4300), (4300, lines.Length - 1) })
        {
            string part = workspace.Text("part.csv", string.Join('\n', lines[1..][from..to].Prepend(lines[0]))),
                scores = workspace.Path("part-scores.csv");
            CliRun run = CliRun.Of("detect", watch, "--data", part, "--state", state, "--output", scores).Succeeds();
            Assert.Equal(from > 0, run.Output.Contains("continued from", StringComparison.Ordinal));
            parts.AddRange(File.ReadLines(scores).Skip(1));
        }
        Assert.Equal(File.ReadLines(whole).Skip(1).Select(WithoutStep), parts.Select(WithoutStep));

        static string WithoutStep(string line) => line[line.IndexOf(',', StringComparison.Ordinal)..];
    }

    [Fact]
    public void State_of_another_detector_is_refused()
    {
        using Workspace workspace = new();
        string state = workspace.Path("watch.state");
        Detect(CalibratedPump.Watch(workspace), "--state", state).Succeeds();
        Detect(CalibratedPump.Watch(workspace, "--alpha", "0.3"), "--state", state)
            .FailsWith("watch.state: ", "other detector settings", "delete the file");
        Detect(workspace.Path("watch.ernn"), "--state", workspace.Text("text.state", "not a state")).FailsWith("text.state: ");
    }

    [Fact]
    public void Picture_is_drawn_of_the_stream()
    {
        using Workspace workspace = new();
        string plot = workspace.Path("pump.svg");
        Detect(CalibratedPump.Watch(workspace), "--plot", plot, "--rate", "100").Succeeds();
        string[] texts = [.. XDocument.Load(plot).Descendants().Where(element => !element.HasElements).Select(element => element.Value)];
        foreach (string text in new[] { "pump vibration forecaster, stream.csv", "score", "alarm", "learning", "temperature", "seconds" })
            Assert.Contains(text, texts);
    }

    [Fact]
    public void Settings_of_ones_own_take_the_place_of_those_in_the_file()
    {
        using Workspace workspace = new();
        string model = CalibratedPump.Model(workspace);
        Detect(model).FailsWith("holds no detector", "edgernn calibrate", "--settings FILE.json");
        string settings = workspace.Text("own.json", """{"threshold": "fixed", "level": 0.7}""");
        JsonElement json = Detect(model, "--settings", settings, "--json").Succeeds().Json();
        Assert.Equal(0.7, json.GetProperty("threshold").GetDouble(), 1e-4); // in units of 2^-16
        Detect(model, "--settings", workspace.Text("bad.json", """{"level": 99}""")).FailsWith("bad.json: level is 99, expected 0 to 1");
    }

    [Theory]
    [InlineData("expected a file name that ends in .csv", "--output", "scores.txt")]
    [InlineData("expected a file name that ends in .svg", "--plot", "plot.png")]
    [InlineData("--rate -1", "--rate", "-1")]
    [InlineData("absent.json: there is no such file", "--settings", "absent.json")]
    public void Wrong_option_is_refused(string reason, params string[] options)
    {
        using Workspace workspace = new();
        Detect(CalibratedPump.Watch(workspace), options).FailsWith(reason);
    }

    [Fact]
    public void Input_is_never_replaced_by_an_output()
    {
        using Workspace workspace = new();
        string watch = CalibratedPump.Watch(workspace), normal = workspace.Path("normal.csv");
        CliRun.Of("detect", watch, "--data", normal, "--output", normal).FailsWith("is also an input");
        CliRun.Of("detect", watch, "--data", normal, "--state", watch).FailsWith("is also an input");
        CliRun.Of("detect", watch, "--data", "absent.csv").FailsWith("absent.csv");
    }

    private static CliRun Detect(string model, params string[] options) =>
        CliRun.Of(["detect", model, "--data", CalibratedPump.Stream, .. options]);

    [Fact]
    public void Times_of_a_recording_are_said_to_be_not_judged_where_a_device_judges_them()
    {
        using Workspace workspace = new();
        Assert.Equal("", Detect(CalibratedPump.Watch(workspace)).Succeeds().Error);
        CliRun run = Detect(CalibratedPump.Watch(workspace, "--period-ms", "10", "--late-ms", "5")).Succeeds();
        Assert.Contains("note: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("a row without values for a missed one", run.Error, StringComparison.Ordinal);
    }
}
