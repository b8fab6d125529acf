using System.Device.I2c;
using Iot.Device.Imu;
using Binding = Iot.Device.Imu.Mpu6050;

namespace EdgeRnn.Hardware.Linux;

/// <summary>
/// MPU-6050 by its binding: acceleration in m/s2, angular rate in deg/s, temperature in degC as the binding has it, by the formula of
/// another chip. The binding divides acceleration and rate by 1 + the device's sample rate divider, which its reset leaves at 0. Accepts
/// only devices that name themselves 0x68.
/// </summary>
public sealed class Mpu6050Binding : BindingSensor<Binding>
{
    private readonly I2cDevice _device;
    private readonly AccelerometerRange _accelerometer;
    private readonly GyroscopeRange _gyroscope;

    /// <summary>A sensor.</summary>
    /// <param name="device">The device; not owned.</param>
    /// <param name="accelerometer">Range of the acceleration.</param>
    /// <param name="gyroscope">Range of the angular rate.</param>
    public Mpu6050Binding(I2cDevice device, AccelerometerRange accelerometer = AccelerometerRange.Range02G,
        GyroscopeRange gyroscope = GyroscopeRange.Range0250Dps)
        : base("MPU-6050", ["ax", "ay", "az", "gx", "gy", "gz", "temperature"], ["m/s2", "m/s2", "m/s2", "deg/s", "deg/s", "deg/s", "degC"])
    {
        _device = device;
        _accelerometer = accelerometer;
        _gyroscope = gyroscope;
    }

    private protected override Binding Open() => new Binding(_device) { AccelerometerRange = _accelerometer, GyroscopeRange = _gyroscope };

    private protected override int Measure(Binding binding, float[] values, int offset)
    {
        binding.GetAccelerometer().CopyTo(values, offset);
        binding.GetGyroscopeReading().CopyTo(values, offset + 3);
        values[offset + 6] = (float)binding.GetTemperature().DegreesCelsius;
        return SensorStatus.Ok;
    }
}
