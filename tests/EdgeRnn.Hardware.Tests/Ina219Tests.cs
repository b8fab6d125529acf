using System;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>The INA219 driver against its simulated registers.</summary>
public sealed class Ina219Tests
{
    private readonly VirtualClock _clock = new();
    private readonly Ina219Device _device;
    private readonly SimulatedRegisterBus _bus;
    private readonly float[] _values = new float[4];
    private readonly short[] _counts = new short[4];

    public Ina219Tests()
    {
        _device = new Ina219Device(_clock);
        _bus = new SimulatedRegisterBus(_device);
    }

    // SBOS448, "Programming the INA219": 12 V supply (11.98 V behind the shunt), 10 A over 2 mOhm, at most 15 A, 1 mA per count.
    [Fact]
    public void The_datasheets_example_gives_its_registers_and_readings()
    {
        _device.ShuntOhms = 0.002;
        _device.Volts = _ => 11.98;
        _device.Amperes = _ => 10;
        Ina219 sensor = Started(new Ina219Settings { ShuntOhms = 0.002, LargestAmperes = 15, AmperesPerCount = 0.001, BusRangeVolts = 16 });
        Assert.Equal(20_480, Register(5));
        Assert.Equal(0x07D0, Register(1));
        Assert.Equal(0x5D98, Register(2) & 0xFFF8);
        Assert.Equal(0x2710, Register(4));
        Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(_counts, 0));
        Assert.Equal([2995, 2000, 10_000, 5990], _counts);
        _clock.Advance(10_000);
        Assert.Equal(0x1766, Register(3));
        _clock.Advance(10_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal([11.98f, 0.02f, 10f, 119.8f], _values, (a, b) => MathF.Abs(a - b) <= 1e-5f * b);
    }

    // SBOS448, table 7: the shunt's register in two's complement, with the sign in as many bits as the range leaves.
    [Theory]
    [InlineData(320.00, 0x7D00)]
    [InlineData(319.99, 0x7CFF)]
    [InlineData(160.00, 0x3E80)]
    [InlineData(0.02, 0x0002)]
    [InlineData(0.01, 0x0001)]
    [InlineData(0, 0x0000)]
    [InlineData(-0.01, 0xFFFF)]
    [InlineData(-0.02, 0xFFFE)]
    [InlineData(-160.00, 0xC180)]
    [InlineData(-319.99, 0x8301)]
    [InlineData(-320.00, 0x8300)]
    public void The_shunt_voltage_keeps_its_sign(double millivolts, int register)
    {
        _device.Amperes = _ => millivolts / 100;
        Ina219 sensor = Started(new Ina219Settings());
        Assert.Equal(register, Register(1));
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(millivolts / 1000, _values[1], 1e-7);
        Assert.Equal(Math.Sign(millivolts), Math.Sign(_values[1]));
    }

    [Theory]
    [InlineData(2.5)]
    [InlineData(-2.5)]
    [InlineData(-0.001)]
    [InlineData(-3.2)]
    public void Current_and_power_have_the_currents_sign(double amperes)
    {
        _device.Amperes = _ => amperes;
        _device.Volts = _ => 5;
        Ina219 sensor = Started(new Ina219Settings());
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(5f, _values[0], 1e-6f);
        Assert.Equal(amperes, _values[2], 1.01 * sensor.AmperesPerCount);
        Assert.Equal(5 * amperes, _values[3], 20 * sensor.AmperesPerCount + 5 * 1.01 * sensor.AmperesPerCount);
    }

    [Theory]
    [InlineData(0.4, 0)]
    [InlineData(0.8, 1)]
    [InlineData(1.6, 2)]
    [InlineData(3.2, 3)]
    [InlineData(0.41, 1)]
    [InlineData(1.61, 3)]
    public void The_amplifiers_range_is_the_smallest_that_the_largest_current_fits(double largest, int gain)
    {
        _device.Amperes = _ => -largest;
        Ina219 sensor = Started(new Ina219Settings { LargestAmperes = largest });
        Assert.Equal(gain, (Register(0) >> 11) & 3);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        // Half a count of the shunt, one of the current, which is cut off.
        Assert.Equal(-largest, _values[2], 5e-5 + sensor.AmperesPerCount);
    }

    [Theory]
    [InlineData(16, 0, 15.996)]
    [InlineData(32, 1, 26)]
    public void Both_ranges_of_the_bus_are_set_and_read(int range, int bit, double volts)
    {
        _device.Volts = _ => volts;
        Ina219 sensor = Started(new Ina219Settings { BusRangeVolts = range });
        Assert.Equal(bit, (Register(0) >> 13) & 1);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(volts, _values[0], 1e-5);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 9)]
    [InlineData(4, 10)]
    [InlineData(8, 11)]
    [InlineData(16, 12)]
    [InlineData(32, 13)]
    [InlineData(64, 14)]
    [InlineData(128, 15)]
    public void Every_averaging_is_set_for_both_and_a_new_reading_comes_as_often_as_it_allows(int averaging, int code)
    {
        Ina219 sensor = Started(new Ina219Settings { Averaging = averaging });
        Assert.Equal(code, (Register(0) >> 3) & 15);
        Assert.Equal(code, (Register(0) >> 7) & 15);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(SensorStatus.NoSample, sensor.Read(_values, 0));
        _clock.Advance(1064 * averaging);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
    }

    [Fact]
    public void A_current_too_large_for_the_calibration_is_not_given_and_the_voltages_are()
    {
        _device.Amperes = _ => 3;
        Ina219 sensor = Started(new Ina219Settings { LargestAmperes = 3.2, AmperesPerCount = 0.00005 });
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(12f, _values[0], 1e-5f);
        Assert.Equal(0.3f, _values[1], 1e-6f);
        Assert.True(float.IsNaN(_values[2]) && float.IsNaN(_values[3]));
        _clock.Advance(10_000);
        Assert.Equal(SensorStatus.BadReading, sensor.ReadCounts(_counts, 0));
    }

    [Fact]
    public void Counts_of_a_power_that_does_not_fit_16_bits_stop_at_the_largest()
    {
        _device.Amperes = _ => -3.1;
        _device.Volts = _ => 26;
        Ina219 sensor = Started(new Ina219Settings());
        Assert.Equal(SensorStatus.Ok, sensor.ReadCounts(_counts, 0));
        Assert.Equal(-32_767, _counts[3]);
        _clock.Advance(10_000);
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(-80.6, _values[3], 0.01);
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(0.0)]
    public void A_device_that_lost_power_has_lost_its_settings_until_it_is_started_again(double amperes)
    {
        _device.Amperes = _ => amperes;
        Ina219 sensor = Started(new Ina219Settings());
        _device.PowerUp();
        _clock.Advance(10_000);
        Assert.Equal(SensorStatus.LostSettings, sensor.Read(_values, 0));
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
        Assert.Equal(amperes, _values[2], 0.001);
    }

    [Fact]
    public void A_device_that_stopped_converting_has_lost_its_settings()
    {
        Ina219 sensor = Started(new Ina219Settings());
        sensor.Read(_values, 0);
        _bus.Write(0, [0x39, 0x98], 0, 2); // power-down
        Assert.Equal(SensorStatus.NoSample, sensor.Read(_values, 0));
        _clock.Advance(10_000);
        Assert.Equal(SensorStatus.LostSettings, sensor.Read(_values, 0));
    }

    [Fact]
    public void A_ready_bit_that_is_stuck_is_a_bad_reading()
    {
        Ina219 sensor = Started(new Ina219Settings());
        sensor.Read(_values, 0);
        _bus.Faults.Stuck[2 * 2 + 1] = 0;
        _clock.Advance(10_000);
        Assert.Equal(SensorStatus.BadReading, sensor.Read(_values, 0));
    }

    [Fact]
    public void A_device_that_was_away_is_started_again()
    {
        Ina219 sensor = new(_bus, _clock, new Ina219Settings());
        Assert.Equal(SensorStatus.NotStarted, sensor.Read(_values, 0));
        _bus.Faults.IsAway = true;
        Assert.Equal(BusStatus.NoAnswer, sensor.Start());
        _bus.Faults.IsAway = false;
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        _bus.Faults.ShortReads = 1;
        Assert.Equal(BusStatus.ShortTransfer, sensor.Read(_values, 0));
        _bus.Faults.NoAnswers = 1;
        Assert.Equal(BusStatus.NoAnswer, sensor.Read(_values, 0));
        Assert.Equal(SensorStatus.Ok, sensor.Read(_values, 0));
    }

    [Fact]
    public void Every_transfer_of_a_start_and_a_read_may_fail_and_the_next_start_works()
    {
        Ina219 sensor = Started(new Ina219Settings());
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

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_register_that_does_not_take_its_setting_is_noticed_at_the_start(int register)
    {
        _bus.Faults.Stuck[2 * register] = 0x12;
        Assert.Equal(SensorStatus.LostSettings, new Ina219(_bus, _clock, new Ina219Settings()).Start());
    }

    [Fact]
    public void Settings_that_cannot_be_are_refused_in_one_line()
    {
        Refused(new Ina219Settings { Averaging = 3 }, "Ina219Settings.Averaging: expected 1, 2, 4, 8, 16, 32, 64 or 128, found 3");
        Refused(new Ina219Settings { BusRangeVolts = 26 }, "Ina219Settings.BusRangeVolts: expected 16 or 32, found 26");
        Refused(new Ina219Settings { ShuntOhms = 0 }, "Ina219Settings.ShuntOhms: expected above 0 ohm, found 0");
        Refused(new Ina219Settings { LargestAmperes = double.NaN }, "Ina219Settings.LargestAmperes: expected above 0 A, found NaN");
        Refused(new Ina219Settings { LargestAmperes = 4 }, "Ina219Settings: expected LargestAmperes x ShuntOhms up to 0.32 V, found 0.4 V");
        foreach ((double amperesPerCount, string found) in new[] { (1, "0.4096"), (1e-6, "409600") })
        {
            Refused(new Ina219Settings { AmperesPerCount = amperesPerCount },
                "Ina219Settings: expected a calibration of 2 to 65534 = 0.04096 V / (A per count x shunt in ohm), " +
                $"found {found}; choose other AmperesPerCount or LargestAmperes");
        }
    }

    private void Refused(Ina219Settings settings, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new Ina219(_bus, _clock, settings)).Message);

    private Ina219 Started(Ina219Settings settings)
    {
        Ina219 sensor = new(_bus, _clock, settings);
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        return sensor;
    }

    private int Register(int register)
    {
        byte[] read = new byte[2];
        _bus.Read(register, read, 0, 2);
        return (read[0] << 8) | read[1];
    }
}
