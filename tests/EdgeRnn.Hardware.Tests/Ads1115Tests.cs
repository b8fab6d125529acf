using System;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>The ADS1115 driver against its simulated registers.</summary>
public sealed class Ads1115Tests
{
    private readonly VirtualClock _clock = new();
    private readonly Ads1115Device _device;
    private readonly SimulatedRegisterBus _bus;
    private readonly float[] _values = new float[8];
    private readonly short[] _counts = new short[8];

    public Ads1115Tests()
    {
        _device = new Ads1115Device(_clock);
        _bus = new SimulatedRegisterBus(_device);
    }

    // SBAS444, table 3: the codes of the ends of a range, of zero and of the counts around it; codes beyond stay at the end.
    [Theory]
    [InlineData(6144)]
    [InlineData(4096)]
    [InlineData(2048)]
    [InlineData(1024)]
    [InlineData(512)]
    [InlineData(256)]
    public void Every_range_has_the_datasheets_codes(int millivolts)
    {
        Ads1115 sensor = Started(new Ads1115Settings { FullScaleMillivolts = millivolts, Channels = [Ads1115Channel.Ain0MinusAin1] });
        double full = millivolts / 1000.0, count = full / 32_768;
        foreach ((double volts, int code) in new[]
        {
            (full, 0x7FFF), (full * 32_767 / 32_768, 0x7FFF), (2 * full, 0x7FFF), (count, 1),
            (0, 0), (-count, -1), (-full, -0x8000), (-2 * full, -0x8000),
        })
        {
            _device.Volts[0] = _ => Math.Max(volts, 0);
            _device.Volts[1] = _ => Math.Max(-volts, 0);
            Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(_counts, 0));
            Assert.Equal(code, _counts[0]);
            Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
            Assert.Equal(code * count, _values[0], full * 1e-7);
        }
    }

    [Fact]
    public void Every_channel_is_its_pin_or_the_difference_of_two_in_the_order_that_is_asked_for()
    {
        double[] volts = [0.1, 0.25, 0.5, 1.25];
        for (int i = 0; i < 4; i++)
        {
            double pin = volts[i];
            _device.Volts[i] = _ => pin;
        }
        Ads1115 sensor = Started(new Ads1115Settings { Channels = [7, 6, 5, 4, 3, 2, 1, 0] });
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal([1.25f, 0.5f, 0.25f, 0.1f, -0.75f, -1f, -1.15f, -0.15f], _values, (a, b) => MathF.Abs(a - b) <= sensor.VoltsPerCount);
        string[] names = new string[8];
        for (int i = 0; i < 8; i++) names[i] = sensor.ChannelName(i);
        Assert.Equal(["ain3", "ain2", "ain1", "ain0", "ain2-ain3", "ain1-ain3", "ain0-ain3", "ain0-ain1"], names);
        Assert.Equal(("V", 8, true), (sensor.ChannelUnit(0), sensor.ChannelCount, sensor.HasCounts));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(250)]
    [InlineData(475)]
    [InlineData(860)]
    public void A_read_waits_as_long_as_its_conversions_and_little_more_at_every_rate(int rate)
    {
        foreach (double slowness in new[] { -0.1, 0, 0.1 })
        {
            _device.Slowness = slowness;
            Ads1115 sensor = Started(new Ads1115Settings { ConversionsPerSecond = rate, Channels = [4, 5, 6] });
            long before = _clock.NowMicros;
            Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
            double conversion = 1e6 / rate * Math.Max(1, 1 + slowness);
            // A look at the ready bit is at most 1/16 of a conversion late; the device takes 25 us to wake up.
            Assert.InRange((_clock.NowMicros - before) / 3.0, conversion, conversion + 1e6 / rate / 16 + 60);
        }
    }

    [Fact]
    public void A_sample_is_measured_when_it_is_read()
    {
        _device.Volts[0] = at => at / 1e8;
        Ads1115 sensor = Started(new Ads1115Settings());
        _clock.SleepUntil(100_000_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.InRange(_values[0], 1f, 1.001f);
    }

    [Fact]
    public void A_device_that_is_never_ready_is_a_bad_reading_after_one_and_a_half_conversions()
    {
        Ads1115 sensor = Started(new Ads1115Settings { ConversionsPerSecond = 8 });
        _device.Slowness = 10;
        long before = _clock.NowMicros;
        Assert.Equal(SensorStatus.BadReading, sensor.Read(_values, 0));
        Assert.InRange(_clock.NowMicros - before, 187_500, 200_000);
    }

    [Fact]
    public void Continuous_mode_gives_the_last_conversion_without_waiting()
    {
        _device.Volts[3] = at => at / 1e6;
        Ads1115 sensor = Started(new Ads1115Settings { IsContinuous = true, Channels = [Ads1115Channel.Ain3], ConversionsPerSecond = 860 });
        _clock.SleepUntil(1_500_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(1_500_000, _clock.NowMicros);
        Assert.InRange(_values[0], 1.4987, 1.5001);
    }

    [Fact]
    public void The_first_sample_of_continuous_mode_is_of_its_own_channel()
    {
        _device.Volts[0] = _ => 1;
        _device.Volts[1] = _ => 2;
        Started(new Ads1115Settings { IsContinuous = true, ConversionsPerSecond = 8 });
        _device.Slowness = 0.1;
        Ads1115 sensor = Started(new Ads1115Settings { IsContinuous = true, ConversionsPerSecond = 8, Channels = [Ads1115Channel.Ain1] });
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(2, _values[0], 0.001);
    }

    [Fact]
    public void A_device_that_lost_power_in_continuous_mode_has_lost_its_settings()
    {
        Ads1115 sensor = Started(new Ads1115Settings { IsContinuous = true });
        _device.PowerUp();
        Assert.Equal(SensorStatus.LostSettings, sensor.Read(_values, 0));
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
    }

    [Fact]
    public void A_device_that_lost_power_between_single_conversions_needs_no_start()
    {
        _device.Volts[0] = _ => 1;
        Ads1115 sensor = Started(new Ads1115Settings { FullScaleMillivolts = 1024 });
        _device.PowerUp();
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(1, _values[0], 1e-4);
    }

    [Fact]
    public void A_device_that_loses_power_within_a_conversion_has_lost_its_settings()
    {
        Ads1115 sensor = Started(new Ads1115Settings());
        _clock.At(_clock.NowMicros + 1_000, _device.PowerUp);
        Assert.Equal(SensorStatus.LostSettings, sensor.Read(_values, 0));
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
    }

    [Fact]
    public void Every_transfer_may_fail_and_the_next_start_works()
    {
        Ads1115 sensor = Started(new Ads1115Settings { Channels = [4, 5] });
        sensor.Read(_values, 0);
        int needed = _bus.Faults.Transfers;
        for (int failing = 0; failing < needed; failing++)
        {
            (_bus.Faults.GoodTransfers, _bus.Faults.NoAnswers) = (failing, 1);
            int status = sensor.Start();
            if (status == SensorStatus.Ok) status = sensor.Read(_values, 0);
            Assert.Equal(BusStatus.NoAnswer, status);
            Assert.Equal(SensorStatus.Ok, sensor.Start());
            Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        }
    }

    [Fact]
    public void A_device_that_was_away_is_started_again()
    {
        Ads1115 sensor = new(_bus, _clock, new Ads1115Settings());
        _bus.Faults.IsAway = true;
        Assert.Equal(BusStatus.NoAnswer, sensor.Start());
        Assert.Equal(SensorStatus.NotStarted, sensor.ReadCounts(_counts, 0));
        _bus.Faults.IsAway = false;
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        _bus.Faults.ShortReads = 1;
        Assert.Equal(BusStatus.ShortTransfer, sensor.Read(_values, 0));
    }

    [Fact]
    public void Settings_that_the_device_does_not_have_are_refused_in_one_line()
    {
        Refused(new Ads1115Settings { FullScaleMillivolts = 5000 },
            "Ads1115Settings.FullScaleMillivolts: expected 6144, 4096, 2048, 1024, 512 or 256, found 5000");
        Refused(new Ads1115Settings { ConversionsPerSecond = 100 },
            "Ads1115Settings.ConversionsPerSecond: expected 8, 16, 32, 64, 128, 250, 475 or 860, found 100");
        Refused(new Ads1115Settings { Channels = [] }, "Ads1115Settings.Channels: expected 1 to 8 channels, found 0");
        Refused(new Ads1115Settings { Channels = [8] }, "Ads1115Settings.Channels: expected 0 to 7, found 8");
        Refused(new Ads1115Settings { Channels = [0, 1], IsContinuous = true },
            "Ads1115Settings.Channels: expected 1 channel in continuous mode, found 2");
    }

    private void Refused(Ads1115Settings settings, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new Ads1115(_bus, _clock, settings)).Message);

    private Ads1115 Started(Ads1115Settings settings)
    {
        Ads1115 sensor = new(_bus, _clock, settings);
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        return sensor;
    }
}
