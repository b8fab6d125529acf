using System;
using System.Linq;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>What is fed into a part comes out of the very driver, at what the sensor resolves.</summary>
public sealed class SimulatedPartsTests
{
    private const int TurnMicros = 100_000;

    // Kind and options, an input and the channel that shows it, a value and a slope per second, and what the driver can be off by:
    // half a count, and for a ramp what it rises by in a device's period, conversion or delay.
    public static TheoryData<string, string, string, double, double, double, double> Analog => new()
    {
        { "mpu6050", "ax", "ax", 3, 0.5, 0.0004, 0.006 },
        { "mpu6050 rotationRange=500", "gz", "gz", -40, 3, 0.008, 0.04 },
        { "mpu6050 temperature=true", "temperature", "temperature", 40, 0.5, 0.002, 0.01 },
        { "mpu6050 fifo=false range=16 address=0x69 bus=3", "az", "az", -30, 2, 0.0025, 0.025 },
        { "mpu6886", "ay", "ay", -3, 0.5, 0.0004, 0.006 },
        { "adxl345", "ax", "ax", 3, 0.5, 0.02, 0.03 },
        { "adxl345 over=spi bus=1 select=1", "ay", "ay", 3, 0.5, 0.02, 0.03 },
        { "lis3dh fifo=false", "ay", "ay", 3, 0.5, 0.005, 0.015 },
        { "lis3dh over=spi", "az", "az", 9, 0.5, 0.04, 0.05 },
        { "bme280", "temperature", "temperature", 19.5, 0.01, 0.006, 0.01 },
        { "bme280 humidityOversampling=0 address=0x77", "pressure", "pressure", 99_000, 5, 2, 3 },
        { "bme280", "humidity", "humidity", 61, 0.1, 0.03, 0.05 },
        { "ina219", "current", "current", 1.5, 0.1, 0.0002, 0.001 },
        { "ina219 shuntOhms=0.01 largestAmperes=20", "current", "current", 15, -0.5, 0.002, 0.005 },
        { "ina219", "busVoltage", "busVoltage", 11.7, 0.1, 0.0021, 0.003 },
        { "ads1115", "ain0", "ain0", 1.1, 0.05, 0.00004, 0.0005 },
        { "ads1115 inputs=ain3,ain0-ain1 fullScaleMillivolts=4096", "ain3", "ain3", 3.1, 0.05, 0.00007, 0.0012 },
        { "ads1115 inputs=ain0-ain1", "ain1", "ain0-ain1", -0.7, -0.1, 0.00004, 0.0011 },
        { "mcp3008", "ch0", "ch0", 1.8, 0.1, 0.0033, 0.0033 },
        { "mcp3008 inputs=5,2 referenceVolts=5 select=1", "ch2", "ch2", 4.1, 0.1, 0.0049, 0.005 },
        { "hcsr04 trigger=23 echo=24", "distance", "distance", 1.4, 0.05, 0.0002, 0.0055 },
        { "hcsr04 trigger=23 echo=24 airCelsius=-10", "distance", "distance", 2.4, 0.05, 0.0002, 0.0055 },
    };

    public static TheoryData<string> OnBuses =>
        ["mpu6050", "mpu6886", "adxl345", "adxl345 over=spi", "lis3dh", "bme280", "ina219", "ads1115 continuous=true"];

    [Theory]
    [MemberData(nameof(Analog))]
    public void What_is_fed_in_comes_out_of_the_driver(string sensor, string input, string channel, double value, double slope,
        double within, double moving)
    {
        double sign = channel == "ain0-ain1" ? -1 : 1;
        Rig still = new(sensor), rising = new(sensor);
        still.Feed(input, _ => sign * value);
        Assert.Equal(value, still.After(2, channel), within);

        rising.Feed(input, at => sign * (value + slope * at * 1e-6));
        double delay = rising.Driver.Name == "HC-SR04" ? 0.1 : 0; // a read gives what the pulse before it measured
        Assert.Equal(value + slope * (2 - delay), rising.After(2, channel), within + moving);
        Assert.Equal(value + slope * (6 - delay), rising.After(6, channel), within + moving);
    }

    [Theory]
    [MemberData(nameof(OnBuses))]
    public void A_device_that_was_away_has_lost_its_settings_and_works_when_it_is_started_again(string sensor)
    {
        Rig rig = new(sensor);
        Assert.Equal(SensorStatus.Ok, rig.StatusAfter(1));
        rig.Part.IsAway = true;
        Assert.NotEqual(SensorStatus.Ok, rig.StatusAfter(2));
        Assert.NotEqual(SensorStatus.Ok, rig.Driver.Start());
        rig.Part.IsAway = false;
        Assert.NotEqual(SensorStatus.Ok, rig.StatusAfter(3));
        Assert.Equal(SensorStatus.Ok, rig.Driver.Start());
        Assert.Equal(SensorStatus.Ok, rig.StatusAfter(4));
    }

    [Theory]
    [MemberData(nameof(OnBuses))]
    public void A_device_that_was_switched_off_and_on_has_lost_its_settings(string sensor)
    {
        Rig rig = new(sensor);
        Assert.Equal(SensorStatus.Ok, rig.StatusAfter(1));
        rig.Part.PowerUp();
        Assert.Equal(SensorStatus.LostSettings, rig.StatusAfter(2));
        Assert.Equal(SensorStatus.Ok, rig.Driver.Start());
        Assert.Equal(SensorStatus.Ok, rig.StatusAfter(3));
    }

    [Fact]
    public void A_distance_sensor_that_is_away_sends_no_echo_and_comes_back()
    {
        Rig rig = new("hcsr04 trigger=23 echo=24");
        Assert.Equal(1, rig.After(1, "distance"), 0.001);
        rig.Part.IsAway = true;
        Assert.Equal(SensorStatus.BadReading, rig.StatusAfter(2));
        rig.Part.IsAway = false;
        Assert.Equal(1, rig.After(3, "distance"), 0.001);
    }

    [Fact]
    public void A_motion_sensor_shows_motion_and_falls_silent_when_it_is_away()
    {
        Rig rig = new("pir pin=4 warmUpMicros=0");
        rig.Feed("motion", at => at > 1_000_000 ? 1 : 0);
        Assert.Equal(0, rig.After(0.9, "motion"));
        Assert.Equal(1, rig.After(2, "motion"));
        rig.Part.IsAway = true;
        Assert.Equal(0, rig.After(3, "motion"));
        rig.Part.IsAway = false;
        Assert.Equal(1, rig.After(4, "motion"));
    }

    [Theory]
    [InlineData("vibration pin=4")]
    [InlineData("vibration pin=4 activeLow=true")]
    public void A_vibration_switch_closes_while_it_is_shaken_harder_than_its_screw_is_set_to(string sensor)
    {
        Rig rig = new(sensor);
        rig.Feed("shake", at => at < 1_000_000 ? 4 : 6); // half a g is 4.9
        Assert.Equal(0, rig.After(0.9, "pulses"));
        Assert.InRange(rig.After(2, "pulses"), 95, 101); // one a millisecond over a tenth of a second
        rig.Part.IsAway = true;
        rig.After(2.2, "pulses");
        Assert.Equal(0, rig.After(3, "pulses"));
        rig.Part.IsAway = false;
        Assert.InRange(rig.After(4, "pulses"), 95, 101);
    }

    [Fact]
    public void Every_kind_of_the_factory_can_be_attached_and_feeds_the_channels_of_its_driver()
    {
        foreach (string kind in SensorFactory.Kinds)
        {
            string needed = kind switch { "pir" or "vibration" => " pin=4", "hcsr04" => " trigger=23 echo=24", _ => "" };
            Rig rig = new(kind + needed);
            Assert.Equal(kind, rig.Part.Kind);
            Assert.NotEmpty(rig.Part.Inputs);
            Assert.Equal(rig.Part.Inputs.Count, rig.Part.Inputs.Select(input => input.Name).Distinct().Count());
            Assert.NotEqual(kind is "pir" or "vibration" or "hcsr04", rig.Part.Faults != null);
        }
    }

    [Fact]
    public void An_option_that_the_driver_refuses_is_refused() =>
        Assert.Equal("bsu", Assert.Throws<SensorOptionException>(() => new Rig("mpu6050 bsu=1")).Option);

    // A board with a part, and the driver for it, made from the same words.
    private sealed class Rig
    {
        private readonly SimulatedBoard _board = new();
        private readonly float[] _values;

        public Rig(string sensor)
        {
            string[] words = sensor.Split(' ');
            var options = words.Skip(1).Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
            Part = SimulatedParts.Attach(_board, new SensorOptions(words[0], options));
            Driver = SensorFactory.Create(_board, new SensorOptions(words[0], options));
            _values = new float[Driver.ChannelCount];
            Assert.Equal(SensorStatus.Ok, Driver.Start());
        }

        public SimulatedPart Part { get; }

        public ISensor Driver { get; }

        public void Feed(string input, Func<long, double> value) =>
            Part.Feed(Part.Inputs.Select(quantity => quantity.Name).ToList().IndexOf(input), value);

        public double After(double seconds, string channel)
        {
            Assert.Equal(SensorStatus.Ok, StatusAfter(seconds));
            for (int i = 0; i < _values.Length; i++)
            {
                if (Driver.ChannelName(i) == channel) return _values[i];
            }
            throw new ArgumentException(channel);
        }

        // Reads as a loop does, every tenth of a second, and takes all there is; the last status that says something.
        public int StatusAfter(double seconds)
        {
            int last = SensorStatus.NoSample;
            long until = (long)(seconds * 1e6);
            while (_board.Clock.NowMicros < until)
            {
                _board.Clock.SleepUntil(Math.Min(until, (_board.Clock.NowMicros / TurnMicros + 1) * TurnMicros));
                for (int reads = 0; reads < 1000; reads++)
                {
                    int status = Driver.Read(_values, 0);
                    if (status == SensorStatus.NoSample) break;
                    last = status;
                    if (status != SensorStatus.Ok || Driver.SamplePeriodMicros == 0) break;
                }
            }
            return last;
        }
    }
}
