using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using EdgeRnn.Tests.Fakes;

namespace EdgeRnn.Tests.Bindings;

/// <summary>
/// Reading through an adapter allocates nothing. The devices are plain registers, because computed ones allocate when they measure.
/// Runs alone, as <see cref="LinuxAllocationTests"/>.
/// </summary>
[Collection(nameof(LinuxAllocationTests))]
public sealed class BindingAllocationTests
{
    private readonly BindingBench _bench = new();
    private readonly PlainDevice _device = new();

    [Fact]
    public void Mpu6050()
    {
        _device.Registers[0x75] = 0x68; // its identity
        AllocatesNothing(new Mpu6050Binding(_bench.OverI2c(_device)));
    }

    [Fact]
    public void Bme280()
    {
        _device.Registers[0xD0] = 0x60; // its identity
        AllocatesNothing(new Bme280Binding(_bench.OverI2c(_device)));
    }

    [Fact]
    public void Ina219() => AllocatesNothing(new Ina219Binding(_bench.OverI2c(_device), 0.1, 1e-4));

    [Fact]
    public void Ads1115() => AllocatesNothing(new Ads1115Binding(_bench.OverI2c(_device)));

    [Fact]
    public void Adxl345() => AllocatesNothing(new Adxl345Binding(_bench.OverSpi(_device)));

    [Fact]
    public void Mcp3008() => AllocatesNothing(new Mcp3008Binding(_bench.OverSpi(_device), 3.3f, 0, 7));

    private void AllocatesNothing(ISensor sensor)
    {
        float[] values = _bench.Sample(sensor);
        int faults = 0;
        Assert.Equal(0, Allocations.Of(() => faults += sensor.Read(values, 0), turns: 20));
        Assert.Equal(0, faults);
    }
}
