using System;

namespace EdgeRnn.Hardware;

/// <summary>
/// InvenSense MPU-6050 over I2C: acceleration in m/s2 (ax, ay, az), rotation in deg/s (gx, gy, gz), its own temperature in degC.
/// Registers from RM-MPU-6000A-00 revision 4.2.
/// </summary>
public sealed class Mpu6050 : InvenSenseSensor
{
    /// <summary>The I2C address with pin AD0 low; with it high, one more.</summary>
    public const int Address = 0x68;

    private const int Identity = 0x68;
    private const int FifoBytes = 1024;
    private const int TemperatureToFifo = 0x80;
    private const int RotationToFifo = 0x70;
    private const int AccelerationToFifo = 0x08;

    /// <summary>A sensor, not yet started.</summary>
    /// <param name="bus">The device, opened for transfers of <see cref="InvenSenseSensor.LongestTransfer"/> bytes; not owned.</param>
    /// <param name="clock">Time.</param>
    /// <param name="settings">Read here, not kept.</param>
    /// <exception cref="ArgumentException">The device does not have a setting.</exception>
    public Mpu6050(IRegisterBus bus, IClock clock, Mpu6050Settings settings)
        : base("MPU-6050", Identity, FifoBytes, bus, clock, settings.Checked("Mpu6050Settings"), false, ToFifo(settings), new byte[0]) =>
        AddChannels(settings);

    private protected override double TemperatureScale => 1 / 340.0;

    private protected override double TemperatureOffset => 36.53;

    private static int ToFifo(Mpu6050Settings settings) =>
        (settings.UseAcceleration ? AccelerationToFifo : 0) | (settings.UseRotation ? RotationToFifo : 0) |
        (settings.UseTemperature ? TemperatureToFifo : 0);
}
