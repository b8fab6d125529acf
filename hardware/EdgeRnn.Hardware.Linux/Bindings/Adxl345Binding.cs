using System.Device.Spi;
using System.Numerics;
using Iot.Device.Adxl345;
using Binding = Iot.Device.Adxl345.Adxl345;

namespace EdgeRnn.Hardware.Linux;

/// <summary>
/// ADXL345 by its binding: over SPI, mode 3, at most 5 MHz. The binding gives g; the channels are in m/s2, at 9.80665 m/s2 to the g.
/// The device runs at 100 Hz with 10 bits over its range. The binding does not look at the device's identity, and SPI has no
/// acknowledgement: a device that is not there reads as rest.
/// </summary>
public sealed class Adxl345Binding : BindingSensor<Binding>
{
    private const float StandardGravity = 9.80665f; // m/s2

    private readonly SpiDevice _device;
    private readonly GravityRange _range;

    /// <summary>A sensor.</summary>
    /// <param name="device">The device; not owned.</param>
    /// <param name="range">Range of the acceleration.</param>
    public Adxl345Binding(SpiDevice device, GravityRange range = GravityRange.Range02)
        : base("ADXL345", ["ax", "ay", "az"], ["m/s2", "m/s2", "m/s2"])
    {
        _device = device;
        _range = range;
    }

    private protected override Binding Open() => new Binding(_device, _range);

    private protected override int Measure(Binding binding, float[] values, int offset)
    {
        Vector3 acceleration = binding.Acceleration * StandardGravity;
        acceleration.CopyTo(values, offset);
        return SensorStatus.Ok;
    }
}
