using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>Sensors by their names and options, the same for a service, a recorder and a scenario.</summary>
public sealed class SensorFactoryTests
{
    public static TheoryData<string> Kinds => [.. SensorFactory.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_is_made_with_what_it_needs_and_reports_an_empty_board(string kind)
    {
        ISensor sensor = Make(kind, Needed(kind));
        Assert.True(sensor.ChannelCount >= 1);
        Assert.NotEqual("", sensor.ChannelName(0));
        float[] values = new float[sensor.ChannelCount];
        Assert.NotEqual(SensorStatus.Ok, sensor.Read(values, 0)); // nobody started it
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_option_that_is_not_known_is_refused(string kind)
    {
        Dictionary<string, string> options = Needed(kind);
        options["bsu"] = "1";
        SensorOptionException error = Assert.Throws<SensorOptionException>(() => Make(kind, options));
        Assert.Equal("bsu", error.Option);
        Assert.StartsWith($"there is no such option of the {kind}; expected some of ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mpu6050", "rate", "200", 5000)]
    [InlineData("mpu6886", "rate", "50", 20_000)]
    [InlineData("adxl345", "rate", "1600", 625)]
    [InlineData("lis3dh", "rate", "400", 2500)]
    [InlineData("mpu6050", "fifo", "false", 0)]
    [InlineData("ina219", "rate", "50", 0)]
    public void The_rate_is_the_period_of_a_sensor_that_keeps_samples(string kind, string option, string value, int expectedMicros) =>
        Assert.Equal(expectedMicros, Make(kind, new() { [option] = value }).SamplePeriodMicros);

    [Theory]
    [InlineData("mpu6050", "address", "0x6A", "expected a whole number from 104 to 105, found '0x6A'; correct it")]
    [InlineData("mpu6050", "address", "sixty", "expected a whole number from 104 to 105, found 'sixty'; correct it")]
    [InlineData("mpu6050", "range", "3", "expected one of 2, 4, 8, 16, found '3'; correct it")]
    [InlineData("mpu6050", "fifo", "maybe", "expected true or false, found 'maybe'; correct it")]
    [InlineData("adxl345", "over", "uart", "expected one of i2c, spi, found 'uart'; correct it")]
    [InlineData("ina219", "shuntOhms", "NaN", "expected a number from")]
    [InlineData("mcp3008", "inputs", "0,9", "expected some of 0, 1, 2")]
    public void A_value_that_is_not_possible_is_refused(string kind, string option, string value, string expected)
    {
        SensorOptionException error = Assert.Throws<SensorOptionException>(() => Make(kind, new() { [option] = value }));
        Assert.Equal(option, error.Option);
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_driver_refuses_is_an_option_that_is_wrong()
    {
        SensorOptionException error = Assert.Throws<SensorOptionException>(() => Make("adxl345", new() { ["rate"] = "123" }));
        Assert.Contains("PeriodMicros", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_is_needed_is_asked_for() =>
        Assert.Equal("expected a whole number from 0 to 1023, found nothing; the pir needs it",
            Assert.Throws<SensorOptionException>(() => Make("pir", [])).Message);

    [Fact]
    public void A_kind_that_is_not_known_names_those_that_are()
    {
        SensorOptionException error = Assert.Throws<SensorOptionException>(() => Make("mpu", []));
        Assert.Equal($"expected one of {string.Join(", ", SensorFactory.Kinds.Order(StringComparer.Ordinal))}, found 'mpu'; correct it", error.Message);
    }

    [Fact]
    public void Inputs_keep_their_order()
    {
        ISensor sensor = Make("mcp3008", new() { ["inputs"] = "3, 0-1" });
        Assert.Equal(2, sensor.ChannelCount);
        Assert.Equal(Make("mcp3008", new() { ["inputs"] = "3" }).ChannelName(0), sensor.ChannelName(0));
    }

    private static Dictionary<string, string> Needed(string kind) => kind switch
    {
        "pir" or "vibration" => new() { ["pin"] = "4" },
        "hcsr04" => new() { ["trigger"] = "23", ["echo"] = "24" },
        _ => [],
    };

    private static ISensor Make(string kind, Dictionary<string, string> options) => SensorFactory.Create(new SimulatedBoard(), new SensorOptions(kind, options));
}
