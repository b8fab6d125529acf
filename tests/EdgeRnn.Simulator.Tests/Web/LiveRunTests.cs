using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>A scenario that runs for a live page: its pace, what a person asks for, and what pages are told.</summary>
public class LiveRunTests
{
    // A wait, and the turn after it.
    private const double PaceTolerance = 0.07;

    [Theory]
    [InlineData(1, 5)]
    [InlineData(4, 5)]
    [InlineData(0.5, 10)]
    public void The_device_keeps_the_pace_that_was_asked_for(double speed, double seconds)
    {
        using RunByHand run = new(speed);
        run.Pass(seconds);
        Assert.InRange(run.DeviceSeconds, speed * (seconds - PaceTolerance) - PaceTolerance, speed * seconds + PaceTolerance);
        Assert.Equal(0, run.Run.Feed.Health.LatePaces);
        Assert.Null(run.Run.Feed.RunState.Hindrance);
    }

    [Fact]
    public void As_fast_as_it_can_never_waits()
    {
        using RunByHand run = new(speed: 0);
        run.Finish();
        Assert.Equal(0, run.Waits);
        Assert.Equal(50, run.DeviceSeconds);
    }

    [Fact]
    public void A_computer_that_is_too_slow_says_so_and_makes_up_for_nothing()
    {
        using RunByHand run = new(speed: 1) { TurnCostMicros = 30_000 }; // for 10 ms of the device
        run.Pass(6);
        Assert.InRange(run.DeviceSeconds, 1.8, 2.2);
        Assert.InRange(run.Run.Feed.Health.LatePaces, 1, 30);
        Assert.Equal(0, run.Run.Feed.Health.MissedDeadlines); // the device is not late
        Assert.StartsWith("this computer is too slow for x 1: it reaches x 0.3", run.Run.Feed.RunState.Hindrance, StringComparison.Ordinal);

        double before = run.DeviceSeconds;
        run.TurnCostMicros = 100;
        run.Pass(3);
        Assert.InRange(run.DeviceSeconds - before, 2.8, 3.4); // what had not been given up yet, and no more
        Assert.Null(run.Run.Feed.RunState.Hindrance);
    }

    [Fact]
    public void A_pause_stops_the_device_and_is_not_made_up_for()
    {
        using RunByHand run = new();
        run.Pass(2);
        Assert.Null(run.Do("pause"));
        double paused = run.DeviceSeconds;
        run.Pass(10);
        Assert.Equal(paused, run.DeviceSeconds);
        Assert.True(run.Run.Feed.RunState.IsPaused);

        Assert.Null(run.Do("resume"));
        run.Pass(1);
        Assert.InRange(run.DeviceSeconds - paused, 1 - 2 * PaceTolerance, 1 + 2 * PaceTolerance);
    }

    [Fact]
    public void A_step_makes_one_turn_while_it_is_paused()
    {
        using RunByHand run = new();
        run.Pass(1);
        Assert.Equal("step: pause first", run.Do("step"));
        run.Do("pause");
        double paused = run.DeviceSeconds;
        Assert.Null(run.Do("step"));
        Assert.Equal(paused + 0.01, run.DeviceSeconds, 1e-9);
    }

    [Fact]
    public void The_pace_may_change()
    {
        using RunByHand run = new();
        run.Pass(2);
        Assert.Null(run.Do("speed", 10, "10"));
        run.Pass(2);
        Assert.InRange(run.DeviceSeconds, 20, 23);
        Assert.Equal(10, run.Run.Feed.RunState.Speed);
    }

    [Fact]
    public void A_page_sees_the_run_as_it_was()
    {
        List<string> rows = [];
        Trace trace = new(line => rows.Add(line.ToString()));
        new Simulation(RunByHand.PumpScenario(), RunByHand.Model(), 7, trace).Run();
        using RunByHand run = new(speed: 0, seed: 7);
        run.Finish();

        FeedRows kept = run.Run.Feed.Run.Rows;
        Assert.Equal(rows.Count - 1, kept.End);
        FeedRow row = new(4);
        for (int i = 0; i < kept.End; i++)
        {
            Assert.True(kept.TryRead(i, row));
            string[] cells = rows[i + 1].Split(',');
            Assert.Equal(double.Parse(cells[0], null), row.Seconds);
            for (int c = 0; c < 4; c++) Assert.Equal(float.Parse(cells[1 + c], null), row.Values[c]);
            Assert.Equal(cells[5].Length == 0 ? float.NaN : float.Parse(cells[5], null), row.Score);
            Assert.Equal(cells[7], ((Runtime.DetectorState)row.State).ToString());
            Assert.Equal(cells[8] == "1", row.IsAlarming);
        }
    }

    [Fact]
    public void An_alarm_is_in_the_log_with_the_channels_that_caused_it_and_on_its_pin()
    {
        using RunByHand run = new(speed: 0);
        run.Finish();
        List<(string Name, JsonElement Data)> frames = run.TakeFrames();

        JsonElement alarm = frames.First(f => f.Name == "event" && f.Data.GetProperty("kind").GetString() == "alarm-began").Data;
        Assert.InRange(alarm.GetProperty("t").GetDouble(), 42, 44);
        Assert.Matches("^Alarm: score [0-9.]+, threshold [0-9.]+$", alarm.GetProperty("text").GetString());
        Assert.Contains(alarm.GetProperty("shares")[0].GetProperty("name").GetString(), (string[])["ax", "ay", "az"]);
        Assert.InRange(alarm.GetProperty("shares").EnumerateArray().Sum(s => s.GetProperty("percent").GetInt32()), 95, 105);
        Assert.Equal(1, frames.Last(f => f.Name == "data").Data.GetProperty("pins").GetProperty("alarm").GetInt32());
    }

    [Fact]
    public void What_was_injected_begins_with_the_name_as_the_scenario_has_it()
    {
        using RunByHand run = new();
        run.Pass(1);
        foreach (string fault in (string[])["machine.bearing", "stuck.0.0", "no-answer.0"]) Assert.Null(run.Do("fault", text: fault));
        run.Pass(1);
        Assert.Equal(["machine.bearing to 1 over 2 s", "ax: stuck for 10 s", "Sensor does not answer for 2 s"],
            run.TakeEvents("injected").Select(told => told.GetProperty("text").GetString()));
    }

    [Fact]
    public void The_end_shows_the_verdicts_and_stays_until_it_is_started_anew()
    {
        using RunByHand run = new(speed: 0);
        run.Finish();
        string? told = Assert.Single(run.TakeEvents("over")).GetProperty("text").GetString();
        Assert.Equal("The scenario is over: everything is as expected", told);
        Assert.Equal([true, true], run.Run.LastVerdicts!.Select(v => v.Met));
        Assert.True(run.Run.Feed.RunState.IsOver);
        Assert.Equal("the scenario is over; restart it", run.Do("fault", text: "unplugged.0"));
        run.Pass(5);
        Assert.Equal(50, run.DeviceSeconds);

        Assert.Null(run.Do("restart"));

        Assert.False(run.Run.Feed.RunState.IsOver);
        Assert.InRange(run.DeviceSeconds, 0, 1);
        Assert.NotNull(run.Run.LastVerdicts);
        Assert.Contains("hello", run.TakeFrames().Select(f => f.Name));
    }

    [Theory]
    [InlineData("restart", "")]
    [InlineData("seed", "2")]
    public void A_restart_that_cannot_be_made_is_refused_in_a_line_and_the_run_goes_on(string name, string text)
    {
        using RunByHand run = new();
        run.Pass(1);
        Array.Clear(run.ModelBytes);

        Assert.Contains("pump.yaml", run.Do(name, text: text), StringComparison.Ordinal);

        run.Pass(1);
        Assert.InRange(run.DeviceSeconds, 1.8, 2);
        Assert.Equal(1UL, run.Run.Feed.Description.Seed);
    }

    [Fact]
    public void A_command_that_throws_is_answered()
    {
        CommandQueue queue = new(() => { });
        Task<string?> answer = queue.Post(new LiveCommand("restart", double.NaN, ""));
        Assert.Throws<InvalidOperationException>(() => queue.Do(_ => throw new InvalidOperationException()));
        Assert.True(answer.IsCompleted);
    }

    [Fact]
    public void An_alarm_acknowledged_on_the_page_is_quiet_even_where_it_goes_on()
    {
        using RunByHand run = new(speed: 10);
        run.Pass(3.9);
        Assert.Null(run.Do("threshold", 0.001, "0.001"));
        run.Pass(0.1);
        Assert.Single(run.TakeEvents("alarm-began"));

        Assert.Null(run.Do("acknowledge"));

        for (int i = 0; i < 100; i++) run.Pass(0.02); // 20 s of the device
        JsonElement[] frames = [.. run.TakeFrames().Where(f => f.Name == "data").Select(f => f.Data.GetProperty("pins"))];
        Assert.Contains(frames, pins => pins.GetProperty("alarm").GetInt32() == 1);
        Assert.All(frames, pins => Assert.Equal(0, pins.GetProperty("buzzer").GetInt32()));
    }

    [Fact]
    public void Another_seed_starts_anew_with_it()
    {
        using RunByHand run = new();
        run.Pass(3);
        Assert.Null(run.Do("seed", text: "18446744073709551615"));
        Assert.Equal(ulong.MaxValue, run.Run.Feed.Description.Seed);
        Assert.Equal("pump.yaml, seed 18446744073709551615", run.Run.Feed.Description.Source);
        Assert.InRange(run.DeviceSeconds, 0, 0.1);
    }

    [Fact]
    public void A_fault_that_a_person_injects_shows()
    {
        using RunByHand run = new(speed: 0);
        run.Do("pause");
        string unplug = run.Run.Feed.Description.Faults.First(f => f.Label == "Unplug sensor").Id;
        run.Do("resume");
        Assert.Null(run.Do("fault", text: unplug));
        run.Finish();
        List<(string Name, JsonElement Data)> frames = run.TakeFrames();
        string?[] kinds = [.. frames.Where(f => f.Name == "event").Select(f => f.Data.GetProperty("kind").GetString())];
        Assert.Contains("injected", kinds);
        Assert.Contains("sensor-fault", kinds);
        Assert.Contains("sensor-ok", kinds);
    }

    [Fact]
    public void A_threshold_that_a_person_sets_changes_the_alarm_and_an_acknowledgement_ends_it()
    {
        using RunByHand run = new(speed: 10);
        run.Pass(3.9); // 39 s: learnt, and nothing is wrong until 42 s
        float learnt = ThresholdNow(run);
        Assert.Empty(run.TakeEvents("alarm-began"));

        Assert.Null(run.Do("threshold", 0.001, "0.001"));
        run.Pass(0.1);
        Assert.Single(run.TakeEvents("alarm-began"));
        Assert.Equal(0.001f, ThresholdNow(run), 1e-4f); // in steps of 2^-16

        Assert.Null(run.Do("threshold", 0, "0"));
        Assert.Null(run.Do("acknowledge"));
        run.Pass(0.1);
        Assert.Single(run.TakeEvents("alarm-ended"));
        Assert.InRange(ThresholdNow(run), 0.9f * learnt, 1.1f * learnt);
    }

    [Theory]
    [InlineData("speed", double.NaN, "", "speed: expected 0.01 to 1000000 times")]
    [InlineData("speed", -1, "-1", "speed: expected ")]
    [InlineData("speed", double.PositiveInfinity, "1e999", "speed: expected ")]
    [InlineData("seed", -1, "-1", "seed: expected a whole number")]
    [InlineData("seed", double.NaN, "18446744073709551616", "seed: expected ")]
    [InlineData("seed", 1.5, "1.5", "seed: expected ")]
    [InlineData("threshold", -1, "-1", "threshold: expected a number from 0")]
    [InlineData("threshold", double.NaN, "", "threshold: expected ")]
    [InlineData("threshold", 1e300, "1e300", "threshold: expected ")]
    [InlineData("fault", double.NaN, "no-such", "there is no fault 'no-such'")]
    [InlineData("press", double.NaN, "led", "the board has no control 'led'")]
    public void A_wrong_value_is_refused_in_a_line_and_changes_nothing(string name, double value, string text, string line)
    {
        using RunByHand run = new();
        run.Pass(1);
        Assert.StartsWith(line, run.Do(name, value, text), StringComparison.Ordinal);
        Assert.InRange(run.DeviceSeconds, 0.9, 1.1);
        Assert.Equal(1UL, run.Run.Feed.Description.Seed);
    }

    [Fact]
    public void A_pressed_button_shows_until_it_is_let_go()
    {
        using RunByHand run = new();
        run.Pass(1);
        run.Do("press", text: "button");
        Assert.Equal(1, run.TakeFrames().Last(f => f.Name == "data").Data.GetProperty("pins").GetProperty("button").GetInt32());
        run.Do("release", text: "button");
        Assert.Equal(0, run.TakeFrames().Last(f => f.Name == "data").Data.GetProperty("pins").GetProperty("button").GetInt32());
    }

    [Fact]
    public void Health_says_what_steps_take()
    {
        using RunByHand run = new(speed: 0);
        run.Finish();
        LiveHealth health = run.Run.Feed.Health;
        Assert.InRange(health.StepMedianMicros, 0.1, 10_000);
        Assert.InRange(health.StepP99Micros, health.StepMedianMicros, 1_000_000);
        Assert.Equal(0, health.BytesPerStep);
        Assert.Equal(run.Run.Feed.Run.Rows.End, health.Samples);
        Assert.Equal(0, health.MissedDeadlines);
        Assert.Equal(0, health.MissingSamples);
    }

    [Fact]
    public void A_short_scenario_runs_in_real_time_and_a_long_one_in_half_a_minute()
    {
        Assert.Equal(50.0 / 30, LiveRun.UsualSpeed(RunByHand.PumpScenario()));
        Scenario brief = Scenario.Parse("""
            title: x
            duration: 5 s
            sensor: { kind: mpu6050, rate: 100 }
            sources:
              m: { kind: rotating-machine }
            """, "x.yaml", ".");
        Assert.Equal(1, LiveRun.UsualSpeed(brief));
    }

    [Fact]
    public async Task A_run_on_a_thread_of_its_own_does_commands_and_ends_when_it_is_told()
    {
        using LiveRun run = new(RunByHand.PumpScenario(), RunByHand.Model(), 1, 1);
        using CancellationTokenSource stop = new();
        Task running = Task.Run(() => run.Run(stop.Token), TestContext.Current.CancellationToken);

        string?[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? "pause" : "resume").Select(name =>
            Task.Run(() => run.Do(new LiveCommand(name, double.NaN, "")), TestContext.Current.CancellationToken)));
        Assert.All(answers, Assert.Null);

        await stop.CancelAsync();
        await running;
        Assert.Equal("the simulation has ended; start it again", run.Do(new LiveCommand("pause", double.NaN, "")));
    }

    private static float ThresholdNow(RunByHand run)
    {
        FeedRows rows = run.Run.Feed.Run.Rows;
        FeedRow row = new(4);
        Assert.True(rows.TryRead(rows.End - 1, row));
        return row.Threshold;
    }
}
