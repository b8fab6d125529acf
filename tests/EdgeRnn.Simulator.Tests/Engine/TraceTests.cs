using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Engine;

/// <summary>Traces: the same seed gives the same bytes, and a trace played back the same readings and scores.</summary>
public sealed class TraceTests
{
    private const string Machine = "rotating-machine", Room = "room", Pump = "pump";

    [Fact]
    public void The_same_seed_gives_the_same_rows_and_another_one_others()
    {
        Scenario scenario = Kind("{ kind: mpu6050, rate: 100 }", Machine, 100, "");
        List<string> once = Rows(scenario, 6, 1);
        Assert.True(once.Count > 900);
        Assert.Equal(once, Rows(scenario, 6, 1));
        Assert.NotEqual(once, Rows(scenario, 6, 2));
    }

    [Fact]
    public void A_row_has_time_channels_score_threshold_state_alarm_fault_and_pins()
    {
        List<string> rows = Rows(TinyDevice.Read(TinyDevice.Head), 1, 1);
        Assert.Equal("time,ch0,score,threshold,state,alarm,fault,pin.alarm,pin.led,pin.buzzer,pin.button", rows[0]);
        string[] last = rows[^1].Split(',');
        Assert.Equal(11, last.Length);
        Assert.Equal("Ready", last[4]);
        Assert.StartsWith("60.", last[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_names_the_first_row_and_column_that_differ()
    {
        List<string> rows = Rows(TinyDevice.Read(TinyDevice.Head), 1, 1);
        Assert.Null(Compare(rows, rows));
        List<string> other = [.. rows];
        string[] cells = other[7].Split(',');
        cells[1] = "9";
        other[7] = string.Join(',', cells);
        Assert.Equal($"line 8, column ch0: {rows[7].Split(',')[1]}, was 9", Compare(rows, other));
        Assert.Equal($"line {rows.Count}: the run goes on, the trace has ended", Compare(rows, rows[..^1]));
        Assert.Equal($"line {rows.Count}: the run has ended, the trace goes on", Compare(rows[..^1], rows));
    }

    // Every kind that measures when it is read, and whose channels are what it measures.
    [Theory]
    [InlineData("{ kind: mcp3008, inputs: [0, 1] }", "ecg", 2, "signals: { ch0: world.volts, ch1: world.volts * 0.5 + 0.1 }")]
    [InlineData("{ kind: ads1115, inputs: ain0, conversionsPerSecond: 860, continuous: true }", "ecg", 1, "signals: { ain0: world.volts }")]
    [InlineData("{ kind: ads1115, inputs: ain0, conversionsPerSecond: 860 }", "ecg", 1, "signals: { ain0: world.volts }")]
    [InlineData("{ kind: ina219 }", Pump, 2, "channels: [busVoltage, current]\nsignals: { busVoltage: world.voltage, current: " +
        "world.current }")]
    [InlineData("{ kind: mpu6050, fifo: false, rate: 10 }", Machine, 6, "")]
    [InlineData("{ kind: mpu6886, fifo: false, rate: 10 }", Machine, 6, "")]
    [InlineData("{ kind: adxl345, fifo: false, rate: 12.5 }", Machine, 3, "")]
    [InlineData("{ kind: lis3dh, fifo: false, rate: 10 }", Machine, 3, "")]
    [InlineData("{ kind: hcsr04, trigger: 5, echo: 6 }", "pump, use: sump", 1, "")]
    public void A_replay_gives_the_same_readings_and_scores(string sensor, string source, int channels, string more)
    {
        string events = sensor.Contains("hcsr04", StringComparison.Ordinal) ? ""
            : "events: [ { at: 50 s, fault: no-answer, for: 1 s }, { at: 70 s, fault: late-ticks, ticks: 2 }, { at: 80 s, fault: " +
                "power-loss, for: 2 s } ]";
        Scenario scenario = Kind(sensor, source, 10, $"{more}\n{events}");
        List<string> rows = Rows(scenario, channels, 3);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, rows);
            List<string> replayed = Rows(scenario, channels, 99, TraceReplay.Load(path, scenario));
            Assert.Null(Compare(replayed, rows));
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Its pressure and humidity are computed with a temperature finer than the one it reports: a trace cannot hold that.
    [Theory]
    [InlineData("{ kind: bme280 }")]
    [InlineData("{ kind: bme280, forced: true }")]
    public void A_replay_onto_a_climate_sensor_is_within_a_step_of_its_converters(string sensor)
    {
        double[] steps = [0.01, 0.5, 0.02]; // degC as it reports them; Pa and % of its 20 and 16 bits, rounded up
        Scenario scenario = Kind(sensor, Room, 10, "");
        List<string> rows = Rows(scenario, 3, 3);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, rows);
            List<string> replayed = Rows(scenario, 3, 99, TraceReplay.Load(path, scenario));
            Assert.Equal(rows.Count, replayed.Count);
            for (int i = 1; i < rows.Count; i++)
            {
                string[] was = rows[i].Split(','), now = replayed[i].Split(',');
                Assert.Equal(was[0], now[0]);
                for (int k = 1; k <= 3; k++) Assert.Equal(Number(was[k]), Number(now[k]), steps[k - 1] * 1.001);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("", "expected a trace, with the columns time")]
    [InlineData("time,ax,score\n1,2", ":2: expected 3 cells, found 2")]
    [InlineData("time,ax,score\n1,x,2", ":2: expected a number, found 'x'")]
    [InlineData("time,ax,score\n1,1,2", "expected channels of the scenario's sensors, found ax")]
    public void What_is_no_trace_of_the_sensor_is_refused_with_a_line(string text, string expected)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            ScenarioException wrong = Assert.Throws<ScenarioException>(() => TraceReplay.Load(path, TinyDevice.Read(TinyDevice.Head)));
            Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static double Number(string cell) => cell.Length == 0 ? 0
        : double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture);

    private static Scenario Kind(string sensor, string source, double rate, string more) =>
        TinyDevice.Read(FormattableString.Invariant($$"""
        title: A sensor
        duration: {{1000 / rate}} s
        rate: {{(sensor.Contains("12.5", StringComparison.Ordinal) ? 12.5 : rate)}}
        save: 5 s
        sensor: {{sensor}}
        sources: { world: { kind: {{source}} } }
        {{more}}
        """));

    private static List<string> Rows(Scenario scenario, int channels, ulong seed, TraceReplay? replay = null)
    {
        List<string> rows = [];
        Trace trace = new(line => rows.Add(line.ToString()));
        new Simulation(scenario, TinyDevice.Model(channels), seed, trace, replay).Run();
        return rows;
    }

    private static string? Compare(IReadOnlyList<string> now, IReadOnlyList<string> before)
    {
        TraceComparison comparison = new(new StringReader(string.Concat(before.Select(row => row + "\n"))));
        foreach (string row in now) comparison.Take(row);
        comparison.End();
        return comparison.Difference;
    }
}
