using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>What the service says of itself while things go wrong.</summary>
[Collection(PiCollection.Name)]
public sealed partial class ServiceTests
{
    [Fact]
    public async Task Health_turns_with_a_sensor_that_goes_away_and_comes_back()
    {
        await using PiRun run = new();
        run.Pump.TakeAway(3, 5);
        foreach (double second in new[] { 0.02, 2, 4, 8 }) run.StopAt(second);
        await run.Start();

        await run.Reach(0.02);
        Assert.Equal(503, (await run.Get("healthz")).Status); // the sensor is being started
        run.GoOn(0.02);
        await run.Reach(2);
        Assert.Equal((200, "ok\n"), await run.Get("healthz"));
        run.GoOn(2);
        await run.Reach(4);
        (int status, string text) = await run.Get("healthz");
        Assert.Equal(503, status);
        Assert.Contains("MPU-6050: no device answers at this address", text, StringComparison.Ordinal);
        run.GoOn(4);
        await run.Reach(8);
        Assert.Equal((200, "ok\n"), await run.Get("healthz"));

        await run.End(8);
        Assert.Contains(run.Logs, line => line.StartsWith("Error: sensor fault began at 3.", StringComparison.Ordinal));
        Assert.Contains(run.Logs, line => line.StartsWith("Information: sensor fault ended at 5.", StringComparison.Ordinal));
        Assert.Contains(run.Logs, line => line.StartsWith("Warning: MPU-6050 was started again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_says_so_where_samples_stay_away_without_a_fault()
    {
        await using PiRun run = new();
        run.StopAt(2);
        await run.Start();
        await run.Reach(2);
        HealthReport report = HealthReport.Of(run.Host.Program, true, -1_000_000);
        Assert.False(report.IsHealthy);
        Assert.StartsWith("no sample for ", report.Text, StringComparison.Ordinal);
        Assert.Equal(new HealthReport(false, "the loop does not run: the service starts or stops"), HealthReport.Of(run.Host.Program, false, 1_000_000));
    }

    [Fact]
    public async Task An_alarm_shows_on_its_pin_in_the_log_and_in_the_metrics()
    {
        await using PiRun run = new();
        run.StopAt(Pump.FaultSeconds - 1);
        run.StopAt(52);
        await run.Start();
        await run.Reach(Pump.FaultSeconds - 1);
        Assert.Equal(0, (await Metrics(run))["edgernn_alarm"]);
        run.GoOn(Pump.FaultSeconds - 1);
        await run.Reach(52);

        Assert.InRange((await Metrics(run))["edgernn_alarms_total"], 1, 100);
        Assert.Equal(200, (await run.Get("healthz")).Status);
        await run.End(52);
        string began = run.Logs.First(line => line.Contains("alarm began", StringComparison.Ordinal));
        Assert.Matches(@"^Warning: alarm began at 4\d\.\d{3} s: score \S+ above \S+; a[xyz] \d+ %, ", began);
        (long at, bool isHigh) = run.Pump.Board.Pin(PumpBoard.AlarmPin).Edges[0];
        Assert.True(isHigh);
        Assert.InRange(at, Pump.FaultSeconds * 1_000_000L, 52_000_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_press_of_the_button_ends_the_alarm_and_the_beeps(bool isActiveLow)
    {
        const double Seen = 51, Pressed = 51.5, Over = 52;
        await using PiRun run = new();
        run.StopAt(Seen);
        run.StopAt(Over);
        run.Pump.At(Seen + 0.001, () => run.Pump.Board.Pin(23).Drive(!isActiveLow));
        run.Pump.At(Pressed, () => run.Pump.Board.Pin(23).Drive(isActiveLow));
        await run.Start(more: $$""", "buzzer": { "pin": 22 }, "button": { "pin": 23, "activeLow": {{(isActiveLow ? "true" : "false")}} }""");
        await run.Reach(Seen);
        int edges = run.Pump.Board.Pin(22).Edges.Count;
        Assert.True(edges > 0, "the alarm has to beep");
        Assert.False(run.Host.Program.Loop.Buzzer!.IsSilenced);
        run.GoOn(Seen);
        await run.Reach(Over);
        Assert.True(run.Host.Program.Loop.Buzzer!.IsSilenced);
        await run.End(Over);
        Assert.DoesNotContain(run.Pump.Board.Pin(22).Edges, edge => edge.IsHigh && edge.AtMicros > 51_600_000);
        Assert.Contains(run.Logs, line => line.StartsWith("Information: alarm ended at 51.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_are_Prometheus_text_and_count_what_happened()
    {
        await using PiRun run = new();
        run.Pump.Trouble();
        run.StopAt(40);
        await run.Start();
        await run.Reach(40);
        Dictionary<string, double> metrics = await Metrics(run);
        LoopCounters counters = run.Host.Program.Loop.Counters;

        Assert.Equal(counters.Samples, metrics["edgernn_steps_total"]);
        Assert.Equal(counters.MissingSamples, metrics["edgernn_missing_samples_total"]);
        Assert.InRange(metrics["edgernn_late_ticks_total"], 1, 1000);
        Assert.InRange(metrics["edgernn_worst_late_seconds"], 1.0, 1.3); // the clock was held for 1.234567 s
        Assert.InRange(metrics["edgernn_sensor_faults_total"], 1, 10_000);
        Assert.InRange(metrics["edgernn_sensor_restarts_total"], 1, 1000);
        Assert.Equal(5, metrics["edgernn_state_saves_total"]); // every 7 s
        Assert.Equal(1, metrics["edgernn_build_info"]);
        Assert.InRange(metrics["edgernn_threshold"], 0.001, 1000);
    }

    [Fact]
    public async Task Missed_deadlines_are_counted_and_logged()
    {
        await using PiRun run = new();
        run.Pump.At(1.000001, () => run.Pump.Time.Advance(240_000)); // turns of 50 ms
        run.StopAt(3);
        await run.Start();
        await run.End(3);
        int late = run.Host.Program.Loop.Counters.LateTicks;
        Assert.InRange(late, 3, 4); // the clock was held somewhere in a turn
        Assert.Contains(run.Logs, line => line.StartsWith($"Warning: {late} deadlines were missed, {late} in all", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_but_health_metrics_and_stream_is_served()
    {
        await using PiRun run = new();
        run.StopAt(1);
        await run.Start();
        Assert.Equal(404, (await run.Get("")).Status);
        Assert.Equal(404, (await run.Get("healthz/../edgernn.json")).Status);
        Assert.True(run.Host.Address.IsLoopback);
    }

    [Fact]
    public async Task The_start_says_what_the_program_was_built_with()
    {
        await using PiRun run = new();
        run.StopAt(1);
        await run.Start();
        string line = run.Logs.First();
        Assert.Contains("with contracts on simulated board", line, StringComparison.Ordinal);
        Assert.Contains("self-test passed", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_in_use_is_one_line()
    {
        await using PiRun first = new(), second = new();
        first.StopAt(1);
        await first.Start();
        PiSettings taken = SettingsFile.Parse("edgernn.json", $$"""{ "model": "{{first.Folder}}/model.ernn", "sensor": {{PiRun.Sensor}}, "health": { "address": "{{first.Host.Address.Authority}}" } }""", null);
        await using PiHost host = PiHost.Create(taken, new HostParts { Board = second.Pump.Board, Lines = second, Logs = second });
        PiException error = await Assert.ThrowsAsync<PiException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("edgernn.json: health.address: expected an address of this system that is free, found 127.0.0.1:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_another_system_is_one_line()
    {
        await using PiRun run = new();
        using PiFolder folder = new(Pump.Model);
        PiSettings wrong = SettingsFile.Parse("edgernn.json", $$"""{ "model": "{{folder.Model}}", "sensor": {{PiRun.Sensor}}, "health": { "address": "192.0.2.1:8077" } }""", null);
        await using PiHost host = PiHost.Create(wrong, new HostParts { Board = run.Pump.Board, Lines = run, Logs = run });
        PiException error = await Assert.ThrowsAsync<PiException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("edgernn.json: health.address: expected an address of this system that is free, found 192.0.2.1:8077: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_samples_are_no_silence()
    {
        await using PiRun run = new();
        run.StopAt(2);
        await run.Start();
        await run.Reach(2);
        // The latest sample is at most a turn and the read of the FIFO old: three turns of 50 ms are more than that.
        Assert.Equal(new HealthReport(true, "ok"), HealthReport.Of(run.Host.Program, true, 0));
    }

    [Fact]
    public async Task A_watchdog_shorter_than_two_turns_is_refused()
    {
        await using PiRun run = new() { WatchdogMicros = 99_999 };
        PiException error = await Assert.ThrowsAsync<PiException>(() => run.Create());
        Assert.StartsWith("WatchdogSec of the unit: expected at least 0.1, two turns of the loop, found 0.099999; enlarge it", error.Message, StringComparison.Ordinal);
        await using PiRun longer = new() { WatchdogMicros = 100_000 };
        await longer.Create();
    }

    // Every line is a comment or a sample; every sample has HELP and TYPE before it.
    private static async Task<Dictionary<string, double>> Metrics(PiRun run)
    {
        (int status, string text) = await run.Get("metrics");
        Assert.Equal(200, status);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Dictionary<string, double> values = [];
        HashSet<string> helped = [], typed = [];
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            Match sample = SamplePattern().Match(line);
            if (line.StartsWith("# HELP ", StringComparison.Ordinal)) Assert.True(helped.Add(line.Split(' ')[2]));
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                Assert.True(typed.Add(line.Split(' ')[2]));
                Assert.Contains(line.Split(' ')[3], new[] { "counter", "gauge" });
                Assert.Equal(line.Split(' ')[3] == "counter", line.Split(' ')[2].EndsWith("_total", StringComparison.Ordinal));
            }
            else
            {
                Assert.True(sample.Success, line);
                string name = sample.Groups[1].Value;
                Assert.True(helped.Contains(name) && typed.Contains(name), line);
                values.Add(name, double.Parse(sample.Groups[2].Value, CultureInfo.InvariantCulture));
            }
        }
        return values;
    }

    [GeneratedRegex("""^([a-z_]+)(?:\{[a-z_]+="[^"\n]*"(?:,[a-z_]+="[^"\n]*")*\})? (-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)$""")]
    private static partial Regex SamplePattern();
}
