using System;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>The PIR driver at a pin.</summary>
public sealed class PirTests
{
    private readonly VirtualClock _clock = new();
    private readonly float[] _values = new float[2];
    private readonly short[] _counts = new short[2];

    [Fact]
    public void Motion_holds_the_output_on_and_counts_once()
    {
        VirtualPin pin = new(_clock);
        _ = new PirDevice(pin, _clock, at => at is > 2_000_000 and < 4_000_000);
        Pir sensor = Started(pin, new PirSettings { WarmUpMicros = 0 });
        string seen = "";
        float pulses = 0;
        for (int second = 1; second <= 10; second++)
        {
            _clock.SleepUntil(second * 1_000_000);
            Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
            seen += _values[0];
            pulses += _values[1];
        }
        // On from just behind 2 s to 3 s behind the end of the motion at 4 s.
        Assert.Equal("0011110000", seen);
        Assert.Equal(1, pulses);
    }

    [Fact]
    public void A_module_that_is_not_triggered_again_is_blind_for_a_while()
    {
        VirtualPin pin = new(_clock);
        PirDevice module = new(pin, _clock, _ => true) { IsRetriggered = false };
        Pir sensor = Started(pin, new PirSettings { WarmUpMicros = 0 });
        _clock.SleepUntil(2 * (module.HoldMicros + module.BlindMicros) + 100_000);
        Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(_counts, 0));
        Assert.Equal([1, 3], _counts);
    }

    [Fact]
    public void What_the_module_does_while_it_warms_up_is_no_sample()
    {
        SilentPin pin = new();
        Pir sensor = Started(pin, new PirSettings());
        pin.Edge(true, 10_000_000);
        pin.Edge(false, 13_000_000);
        _clock.SleepUntil(30_000_000);
        Assert.Equal(SensorStatus.NoSample, sensor.Read(_values, 0));
        pin.Edge(true, 50_000_000);
        pin.Edge(false, 53_000_000);
        _clock.SleepUntil(60_000_000);
        Assert.Equal(SensorStatus.NoSample, sensor.Read(_values, 0));
        pin.Edge(true, 60_500_000);
        pin.Edge(false, 63_500_000);
        _clock.SleepUntil(70_000_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal([0, 1], _values);
    }

    [Fact]
    public void A_pin_that_failed_is_started_again_without_warming_up_again()
    {
        VirtualPin pin = new(_clock);
        Pir sensor = Started(pin, new PirSettings());
        _clock.SleepUntil(70_000_000);
        sensor.Read(_values, 0);
        pin.IsBroken = true;
        Assert.Equal(BusStatus.Failed, sensor.Read(_values, 0));
        Assert.Equal(BusStatus.Failed, sensor.Start());
        Assert.Equal(SensorStatus.NotStarted, sensor.Read(_values, 0));
        pin.IsBroken = false;
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
    }

    [Fact]
    public void Spikes_shorter_than_the_window_are_none()
    {
        SilentPin pin = new();
        Pir sensor = Started(pin, new PirSettings { WarmUpMicros = 0, DebounceMicros = 5_000 });
        pin.Edge(true, 100_000);
        pin.Edge(false, 104_999);
        pin.Edge(true, 200_000);
        pin.Edge(false, 205_000);
        _clock.SleepUntil(1_000_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal([0, 1], _values);
    }

    [Fact]
    public void Channels_and_refusals_are_named()
    {
        Pir sensor = new(new SilentPin(), _clock, new PirSettings());
        Assert.Equal(("HC-SR501", "motion", "pulses", "1", 2, true),
            (sensor.Name, sensor.ChannelName(0), sensor.ChannelName(1), sensor.ChannelUnit(0), sensor.ChannelCount, sensor.HasCounts));
        Assert.Equal("PirSettings.DebounceMicros: expected 0 or more, found -1",
            Assert.Throws<ArgumentException>(() => new Pir(new SilentPin(), _clock, new PirSettings { DebounceMicros = -1 })).Message);
        Assert.Equal("PirSettings.WarmUpMicros: expected 0 to 600000000, found 600000001",
            Assert.Throws<ArgumentException>(() => Started(new SilentPin(), new PirSettings { WarmUpMicros = 600_000_001 })).Message);
    }

    private Pir Started(IDigitalInput pin, PirSettings settings)
    {
        Pir sensor = new(pin, _clock, settings);
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        return sensor;
    }
}
