using System;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>The BME280 and BMP280 driver against their simulated registers.</summary>
public sealed class Bme280Tests
{
    // Half a step of the result each, and of the 20-bit or 16-bit conversion it stands for.
    private const double CelsiusTolerance = 0.012, PascalTolerance = 0.5, PercentTolerance = 0.03;

    private readonly VirtualClock _clock = new();
    private readonly Bme280Device _device;
    private readonly SimulatedRegisterBus _bus;
    private readonly float[] _values = new float[4];

    public Bme280Tests()
    {
        _device = new Bme280Device(_clock);
        _bus = new SimulatedRegisterBus(_device);
    }

    [Theory]
    [InlineData(-40, 30_000, 0)]
    [InlineData(-5.25, 99_000, 12.5)]
    [InlineData(21, 101_325, 45)]
    [InlineData(26.5, 85_000, 80)]
    [InlineData(85, 110_000, 99)]
    public void Temperature_pressure_and_humidity_are_read_over_their_ranges(double celsius, double pascal, double percent)
    {
        _device.Celsius = _ => celsius;
        _device.Pascal = _ => pascal;
        _device.HumidityPercent = _ => percent;
        Bme280 sensor = Started(new Bme280Settings());
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 1));
        Assert.Equal(celsius, _values[1], CelsiusTolerance);
        Assert.Equal(pascal, _values[2], PascalTolerance);
        Assert.Equal(percent, _values[3], PercentTolerance);
    }

    [Fact]
    public void Channels_have_names_and_units()
    {
        Bme280 sensor = new(_bus, _clock, new Bme280Settings());
        Assert.Equal(("BME280", 3, 0, false), (sensor.Name, sensor.ChannelCount, sensor.SamplePeriodMicros, sensor.HasCounts));
        Assert.Equal(["temperature degC", "pressure Pa", "humidity %"], Channels(sensor));
        Assert.Equal(["temperature degC", "humidity %"], Channels(Started(new Bme280Settings { PressureOversampling = 0 })));
        Assert.Equal(["temperature degC", "pressure Pa"], Channels(Started(new Bme280Settings { HumidityOversampling = 0 })));
        Assert.Equal(SensorStatus.BadReading, Started(new Bme280Settings()).ReadCounts(new short[3], 0));
    }

    [Fact]
    public void A_BMP280_gives_temperature_and_pressure()
    {
        Bme280Device device = new(_clock, hasHumidity: false) { Celsius = _ => 25.08, Pascal = _ => 100_653.27 };
        Bme280 sensor = new(new SimulatedRegisterBus(device), _clock, new Bme280Settings { HumidityOversampling = 0 });
        Assert.Equal("BMP280", sensor.Name);
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(25.08f, _values[0]);
        Assert.Equal(100_653.27, _values[1], PascalTolerance);
    }

    [Fact]
    public void A_BMP280_is_no_BME280()
    {
        SimulatedRegisterBus bus = new(new Bme280Device(_clock, hasHumidity: false));
        Assert.Equal(SensorStatus.WrongDevice, new Bme280(bus, _clock, new Bme280Settings()).Start());
    }

    [Fact]
    public void A_BME280_without_humidity_does_for_a_BMP280() =>
        Assert.Equal(SensorStatus.Ok, Started(new Bme280Settings { HumidityOversampling = 0 }).Read(_values, 0));

    [Fact]
    public void Another_device_is_refused()
    {
        _bus.Faults.Stuck[0xD0] = 0x61; // a BME680
        Bme280 sensor = new(_bus, _clock, new Bme280Settings());
        Assert.Equal(SensorStatus.WrongDevice, sensor.Start());
        Assert.Equal(SensorStatus.NotStarted, sensor.Read(_values, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void Every_oversampling_is_written_and_its_first_sample_is_there_after_the_start(int oversampling)
    {
        Bme280Settings settings = new()
        {
            TemperatureOversampling = oversampling,
            PressureOversampling = oversampling,
            HumidityOversampling = oversampling,
            StandbyMicros = 1_000_000,
        };
        Assert.Equal(SensorStatus.Ok, Started(settings).Read(_values, 0));
        int code = Array.IndexOf([0, 1, 2, 4, 8, 16], oversampling);
        Assert.Equal([code, (code << 5) | (code << 2) | 3, 5 << 5], [Register(0xF2), Register(0xF4), Register(0xF5)]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(8, 3)]
    [InlineData(16, 4)]
    public void The_filter_follows_a_step_as_slowly_as_it_is_set(int filter, int code)
    {
        Bme280 sensor = Started(new Bme280Settings { Filter = filter, IsForced = true });
        Assert.Equal(code, (Register(0xF5) >> 2) & 7);
        _device.Celsius = _ => 31;
        ReadNext(sensor); // measured before the step
        ReadNext(sensor);
        ReadNext(sensor);
        int coefficient = Math.Max(1, filter);
        Assert.Equal(31 - 10 * Math.Pow(1 - 1.0 / coefficient, 2), _values[0], 0.03);
    }

    [Fact]
    public void A_forced_read_gives_what_the_one_before_it_asked_for()
    {
        _device.Celsius = at => at / 1e6;
        Bme280 sensor = Started(new Bme280Settings { IsForced = true });
        _clock.SleepUntil(10_000_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.InRange(_values[0], 0, 0.1);
        _clock.SleepUntil(20_000_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.InRange(_values[0], 10, 10.1);
        Assert.Equal(20_000_000, _clock.NowMicros);
    }

    [Fact]
    public void A_forced_read_before_the_measurement_is_done_gives_no_sample_and_no_old_one()
    {
        Bme280 sensor = Started(new Bme280Settings { IsForced = true });
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        _clock.Advance(1_000);
        Assert.Equal(SensorStatus.NoSample, sensor.Read(_values, 0));
        _clock.Advance(sensor.MeasurementMicros);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
    }

    [Fact]
    public void A_forced_measurement_that_never_ends_is_a_bad_reading()
    {
        Bme280 sensor = Started(new Bme280Settings { IsForced = true });
        _bus.Faults.Stuck[0xF3] = 0x08;
        _clock.Advance(100_000);
        Assert.Equal(SensorStatus.BadReading, sensor.Read(_values, 0));
        _bus.Faults.Stuck.Clear();
        _clock.Advance(100_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
    }

    [Fact]
    public void Reading_never_waits()
    {
        Bme280 sensor = Started(new Bme280Settings());
        long before = _clock.NowMicros;
        for (int i = 0; i < 10; i++) Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(before, _clock.NowMicros);
    }

    [Fact]
    public void A_sample_is_one_transfer()
    {
        Bme280 sensor = Started(new Bme280Settings());
        int before = _bus.Faults.Transfers;
        sensor.Read(_values, 0);
        Assert.Equal(before + 1, _bus.Faults.Transfers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_device_that_lost_power_has_lost_its_settings_until_it_is_started_again(bool isForced)
    {
        Bme280 sensor = Started(new Bme280Settings { IsForced = isForced });
        _device.PowerUp();
        _clock.Advance(1_000_000);
        Assert.Equal(SensorStatus.LostSettings, sensor.Read(_values, 0));
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(21, _values[0], CelsiusTolerance);
    }

    [Fact]
    public void A_device_that_was_away_goes_on_where_it_kept_its_power()
    {
        Bme280 sensor = Started(new Bme280Settings());
        _bus.Faults.IsAway = true;
        Assert.Equal(BusStatus.NoAnswer, sensor.Read(_values, 0));
        Assert.Equal(BusStatus.NoAnswer, sensor.Start());
        Assert.Equal(SensorStatus.NotStarted, sensor.Read(_values, 0));
        _bus.Faults.IsAway = false;
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        _bus.Faults.ShortReads = 1;
        Assert.Equal(BusStatus.ShortTransfer, sensor.Read(_values, 0));
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
    }

    [Fact]
    public void A_measurement_that_could_not_be_asked_for_is_asked_for_again_and_its_place_is_no_old_sample()
    {
        FailingWrites writes = new(_bus);
        Bme280 sensor = new(writes, _clock, new Bme280Settings { IsForced = true });
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        writes.IsFailing = true;
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(BusStatus.NoAnswer, sensor.Read(_values, 0));
        writes.IsFailing = false;
        Assert.Equal(SensorStatus.NoSample, sensor.Read(_values, 0));
        _clock.Advance(sensor.MeasurementMicros);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
    }

    [Fact]
    public void Every_transfer_of_a_start_may_fail_and_the_next_start_works()
    {
        Bme280 sensor = new(_bus, _clock, new Bme280Settings());
        sensor.Start();
        int needed = _bus.Faults.Transfers;
        for (int failing = 0; failing < needed; failing++)
        {
            (_bus.Faults.GoodTransfers, _bus.Faults.NoAnswers) = (failing, 1);
            Assert.Equal(BusStatus.NoAnswer, sensor.Start());
            Assert.Equal(SensorStatus.NotStarted, sensor.Read(_values, 0));
            Assert.Equal(SensorStatus.Ok, sensor.Start());
            Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        }
    }

    [Theory]
    [InlineData(0xF2)]
    [InlineData(0xF4)]
    [InlineData(0xF5)]
    public void A_settings_register_that_is_stuck_is_noticed_at_the_start(int register)
    {
        _bus.Faults.Stuck[register] = 0xA4;
        Assert.Equal(SensorStatus.LostSettings, new Bme280(_bus, _clock, new Bme280Settings()).Start());
    }

    [Fact]
    public void A_device_that_keeps_copying_its_coefficients_does_not_start()
    {
        _bus.Faults.Stuck[0xF3] = 1;
        Assert.Equal(SensorStatus.NotStarted, new Bme280(_bus, _clock, new Bme280Settings()).Start());
    }

    [Fact]
    public void A_device_without_coefficients_does_not_start()
    {
        _device.FirstBlock = new byte[26];
        Assert.Equal(SensorStatus.NotStarted, new Bme280(_bus, _clock, new Bme280Settings()).Start());
    }

    [Fact]
    public void Data_as_after_a_reset_is_a_bad_reading_and_one_such_channel_is_none()
    {
        Bme280 sensor = Started(new Bme280Settings());
        Stick(0xFA, 0x80, 0, 0); // near 26.5 degC
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.InRange(_values[0], 26, 27);
        Stick(0xF7, 0x80, 0, 0);
        Stick(0xFD, 0x80, 0);
        Assert.Equal(SensorStatus.BadReading, sensor.Read(_values, 0));
    }

    [Fact]
    public void Over_SPI_the_same_is_read()
    {
        SpiRegisterBus bus = new(new SimulatedSpiBus(_device), 0x80, 0x7F, 0, Bme280.LongestTransfer);
        Bme280 sensor = new(bus, _clock, new Bme280Settings());
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(101_325, _values[1], PascalTolerance);
    }

    [Fact]
    public void A_device_that_is_gone_from_SPI_is_another_device()
    {
        SimulatedSpiBus spi = new(_device);
        spi.Faults.IsAway = true;
        SpiRegisterBus bus = new(spi, 0x80, 0x7F, 0, Bme280.LongestTransfer);
        Assert.Equal(SensorStatus.WrongDevice, new Bme280(bus, _clock, new Bme280Settings()).Start());
    }

    [Fact]
    public void Settings_that_the_device_does_not_have_are_refused_in_one_line()
    {
        Refused(new Bme280Settings { TemperatureOversampling = 0 },
            "Bme280Settings.TemperatureOversampling: expected 1, 2, 4, 8 or 16, found 0");
        Refused(new Bme280Settings { PressureOversampling = 3 },
            "Bme280Settings.PressureOversampling: expected 0, 1, 2, 4, 8 or 16, found 3");
        Refused(new Bme280Settings { HumidityOversampling = -1 },
            "Bme280Settings.HumidityOversampling: expected 0, 1, 2, 4, 8 or 16, found -1");
        Refused(new Bme280Settings { Filter = 1 },
            "Bme280Settings.Filter: expected 0, 2, 4, 8 or 16, found 1");
        Refused(new Bme280Settings { StandbyMicros = 1 },
            "Bme280Settings.StandbyMicros: expected 500, 62500, 125000, 250000, 500000, 1000000, 10000 or 20000, found 1");
        Refused(new Bme280Settings { StandbyMicros = 10_000, HumidityOversampling = 0 },
            "Bme280Settings.StandbyMicros: expected 500 us or at least 62500 us without humidity, found 10000");
    }

    private void Refused(Bme280Settings settings, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new Bme280(_bus, _clock, settings)).Message);

    private Bme280 Started(Bme280Settings settings)
    {
        Bme280 sensor = new(_bus, _clock, settings);
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        return sensor;
    }

    private void ReadNext(Bme280 sensor)
    {
        _clock.Advance(1_000_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
    }

    private void Stick(int register, params byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i++) _bus.Faults.Stuck[register + i] = bytes[i];
    }

    private int Register(int register)
    {
        byte[] read = new byte[1];
        _bus.Read(register, read, 0, 1);
        return read[0];
    }

    private static string[] Channels(Bme280 sensor)
    {
        string[] channels = new string[sensor.ChannelCount];
        for (int i = 0; i < channels.Length; i++) channels[i] = sensor.ChannelName(i) + " " + sensor.ChannelUnit(i);
        return channels;
    }
}
