using System;
using System.Collections.Generic;
using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using EdgeRnn.Simulator;
using EdgeRnn.Tests.Fakes;

namespace EdgeRnn.Tests.Bindings;

/// <summary>What the bindings throw becomes a status, and the next start brings the device back.</summary>
public sealed class BindingFaultTests
{
    private readonly BindingBench _bench = new();
    private readonly Dictionary<string, RegisterDevice> _devices;

    public BindingFaultTests() => _devices = new()
    {
        ["MPU-6050"] = new SimulatedMpu6050(_bench.Clock),
        ["BME280"] = new Bme280Device(_bench.Clock),
        ["INA219"] = new Ina219Device(_bench.Clock),
        ["ADS1115"] = new Ads1115Device(_bench.Clock),
    };

    public static TheoryData<string> OverI2c => ["MPU-6050", "BME280", "INA219", "ADS1115"];

    [Theory, MemberData(nameof(OverI2c))]
    public void Before_its_start_a_sensor_is_not_started(string name) =>
        Assert.Equal(SensorStatus.NotStarted, Bound(name, _bench.OverI2c(_devices[name])).Read(new float[7], 0));

    [Theory, MemberData(nameof(OverI2c))]
    public void A_device_that_is_away_does_not_answer_and_is_back_after_a_start(string name)
    {
        FakeI2cDevice wire = _bench.OverI2c(_devices[name]);
        ISensor sensor = Bound(name, wire);
        wire.Failure = LibraryErrors.I2cNack;
        Assert.Equal(BusStatus.NoAnswer, sensor.Start());
        Assert.Equal(SensorStatus.NotStarted, sensor.Read(new float[7], 0));
        wire.Failure = null;
        _bench.Sample(sensor);
        wire.Failure = LibraryErrors.I2cTimeout;
        Assert.Equal(BusStatus.Timeout, sensor.Read(new float[7], 0));
        wire.Failure = null;
        _bench.Sample(sensor);
    }

    [Theory]
    [InlineData("MPU-6050")]
    [InlineData("BME280")]
    public void Another_device_is_not_taken_for_it(string name) =>
        Assert.Equal(SensorStatus.WrongDevice, Bound(name, _bench.OverI2c(new PlainDevice())).Start());

    [Fact]
    public void Where_nothing_drives_the_data_line_Mcp3008_has_no_valid_reading()
    {
        Mcp3008Binding sensor = new(_bench.OverSpi(new OpenLine()), 3.3f, 0);
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        Assert.Equal(SensorStatus.BadReading, sensor.Read(new float[1], 0));
    }

    [Fact]
    public void A_fault_of_the_SPI_bus_is_told_as_such()
    {
        FakeSpiDevice wire = _bench.OverSpi(new Mcp3008Device(_bench.Clock));
        Mcp3008Binding sensor = new(wire, 3.3f, 0);
        _bench.Sample(sensor);
        wire.Failure = LibraryErrors.Spi;
        Assert.Equal(BusStatus.Failed, sensor.Read(new float[1], 0));
    }

    // The binding itself waits for the echo, 0.1 s of real time.
    [Fact]
    public void Without_an_echo_Hcsr04_has_no_valid_reading()
    {
        FakeGpioDriver driver = new();
        using LinuxBoard board = Boards.With(_bench.Clock, driver);
        Hcsr04Binding sensor = new(board.Pins, 23, 24);
        Assert.Equal(SensorStatus.Ok, sensor.Start());
        Assert.Equal(SensorStatus.BadReading, sensor.Read(new float[1], 0));
        Assert.Equal(["23=Low", "23=High", "23=Low"], driver.Writes);
    }

    private sealed class OpenLine : ISpiDevice
    {
        public void Transfer(ReadOnlySpan<byte> write, Span<byte> read) => read.Fill(0xFF);
    }

    private static ISensor Bound(string name, FakeI2cDevice wire) => name switch
    {
        "MPU-6050" => new Mpu6050Binding(wire),
        "BME280" => new Bme280Binding(wire),
        "INA219" => new Ina219Binding(wire, 0.1, 1e-4),
        _ => new Ads1115Binding(wire),
    };
}
