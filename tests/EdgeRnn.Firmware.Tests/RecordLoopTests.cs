using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using EdgeRnn.Firmware;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>A device that collects data writes a line for every tick.</summary>
public sealed class RecordLoopTests
{
    [Fact]
    public void Every_sample_is_a_line()
    {
        Bench bench = new(0);
        bench.Loop.Run(3);
        Assert.Equal(["time:0.000000 x:1 y:-0.5\n", "time:0.010000 x:2 y:-0.5\n", "time:0.020000 x:3 y:-0.5\n"], bench.Lines);
        Assert.Equal(3, bench.Loop.Samples);
    }

    [Fact]
    public void Ticks_that_went_by_are_lines_without_values()
    {
        Bench bench = new(0);
        bench.Clock.At(25_000, () => bench.Clock.Advance(34_000));
        bench.Loop.Run(5);
        Assert.Equal(3, bench.Loop.Samples);
        Assert.Equal(["time:0.020000 x:nan y:nan\n", "time:0.030000 x:nan y:nan\n"], bench.Lines.Skip(2).Take(2));
        Assert.StartsWith("time:0.040000 x:3", bench.Lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void A_sensor_that_fails_is_started_again_and_its_ticks_are_kept()
    {
        Bench bench = new(0) { Sensor = { Status = BusStatus.NoAnswer } };
        bench.Loop.Run(25);
        Assert.Equal(3, bench.Sensor.Starts); // at the begin, and after 10 and 20 turns
        Assert.All(bench.Lines, line => Assert.EndsWith("x:nan y:nan\n", line, StringComparison.Ordinal));
        Assert.Equal(25, bench.Loop.MissingSamples);
        Assert.Equal(BusStatus.NoAnswer, bench.Loop.LastSensorStatus);
    }

    [Fact]
    public void A_sensor_that_keeps_samples_is_emptied_at_every_turn()
    {
        Bench bench = new(10_000, samplesPerTurn: 4);
        for (int turn = 0; turn < 2; turn++)
        {
            bench.Sensor.Kept = 4;
            bench.Loop.Turn();
        }
        Assert.Equal(8, bench.Lines.Count);
        Assert.StartsWith("time:0.070000 x:8", bench.Lines[7], StringComparison.Ordinal);
        bench.Sensor.Kept = 0;
        bench.Loop.Turn();
        Assert.Equal(8, bench.Lines.Count);
    }

    [Fact]
    public void Turns_that_went_by_are_not_made_up_for_where_the_sensor_keeps_samples()
    {
        Bench bench = new(10_000, samplesPerTurn: 4);
        bench.Clock.At(41_000, () => bench.Clock.Advance(1_000_000));
        for (int turn = 0; turn < 14; turn++)
        {
            bench.Sensor.Kept = turn > 2 ? 0 : 4;
            bench.Loop.Turn();
        }
        // The turn of 80 ms came at 1041 ms, and every later one at its time: one after the other they would have been 12 empty ones.
        Assert.Equal(1_080_000 + 11 * 40_000, bench.Clock.NowMicros);
    }

    [Fact]
    public void A_long_gap_is_counted_whole_and_written_in_part()
    {
        Bench bench = new(0);
        bench.Clock.At(5_000, () => bench.Clock.Advance(10_000_000));
        bench.Loop.Turn();
        Assert.Equal(999, bench.Loop.MissingSamples);
        Assert.Equal(101, bench.Lines.Count);
    }

    [Fact]
    public void A_turn_allocates_nothing()
    {
        Bench bench = new(0, keepLines: false);
        bench.Loop.Run(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bench.Loop.Run(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(0, 0, 1, "periodMicros: expected above 0, found 0")]
    [InlineData(10_000, 5_000, 1, "periodMicros: expected 10000, found 5000")]
    [InlineData(0, 10_000, 2, "samplesPerTurn: expected 1, found 2")]
    [InlineData(10_000, 10_000, 0, "samplesPerTurn: expected 1 or more, found 0")]
    public void What_does_not_fit_the_sensor_is_refused(int sensorPeriod, int period, int samplesPerTurn, string expected)
    {
        CountingSensor sensor = new(sensorPeriod);
        SampleLine line = new(sensor, new Lines([]), false);
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => new RecordLoop(sensor, new VirtualClock(), line, period, samplesPerTurn)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_time_is_what_a_serial_plotter_draws()
    {
        List<string> lines = [];
        new SampleLine(new CountingSensor(0), new Lines(lines), false).Write([0, 0.25f, float.NaN], 1, 0);
        Assert.Equal(["x:0.25 y:nan\n"], lines);
    }

    private sealed class Bench
    {
        public Bench(int sensorPeriod, int samplesPerTurn = 1, bool keepLines = true)
        {
            Sensor = new CountingSensor(sensorPeriod);
            Loop = new RecordLoop(Sensor, Clock, new SampleLine(Sensor, new Lines(keepLines ? Lines : null), true), 10_000, samplesPerTurn);
            Loop.Start();
        }

        public VirtualClock Clock { get; } = new();

        public CountingSensor Sensor { get; }

        public RecordLoop Loop { get; }

        public List<string> Lines { get; } = [];
    }

    private sealed class Lines(List<string>? lines) : IReportSink
    {
        public void Write(byte[] text, int count) => lines?.Add(Encoding.ASCII.GetString(text, 0, count));
    }

    // x counts samples, y never changes.
    private sealed class CountingSensor(int periodMicros) : ISensor
    {
        private int _samples;

        public string Name => "counter";

        public int ChannelCount => 2;

        public int SamplePeriodMicros => periodMicros;

        public bool HasCounts => false;

        public int Status { get; set; }

        public int Starts { get; private set; }

        public int Kept { get; set; }

        public string ChannelName(int channel) => channel == 0 ? "x" : "y";

        public string ChannelUnit(int channel) => "";

        public int Start()
        {
            Starts++;
            return Status;
        }

        public int Read(float[] values, int offset)
        {
            if (Status != SensorStatus.Ok) return Status;
            if (periodMicros > 0 && Kept-- <= 0) return SensorStatus.NoSample;
            values[offset] = ++_samples;
            values[offset + 1] = -0.5f;
            return SensorStatus.Ok;
        }

        public int ReadCounts(short[] counts, int offset) => SensorStatus.BadReading;
    }
}
