using System;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>The vibration switch's driver at a pin.</summary>
public sealed class VibrationSwitchTests
{
    private readonly VirtualClock _clock = new();
    private readonly float[] _values = new float[2];
    private readonly short[] _counts = new short[2];

    [Fact]
    public void Openings_are_counted_and_bounces_are_not()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            VirtualClock clock = new();
            VirtualPin pin = new(clock);
            VibrationSwitchDevice module = new(pin, clock, at => at < 500_000 ? 0 : Math.Sin(at / 1e3 * 0.9), seed);
            VibrationSwitch sensor = new(pin, clock, new VibrationSwitchSettings());
            Assert.Equal(SensorStatus.Ok, sensor.Start());
            int counted = 0;
            for (int turn = 1; turn <= 100; turn++)
            {
                clock.SleepUntil(turn * 10_000 - 100); // between two openings
                int before = module.Openings - counted;
                Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
                counted += (int)_values[0];
                Assert.True(before == _values[0], $"seed {seed}, turn {turn}: {before} openings, {_values[0]} counted");
            }
            Assert.InRange(counted, 200, 400);
            Assert.True(pin.Edges.Count > 3 * counted, $"seed {seed}: the contact did not bounce");
        }
    }

    [Fact]
    public void Without_a_window_bounces_count()
    {
        SilentPin pin = new();
        VibrationSwitch sensor = Started(pin, new VibrationSwitchSettings { DebounceMicros = 0 });
        for (int i = 1; i <= 5; i++)
        {
            pin.Edge(true, 10 * i);
            pin.Edge(false, 10 * i + 3);
        }
        _clock.SleepUntil(1_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal([5, 0], _values);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal([0, 0], _values);
    }

    [Fact]
    public void A_module_that_turns_its_output_round_counts_falls()
    {
        SilentPin pin = new() { Level = PinLevel.High };
        VibrationSwitch sensor = Started(pin, new VibrationSwitchSettings { IsActiveLow = true });
        pin.Edge(false, 1_000);
        _clock.SleepUntil(2_000);
        Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(_counts, 0));
        Assert.Equal([1, 1], _counts);
    }

    [Fact]
    public void A_pin_without_edges_is_looked_at_when_it_is_read()
    {
        SilentPin pin = new() { HasEdges = false };
        VibrationSwitch sensor = Started(pin, new VibrationSwitchSettings { DebounceMicros = 1_000 });
        Assert.False(sensor.HasEdges);
        pin.Level = PinLevel.High;
        Assert.Equal((0, 0), ReadAt(sensor, 10_000));
        Assert.Equal((1, 1), ReadAt(sensor, 20_000));
        pin.Level = PinLevel.Low;
        Assert.Equal((0, 1), ReadAt(sensor, 30_000));
        Assert.Equal((0, 0), ReadAt(sensor, 40_000));
    }

    [Fact]
    public void A_last_edge_that_got_lost_does_not_leave_the_level_wrong()
    {
        SilentPin pin = new();
        VibrationSwitch sensor = Started(pin, new VibrationSwitchSettings());
        pin.Edge(true, 1_000);
        Assert.Equal((1, 1), ReadAt(sensor, 10_000));
        pin.Level = PinLevel.Low; // and nobody told
        Assert.Equal((0, 1), ReadAt(sensor, 20_000));
        Assert.Equal((0, 0), ReadAt(sensor, 30_000));
        pin.Edge(true, 35_000);
        Assert.Equal((0, 1), ReadAt(sensor, 40_000)); // to the debouncer the first pulse never ended
        pin.Edge(false, 45_000);
        pin.Edge(true, 55_000);
        Assert.Equal((1, 1), ReadAt(sensor, 60_000));
    }

    [Fact]
    public void More_pulses_than_16_bits_hold_stop_at_the_largest_count()
    {
        SilentPin pin = new();
        VibrationSwitch sensor = Started(pin, new VibrationSwitchSettings { DebounceMicros = 0 });
        for (int i = 1; i <= 40_000; i++)
        {
            pin.Edge(true, 2 * i);
            pin.Edge(false, 2 * i + 1);
        }
        _clock.SleepUntil(100_000);
        Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(_counts, 0));
        Assert.Equal(short.MaxValue, _counts[0]);
    }

    [Fact]
    public void A_pin_that_fails_is_reported_and_pulses_of_that_time_belong_to_no_sample()
    {
        SilentPin pin = new() { Level = PinLevel.Failed };
        VibrationSwitch sensor = new(pin, _clock, new VibrationSwitchSettings());
        Assert.Equal(SensorStatus.NotStarted, sensor.Read(_values, 0));
        Assert.Equal(BusStatus.Failed, sensor.Start());
        Assert.Equal(SensorStatus.NotStarted, sensor.ReadCounts(_counts, 0));
        pin.Level = PinLevel.Low;
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        pin.Edge(true, 1_000);
        pin.Edge(false, 2_000);
        pin.Level = PinLevel.Failed;
        _clock.SleepUntil(10_000);
        Assert.Equal(BusStatus.Failed, sensor.Read(_values, 0));
        pin.Level = PinLevel.Low;
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        Assert.Equal((0, 0), ReadAt(sensor, 20_000));
    }

    [Fact]
    public void Channels_and_refusals_are_named()
    {
        VibrationSwitch sensor = new(new SilentPin(), _clock, new VibrationSwitchSettings());
        Assert.Equal(("SW-420", "pulses", "open", "1", 2, true),
            (sensor.Name, sensor.ChannelName(0), sensor.ChannelName(1), sensor.ChannelUnit(0), sensor.ChannelCount, sensor.HasCounts));
        Assert.Equal("VibrationSwitchSettings.DebounceMicros: expected 0 or more, found -1", Assert.Throws<ArgumentException>(
            () => new VibrationSwitch(new SilentPin(), _clock, new VibrationSwitchSettings { DebounceMicros = -1 })).Message);
    }

    private (int Pulses, int Open) ReadAt(VibrationSwitch sensor, long micros)
    {
        _clock.SleepUntil(micros);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        return ((int)_values[0], (int)_values[1]);
    }

    private VibrationSwitch Started(IDigitalInput pin, VibrationSwitchSettings settings)
    {
        VibrationSwitch sensor = new(pin, _clock, settings);
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        return sensor;
    }
}
