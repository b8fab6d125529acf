using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace EdgeRnn.Cli.Tests;

public sealed class SimulateTests
{
    // The shipped electrocardiogram, and nothing expected but what a test adds.
    private const string Short = """
        title: A heart
        duration: 20 s
        rate: 360
        sensor: { kind: ads1115, inputs: ain0, conversionsPerSecond: 860, continuous: true }
        channels: [ain0]
        counts: true
        sources: { heart: { kind: ecg } }
        signals: { ain0: heart.counts * 0.0000625 }
        expect: [ EXPECTED ]
        """;

    private static string Model => Path.Combine(AppContext.BaseDirectory, "models", "ecg.ernn");

    [Fact]
    public void A_scenario_that_ships_meets_its_expectations_by_its_name()
    {
        CliRun run = CliRun.Of("simulate", "ecg");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("An electrocardiogram with ventricular beats: ecg.yaml, seed 1, ecg.ernn, simulated\n", run.Output,
            StringComparison.Ordinal);
        Assert.Contains("no alarm before t=15.5: met, from 0 s to 15.5 s\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("pin 17 high: alarm on", run.Output, StringComparison.Ordinal);
        Assert.Contains("60 s of device time in", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void Those_that_ship_are_listed_with_their_titles() =>
        Assert.Contains("ecg                  An electrocardiogram with ventricular beats\n", CliRun.Of("simulate", "--list").Output,
            StringComparison.Ordinal);

    [Fact]
    public void An_expectation_that_is_not_met_is_exit_code_3()
    {
        using Workspace workspace = new();
        CliRun run = Run(workspace, "alarm within 2 s of t=10");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("alarm within 2 s of t=10: NOT MET, not until 12 s\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_document_has_the_verdicts_and_what_happened()
    {
        using Workspace workspace = new();
        CliRun run = Run(workspace, "alarm after t=15", "--json", "--seed", "7");
        JsonElement document = run.Json();
        Assert.Equal(7, document.GetProperty("seed").GetInt32());
        Assert.True(document.GetProperty("verdicts")[0].GetProperty("met").GetBoolean());
        Assert.Contains(document.GetProperty("events").EnumerateArray(), happened => happened.GetProperty("kind")
            .GetString() == "AlarmBegan");
        Assert.Equal(7200, document.GetProperty("samples").GetInt32() + document.GetProperty("missingSamples").GetInt32(),
            10.0); // the converter starts first
    }

    [Fact]
    public void A_trace_is_the_same_bytes_in_another_process()
    {
        using Workspace workspace = new();
        string scenario = workspace.Text("heart.yaml", Short.Replace("EXPECTED", "alarm", StringComparison.Ordinal));
        string here = workspace.Path("here.csv"), there = workspace.Path("there.csv");
        Assert.Equal(0, CliRun.Of("simulate", scenario, "--model", Model, "--trace", here).ExitCode);
        Assert.Equal(0, EdgernnProcess.Run(workspace.Root, "simulate", scenario, "--model", Model, "--trace", there).ExitCode);
        Assert.Equal(File.ReadAllBytes(here), File.ReadAllBytes(there));
        Assert.Contains($"{here}: the same\n", CliRun.Of("simulate", scenario, "--model", Model, "--compare", here).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_cannot_start_leaves_the_trace_there_is()
    {
        using Workspace workspace = new();
        string trace = workspace.Text("trace.csv", "time\n"), model = workspace.Text("no.ernn", "no model");
        CliRun.Of("simulate", "ecg", "--model", model, "--trace", trace).FailsWith("ecg.yaml");
        Assert.Equal("time\n", File.ReadAllText(trace));
    }

    [Fact]
    public void A_trace_that_differs_is_exit_code_3_and_named()
    {
        using Workspace workspace = new();
        string trace = workspace.Path("trace.csv");
        Run(workspace, "alarm", "--trace", trace);
        string[] rows = File.ReadAllLines(trace);
        rows[100] = rows[100].Replace(".", ",", StringComparison.Ordinal);
        File.WriteAllLines(trace, rows);
        CliRun run = Run(workspace, "alarm", "--compare", trace);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("differs, line 101, column time", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_limit_is_exit_code_42()
    {
        using Workspace workspace = new();
        CliRun run = Run(workspace, "alarm", "--time-limit", "0.000001");
        Assert.Equal(42, run.ExitCode);
        Assert.Contains("the time limit of 1E-06 s was reached at", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_one_line_and_exit_code_1()
    {
        using Workspace workspace = new();
        Run(workspace, "alram").FailsWith("heart.yaml:9: expect[0]: 'alram': expected one of alarm, sensor,");
        CliRun.Of("simulate", "bearng.yaml").FailsWith("bearng.yaml: expected a scenario, found no such file");
        CliRun.Of("simulate", "egc").FailsWith("did you mean ecg?");
        CliRun.Of("simulate").FailsWith("simulate: SCENARIO is missing");
        CliRun.Of("simulate", "ecg", "--model", workspace.Path("no.ernn")).FailsWith("expected a model: there is no such file");
        CliRun.Of("simulate", "ecg", "--speed", "0").FailsWith("--speed: expected a number from 0.01 to 1000000, found 0");
        CliRun.Of("simulate", "ecg", "--speed", "0.001", "--web").FailsWith("--speed: expected a number from 0.01");
        CliRun.Of("simulate", workspace.Text("heart.yaml", Short.Replace("EXPECTED", "alarm", StringComparison.Ordinal)))
            .FailsWith("names no model");
        CliRun.Of("simulate", "ecg", "--compare", workspace.Path("no.csv")).FailsWith("expected a trace: there is no such file");
        CliRun.Of("simulate", "ecg", "--compare", workspace.Text("other.csv", "a,b\n1,2\n")).FailsWith("expected a trace, whose first line");
        CliRun.Of("simulate", "ecg", "--time-limit", "0").FailsWith("--time-limit: expected seconds above 0, found 0");
        CliRun.Of("simulate", "ecg", "--realtime", "--speed", "2").FailsWith("--realtime is --speed 1, found both");
    }

    [Fact]
    public void A_simulated_sensor_is_recorded_with_the_columns_of_a_device()
    {
        using Workspace workspace = new();
        string scenario = workspace.Text("heart.yaml", Short.Replace("EXPECTED", "alarm", StringComparison.Ordinal));
        string first = workspace.Path("a.csv"), second = workspace.Path("b.csv");
        CliRun run = CliRun.Of("record", "--scenario", scenario, "-o", first, "--duration", "30", "--seed", "3");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("simulated", run.Output, StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(first);
        Assert.Equal("time,ain0", rows[0]);
        Assert.Equal(10_800, rows.Length - 1, 5.0); // 30 s of 360 samples, whose period is a whole number of microseconds
        CliRun.Of("record", "--scenario", scenario, "-o", second, "--samples", "100", "--seed", "3");
        Assert.Equal(rows.Take(101), File.ReadAllLines(second));
        CliRun.Of("record", "--port", "x", "--seed", "3", "-o", first).FailsWith("--seed goes with --scenario");
    }

    private static CliRun Run(Workspace workspace, string expected, params string[] more) => CliRun.Of(
        ["simulate", workspace.Text("heart.yaml", Short.Replace("EXPECTED", expected, StringComparison.Ordinal)), "--model", Model,
            .. more]);
}
