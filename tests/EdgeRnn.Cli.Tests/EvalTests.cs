using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Tests;

/// <summary>The verb eval on tiny folders of invented numbers.</summary>
public sealed class EvalTests : IDisposable
{
    private const int Seed = 3;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Skab_shows_the_detector_beside_trivial_ones()
    {
        CliRun run = CliRun.Of("eval", "skab", "--data", Skab(), "--models", _workspace.Identity(8)).Succeeds();
        foreach (string text in new[] { "SKAB, 2 recordings", "FAR", "MAR", "MCC", "ROC-AUC", "reference rule", "chosen: ", "always alarm", "smoothed |z|", "seed 1" })
            Assert.Contains(text, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Skab_gives_one_json_document()
    {
        JsonElement json = CliRun.Of("eval", "skab", "--data", Skab(), "--models", _workspace.Identity(8), "--seed", "5", "--json").Succeeds().Json();
        Assert.Equal((2, 5), (json.GetProperty("recordings").GetInt32(), json.GetProperty("seed").GetInt32()));
        JsonElement[] detectors = [.. json.GetProperty("detectors").EnumerateArray()];
        Assert.Equal(6, detectors.Length);
        Assert.All(detectors, detector => Assert.Equal(2 * 200, Rows(detector)));
        Assert.Equal(1, detectors.Single(detector => Text(detector) == "always alarm").GetProperty("falseAlarmRate").GetDouble());
        // The shift is 10 deviations: whoever averages levels sees it.
        Assert.True(detectors[1].GetProperty("mcc").GetDouble() > 0.8, $"seed {Seed}: {detectors[1]}");
    }

    [Fact]
    public void Nab_shows_scores_rows_and_trivial_detectors()
    {
        CliRun run = CliRun.Of("eval", "nab", "--data", Nab()).Succeeds();
        foreach (string text in new[] { "NAB, 2 series with 1 windows", "the forecaster that ships", "standard", "reward_low_FN_rate", "upper bound", "ROC-AUC", "always alarm" })
            Assert.Contains(text, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nab_gives_one_json_document()
    {
        JsonElement json = CliRun.Of("eval", "nab", "--data", Nab(), "--scheme", "w8a16", "--json").Succeeds().Json();
        Assert.Equal("w8a16", json.GetProperty("scheme").GetString());
        JsonElement[] detectors = [.. json.GetProperty("detectors").EnumerateArray()];
        Assert.Equal(6, detectors.Length);
        Assert.All(detectors, detector => Assert.Equal(3, detector.GetProperty("profiles").GetArrayLength()));
    }

    [Fact]
    public void Csv_shows_rows_and_events()
    {
        CliRun run = CliRun.Of("eval", "csv", "--data", Csv("a.csv"), "--models", Calibrated()).Succeeds();
        foreach (string text in new[] { "1 recordings; the first 100 rows", "ROC-AUC", "events noticed", "1 of 1", "always alarm" })
            Assert.Contains(text, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_gives_one_json_document_with_texts_for_what_is_no_number()
    {
        // No row is anomalous: there is no missed alarm rate, no AUC and no delay.
        string data = _workspace.Text("quiet.csv", "x,anomaly\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i % 3},0\n")));
        JsonElement json = CliRun.Of("eval", "csv", "--data", data, "--models", Calibrated(), "--json").Succeeds().Json();
        JsonElement detector = json.GetProperty("detectors")[0];
        Assert.Equal("NaN", detector.GetProperty("rows").GetProperty("auc").GetString());
        Assert.Equal("NaN", detector.GetProperty("medianDelaySteps").GetString());
    }

    [Fact]
    public void Csv_takes_a_folder_and_a_named_label()
    {
        string folder = Folder("recordings");
        File.WriteAllText(Path.Combine(folder, "one.csv"), File.ReadAllText(Csv("a.csv")).Replace("anomaly", "broken", StringComparison.Ordinal));
        JsonElement json = CliRun.Of("eval", "csv", "--data", folder, "--models", Calibrated(), "--label", "broken", "--training-rows", "120", "--json")
            .Succeeds().Json();
        Assert.Equal(120, json.GetProperty("trainingRows").GetInt32());
        Assert.Equal(80, Rows(json.GetProperty("detectors")[0].GetProperty("rows")));
    }

    [Fact]
    public void Rows_scored_while_the_detector_learns_are_warned_of()
    {
        CliRun run = CliRun.Of("eval", "csv", "--data", Csv("a.csv"), "--models", Calibrated(), "--training-rows", "50").Succeeds();
        Assert.Contains("warning: --training-rows 50: the detector learns in the first 100 rows", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_protocol_is_refused() => Fails(["eval", "yahoo", "--data", _workspace.Root], "eval yahoo", "skab, nab or csv");

    [Theory]
    [InlineData("skab")]
    [InlineData("nab")]
    [InlineData("csv")]
    public void Missing_folder_is_refused(string protocol) => Fails(["eval", protocol, "--data", _workspace.Path("absent")], "there is no such folder or file");

    [Fact]
    public void Folder_of_something_else_is_refused()
    {
        Fails(["eval", "skab", "--data", _workspace.Root], "holds no recording");
        Fails(["eval", "nab", "--data", _workspace.Root], "combined_windows.json");
        Fails(["eval", "csv", "--data", _workspace.Root, "--models", "m.ernn"], "holds no .csv");
    }

    [Fact]
    public void Series_without_a_model_is_named()
    {
        string models = Folder("models");
        File.Copy(_workspace.Identity(8), Path.Combine(models, "valve1_0.ernn"));
        Fails(["eval", "skab", "--data", Skab(), "--models", models], "no model for valve1/1");
    }

    [Fact]
    public void Model_with_other_channels_is_refused()
    {
        string model = _workspace.Identity(2);
        Fails(["eval", "skab", "--data", Skab(), "--models", model], "has 8 channels", "reads 2");
        Fails(["eval", "skab", "--data", Skab()], "has 8 channels", "forecaster.pt reads 1");
        Fails(["eval", "nab", "--data", Nab(), "--models", model], "has 1 channels", "reads 2");
        Fails(["eval", "csv", "--data", Csv("a.csv"), "--models", model], "has 1 channels", "reads 2");
    }

    [Fact]
    public void Options_of_another_protocol_are_refused()
    {
        Fails(["eval", "nab", "--data", Nab(), "--choose"], "--choose: goes with skab");
        Fails(["eval", "nab", "--data", Nab(), "--training-rows", "5"], "go with csv");
        Fails(["eval", "skab", "--data", Skab(), "--label", "x"], "go with csv");
        Fails(["eval", "csv", "--data", Csv("a.csv"), "--training-rows", "-1"], "expected at least 0");
        Fails(["eval", "nab", "--data", Nab(), "--scheme", "w3"], "--scheme w3");
    }

    [Fact]
    public void Choice_without_the_normal_run_is_refused() =>
        Fails(["eval", "skab", "--data", Skab(), "--models", _workspace.Identity(8), "--choose"], "anomaly-free.csv is missing");

    [Fact]
    public void Csv_without_labels_is_refused()
    {
        string data = _workspace.Text("plain.csv", "x,y\n1,2\n3,4\n");
        Fails(["eval", "csv", "--data", data, "--models", Calibrated()], "plain.csv", "'anomaly' is missing");
    }

    [Fact]
    public void Csv_too_short_to_score_is_refused()
    {
        string data = _workspace.Text("short.csv", "x,anomaly\n1,0\n3,1\n");
        Fails(["eval", "csv", "--data", data, "--models", Calibrated()], "short: 2 rows; the first 100 train");
    }

    [Fact]
    public void Model_without_detector_settings_is_refused() =>
        Fails(["eval", "csv", "--data", Csv("a.csv"), "--models", _workspace.Identity(1)], "holds no detector settings", "edgernn calibrate");

    private static void Fails(string[] args, params string[] parts) => CliRun.Of(args).FailsWith(parts);

    private static string Text(JsonElement detector) => detector.GetProperty("detector").GetString()!;

    private static long Rows(JsonElement detector) => detector.GetProperty("rows").EnumerateObject().Sum(count => count.Value.GetInt64());

    private string Folder(string name) => Directory.CreateDirectory(_workspace.Path(name)).FullName;

    // Two recordings of eight sensors: noise, and a shift of all of them by about ten deviations from row 500 on.
    private string Skab()
    {
        string folder = Directory.CreateDirectory(_workspace.Path(Path.Combine("skab", "valve1"))).FullName;
        Random random = new(Seed);
        for (int file = 0; file < 2; file++)
        {
            File.WriteAllText(Path.Combine(folder, $"{file}.csv"), "datetime;Accelerometer1RMS;Accelerometer2RMS;Current;Pressure;Temperature;" +
                "Thermocouple;Voltage;Volume Flow RateRMS;anomaly\n" + string.Concat(Enumerable.Range(0, 600).Select(row =>
                $"t{row};{string.Join(';', Enumerable.Range(0, 8).Select(_ => (random.NextDouble() + (row < 500 ? 0 : 3)).ToString("R")))};{(row < 500 ? 0 : 1)}\n")));
        }
        return Path.GetDirectoryName(folder)!;
    }

    // Two series of 300 rows, one with a jump in its window.
    private string Nab()
    {
        string folder = Folder("nab");
        Random random = new(Seed);
        DateTime start = new(2020, 1, 1);
        for (int file = 0; file < 2; file++)
        {
            File.WriteAllText(Path.Combine(folder, $"{file}.csv"), "timestamp,value\n" + string.Concat(Enumerable.Range(0, 300).Select(row =>
                $"{start.AddMinutes(row):yyyy-MM-dd HH:mm:ss},{(random.NextDouble() + (file == 0 && row is >= 200 and < 205 ? 9 : 0)).ToString("R")}\n")));
        }
        File.WriteAllText(Path.Combine(folder, "combined_windows.json"), "{\"0.csv\": [[\"" +
            $"{start.AddMinutes(190):yyyy-MM-dd HH:mm:ss}\", \"{start.AddMinutes(219):yyyy-MM-dd HH:mm:ss}\"]], \"1.csv\": []}}");
        return folder;
    }

    // A sensor that swings between 0 and 2, and jumps to 9 in rows 150 to 169 of 200.
    private string Csv(string name) => _workspace.Text(name, "x,anomaly\n" +
        string.Concat(Enumerable.Range(0, 200).Select(row => row is >= 150 and < 170 ? $"{9 + row % 3},1\n" : $"{row % 3},0\n")));

    // "Nothing changes", judged by the level, learnt in the first 100 rows.
    private string Calibrated() => _workspace.Bytes("calibrated.ernn", DetectorSection.Write(File.ReadAllBytes(_workspace.Identity(1)),
        new DetectorSettings { Kind = ScoreKind.Level, WarmUpSteps = 10, ThresholdSteps = 90 }));
}
