using System;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>The HC-SR04 driver against a simulated module between two pins.</summary>
public sealed class HcSr04Tests
{
    private const double MicrosecondMetres = 0.00018; // what the sound goes there and back in the microsecond an edge is rounded to

    private readonly VirtualClock _clock = new();
    private readonly VirtualPin _trigger;
    private readonly VirtualPin _echo;
    private readonly HcSr04Device _module;
    private readonly float[] _values = new float[2];

    public HcSr04Tests()
    {
        _trigger = new VirtualPin(_clock);
        _echo = new VirtualPin(_clock);
        _module = new HcSr04Device(_trigger, _echo, _clock);
    }

    [Theory]
    [InlineData(0.03)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(3.99)]
    public void A_distance_is_read_over_its_range(double metres)
    {
        _module.Metres = _ => metres;
        HcSr04 sensor = Started();
        _clock.Advance(100_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 1));
        Assert.Equal(metres, _values[1], MicrosecondMetres);
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(50)]
    public void The_speed_of_sound_follows_the_airs_temperature(double celsius)
    {
        _module.AirCelsius = _ => celsius;
        HcSr04 sensor = Started(new HcSr04Settings { AirCelsius = celsius });
        _clock.Advance(100_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(1, _values[0], MicrosecondMetres);
        sensor.AirCelsius = 20;
        sensor.AirCelsius = double.NaN;
        sensor.AirCelsius = 300;
        Assert.Equal(20, sensor.AirCelsius);
        _clock.Advance(100_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(Math.Sqrt(293.15 / (273.15 + celsius)), _values[0], MicrosecondMetres);
    }

    [Fact]
    public void A_metre_at_20_degrees_is_5827_microseconds_there_and_back()
    {
        HcSr04 sensor = Started();
        _clock.Advance(100_000);
        short[] counts = new short[1];
        Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(counts, 0));
        // 2 m / (331.3 m/s x sqrt(293.15 / 273.15)) = 5827 us; the rule of thumb of 58 us per cm says 5800.
        Assert.Equal(5827, counts[0]);
    }

    [Fact]
    public void The_trigger_is_high_for_10_microseconds_and_reading_takes_no_longer()
    {
        HcSr04 sensor = Started();
        _clock.Advance(100_000);
        long before = _clock.NowMicros;
        sensor.Read(_values, 0);
        Assert.Equal(10, _clock.NowMicros - before);
        Assert.Equal([(0, true), (10, false), (before, true), (before + 10, false)], _trigger.Edges);
    }

    [Fact]
    public void Pulses_are_60_ms_apart_however_often_it_is_read_and_every_echo_is_given_once()
    {
        HcSr04 sensor = Started();
        int samples = 0;
        for (int turn = 1; turn <= 100; turn++)
        {
            _clock.SleepUntil(10_000 * turn);
            int status = sensor.Read(_values, 0);
            Assert.True(status is SensorStatus.Ok or SensorStatus.NoSample);
            if (status == SensorStatus.Ok) samples++;
        }
        int pulses = _trigger.Edges.Count / 2;
        Assert.InRange(pulses, 1_000_000 / 70_000, 1_000_000 / 60_000 + 1);
        Assert.InRange(samples, pulses - 1, pulses);
        for (int i = 2; i < _trigger.Edges.Count; i += 2)
            Assert.True(_trigger.Edges[i].AtMicros - _trigger.Edges[i - 2].AtMicros >= 60_000);
    }

    [Fact]
    public void Where_no_sound_comes_back_the_reading_is_bad_and_the_next_is_good()
    {
        _module.Metres = at => at < 200_000 ? double.NaN : 2;
        HcSr04 sensor = Started();
        _clock.Advance(100_000);
        Assert.Equal(SensorStatus.BadReading, sensor.Read(_values, 0));
        Assert.True(float.IsNaN(_values[0]));
        _clock.Advance(200_000);
        Assert.Equal(SensorStatus.BadReading, sensor.Read(_values, 0));
        _clock.Advance(100_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(2, _values[0], MicrosecondMetres);
    }

    [Theory]
    [InlineData(0.019, false)]
    [InlineData(0.021, true)]
    [InlineData(3.999, true)]
    [InlineData(4.001, false)]
    public void Distances_out_of_the_range_are_bad_readings(double metres, bool isGood)
    {
        _module.Metres = _ => metres;
        HcSr04 sensor = Started();
        _clock.Advance(100_000);
        Assert.Equal(isGood ? SensorStatus.Ok : SensorStatus.BadReading, sensor.Read(_values, 0));
    }

    [Fact]
    public void A_module_without_power_is_no_echo_and_nothing_waits_for_it()
    {
        _module.IsAway = true;
        HcSr04 sensor = Started();
        _clock.Advance(50_000);
        long before = _clock.NowMicros;
        Assert.Equal(SensorStatus.NoSample, sensor.Read(_values, 0));
        Assert.Equal(before, _clock.NowMicros);
        _clock.Advance(20_000);
        Assert.Equal(SensorStatus.BadReading, sensor.Read(_values, 0));
        _module.IsAway = false;
        _clock.Advance(100_000);
        Assert.Equal(SensorStatus.BadReading, sensor.Read(_values, 0)); // of the pulse it did not get
        _clock.Advance(100_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
    }

    [Fact]
    public void A_module_that_holds_its_echo_gets_no_pulse_until_it_lets_go()
    {
        _module.SilenceMicros = 200_000;
        _module.Metres = at => at < 50_000 ? double.NaN : 1;
        HcSr04 sensor = Started();
        _clock.SleepUntil(100_000);
        Assert.Equal(SensorStatus.BadReading, sensor.Read(_values, 0));
        _clock.SleepUntil(190_000);
        Assert.Equal(SensorStatus.BadReading, sensor.Read(_values, 0));
        Assert.Equal(2, _trigger.Edges.Count);
        _clock.SleepUntil(210_000);
        Assert.Equal(SensorStatus.NoSample, sensor.Read(_values, 0));
        _clock.SleepUntil(310_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(1, _values[0], MicrosecondMetres);
    }

    [Fact]
    public void An_echo_that_comes_after_its_time_is_not_taken_for_one_of_the_next_pulse()
    {
        SilentPin echo = new();
        HcSr04 sensor = new(_trigger, echo, _clock, new HcSr04Settings());
        sensor.Start();
        echo.Listener!.OnEdge(true, 500);
        _clock.SleepUntil(70_000);
        Assert.Equal(SensorStatus.BadReading, sensor.Read(_values, 0));
        echo.Listener.OnEdge(false, 75_000);
        _clock.SleepUntil(80_000);
        Assert.Equal(SensorStatus.NoSample, sensor.Read(_values, 0));
        echo.Listener.OnEdge(true, 80_500);
        echo.Listener.OnEdge(false, 83_500);
        echo.Listener.OnEdge(false, 84_500); // once more
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(3000 * 343.2 / 2e6, _values[0], 0.001);
    }

    [Fact]
    public void Pins_that_fail_are_reported_and_the_sensor_goes_on_with_them()
    {
        HcSr04 sensor = new(_trigger, _echo, _clock, new HcSr04Settings());
        Assert.Equal(SensorStatus.NotStarted, sensor.Read(_values, 0));
        _echo.IsBroken = true;
        Assert.Equal(BusStatus.Failed, sensor.Start());
        _echo.IsBroken = false;
        _trigger.IsBroken = true;
        Assert.Equal(BusStatus.Failed, sensor.Start());
        _trigger.IsBroken = false;
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        _trigger.IsBroken = true;
        _clock.Advance(100_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0)); // was measured before
        Assert.Equal(BusStatus.Failed, sensor.Read(_values, 0));
        _trigger.IsBroken = false;
        Assert.Equal(SensorStatus.NoSample, sensor.Read(_values, 0));
        _clock.Advance(100_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
    }

    [Fact]
    public void An_echo_pin_that_tells_of_no_edges_does_not_start()
    {
        HcSr04 sensor = new(_trigger, new SilentPin { HasEdges = false }, _clock, new HcSr04Settings());
        Assert.Equal(SensorStatus.NotStarted, sensor.Start());
    }

    [Fact]
    public void Channels_and_refusals_are_named()
    {
        HcSr04 sensor = new(_trigger, _echo, _clock, new HcSr04Settings());
        Assert.Equal(("HC-SR04", "distance", "m", 1, 0, true),
            (sensor.Name, sensor.ChannelName(0), sensor.ChannelUnit(0), sensor.ChannelCount, sensor.SamplePeriodMicros, sensor.HasCounts));
        Refused(new HcSr04Settings { AirCelsius = 86 }, "HcSr04Settings.AirCelsius: expected -40 to 85, found 86");
        Refused(new HcSr04Settings { SmallestMetres = -1 }, "HcSr04Settings.SmallestMetres: expected 0 or more, found -1");
        Refused(new HcSr04Settings { LargestMetres = 6 }, "HcSr04Settings.LargestMetres: expected above SmallestMetres, up to 5, found 6");
        Refused(new HcSr04Settings { RepeatMicros = 59_999 }, "HcSr04Settings.RepeatMicros: expected 60000 or more, found 59999");
    }

    private void Refused(HcSr04Settings settings, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new HcSr04(_trigger, _echo, _clock, settings)).Message);

    private HcSr04 Started(HcSr04Settings? settings = null)
    {
        HcSr04 sensor = new(_trigger, _echo, _clock, settings ?? new HcSr04Settings());
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        return sensor;
    }
}
