using System;
using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using EdgeRnn.Simulator;
using EdgeRnn.Tests.Fakes;
using Iot.Device.Adxl345;
using Iot.Device.Imu;
using OwnAdxl345 = EdgeRnn.Hardware.Adxl345;
using OwnMpu6050 = EdgeRnn.Hardware.Mpu6050;

namespace EdgeRnn.Tests.Bindings;

/// <summary>Our own drivers of motion sensors against the bindings, on the same simulated registers.</summary>
public sealed class MotionBindingTests
{
    private const double StandardGravity = 9.80665; // m/s2
    private const double Rounding = 1e-5;           // m/s2: a few roundings of single precision at 10 m/s2

    private readonly BindingBench _bench = new();

    // 9.807 m/s2 to the g instead of 9.80665, and 131.072 counts to the degree a second instead of 131: the counts are the same.
    [Theory]
    [InlineData(AccelerometerRange.Range02G, 2, GyroscopeRange.Range0250Dps, 250)]
    [InlineData(AccelerometerRange.Range04G, 4, GyroscopeRange.Range0500Dps, 500)]
    [InlineData(AccelerometerRange.Range08G, 8, GyroscopeRange.Range1000Dps, 1000)]
    [InlineData(AccelerometerRange.Range16G, 16, GyroscopeRange.Range2000Dps, 2000)]
    public void Mpu6050_gives_the_same_motion_up_to_its_constants(AccelerometerRange accelerometer, int g, GyroscopeRange gyroscope,
        int degrees)
    {
        const double gravity = 4e-5;
        double rate = degrees <= 500 ? 6e-4 : 1e-3; // 32.8 and 16.4 counts are rounded further from 32.768 and 16.384
        SimulatedMpu6050 device = new(_bench.Clock) { Acceleration = _ => (-3.5, 0.25, 9.8), Rotation = _ => (12, -200, 0.5) };
        FakeI2cDevice wire = _bench.OverI2c(device);
        Mpu6050Settings settings = new() { UseFifo = false, AccelerationRange = g, RotationRange = degrees, UseTemperature = true };
        OwnMpu6050 own = new(new I2cRegisterBus(wire, OwnMpu6050.LongestTransfer), _bench.Clock, settings);
        _bench.Agree(own, new Mpu6050Binding(wire, accelerometer, gyroscope),
            3.5 * gravity, 0.25 * gravity, 9.8 * gravity, 12 * rate, 200 * rate, 0.5 * rate, double.PositiveInfinity);
    }

    [Fact]
    public void Mpu6050_has_the_temperature_by_the_formula_of_another_chip()
    {
        SimulatedMpu6050 device = new(_bench.Clock) { Temperature = _ => 25 };
        FakeI2cDevice wire = _bench.OverI2c(device);
        Mpu6050Settings settings = new() { UseFifo = false, UseTemperature = true };
        OwnMpu6050 own = new(new I2cRegisterBus(wire, OwnMpu6050.LongestTransfer), _bench.Clock, settings);
        double counts = (25 - 36.53) * 340;
        Assert.Equal(25, _bench.Sample(own)[6], 0.01);
        Assert.Equal((counts - 21) / 333.87 + 21, _bench.Sample(new Mpu6050Binding(wire))[6], 0.01); // 9.2: that of the MPU-6500
    }

    [Fact]
    public void Mpu6050_divides_what_it_measures_by_the_divider_of_its_rate()
    {
        SimulatedMpu6050 device = new(_bench.Clock) { Acceleration = _ => (0, 0, StandardGravity), Rotation = _ => (100, 0, 0) };
        FakeI2cDevice wire = _bench.OverI2c(device);
        using Iot.Device.Imu.Mpu6050 binding = new(wire) { SampleRateDivider = 4 };
        _bench.Clock.Advance(100_000);
        Assert.Equal(StandardGravity / 5, binding.GetAccelerometer().Z, 1e-3);
        Assert.Equal(100.0 / 5, binding.GetGyroscopeReading().X, 0.02);
    }

    [Fact]
    public void Adxl345_gives_the_same_in_metres_as_the_binding_does_in_g()
    {
        (FakeSpiDevice wire, OwnAdxl345 own) = Adxl345At(2);
        _bench.Agree(own, new Adxl345Binding(wire, GravityRange.Range02), Rounding, Rounding, Rounding);
        using Iot.Device.Adxl345.Adxl345 binding = new(wire, GravityRange.Range02);
        _bench.Clock.Advance(100_000);
        Assert.Equal(-0.5, binding.Acceleration.Y, 1.0 / 256);
    }

    [Theory]
    [InlineData(4, GravityRange.Range04)]
    [InlineData(8, GravityRange.Range08)]
    [InlineData(16, GravityRange.Range16)]
    public void Adxl345_has_coarser_steps_in_higher_ranges(int g, GravityRange range)
    {
        double step = 2.0 * g / 1024 * StandardGravity;
        (FakeSpiDevice wire, OwnAdxl345 own) = Adxl345At(g);
        _bench.Agree(own, new Adxl345Binding(wire, range), step, step, step);
        Assert.Equal(0, Math.IEEERemainder(_bench.Sample(new Adxl345Binding(wire, range))[0], step), Rounding);
        Assert.NotEqual(0, Math.IEEERemainder(_bench.Sample(own)[0], step), Rounding);
    }

    // 1.34 m/s2 is 35 of the steps that the device has, and no whole number of larger ones.
    private (FakeSpiDevice Wire, OwnAdxl345 Own) Adxl345At(int g)
    {
        SimulatedAdxl345 device = new(_bench.Clock) { Acceleration = _ => (1.34, -0.5 * StandardGravity, 9.8) };
        FakeSpiDevice wire = _bench.OverSpi(device);
        Adxl345Settings settings = new() { UseFifo = false, Range = g };
        return (wire, new OwnAdxl345(OwnAdxl345.OverSpi(new SpiBus(wire)), _bench.Clock, settings));
    }
}
