using System;

namespace EdgeRnn.Hardware;

/// <summary>
/// TDK InvenSense MPU-6886 over I2C: as <see cref="Mpu6050"/>, with its own temperature formula, a filter of its own for acceleration,
/// and a FIFO that always holds the temperature and has a watermark. Registers from DS-000193 revision 1.1.
/// </summary>
public sealed class Mpu6886 : InvenSenseSensor
{
    /// <summary>The I2C address with pin SA0 low; with it high, one more.</summary>
    public const int Address = 0x68;

    private const int Identity = 0x19;
    private const int FifoBytes = 1008; // of "1 kB" the part that whole frames of every size fill
    private const int AccelConfig2 = 0x1D;
    private const int FifoWatermarkHigh = 0x60;
    private const int FifoWatermarkLow = 0x61;
    private const int AccelIntelligence = 0x69;
    private const int OutputLimitOff = 0x02;
    private const int RotationToFifo = 0x10;
    private const int AccelerationToFifo = 0x08;

    /// <summary>A sensor, not yet started.</summary>
    /// <param name="bus">The device, opened for transfers of <see cref="InvenSenseSensor.LongestTransfer"/> bytes; not owned.</param>
    /// <param name="clock">Time.</param>
    /// <param name="settings">Read here, not kept.</param>
    /// <exception cref="ArgumentException">The device does not have a setting.</exception>
    public Mpu6886(IRegisterBus bus, IClock clock, Mpu6886Settings settings)
        : base("MPU-6886", Identity, FifoBytes, bus, clock, settings.Checked("Mpu6886Settings"), true, ToFifo(settings), More(settings)) =>
        AddChannels(settings);

    private protected override double TemperatureScale => 1 / 326.8;

    private protected override double TemperatureOffset => 25;

    private static int ToFifo(Mpu6886Settings settings) =>
        (settings.UseAcceleration ? AccelerationToFifo : 0) | (settings.UseRotation ? RotationToFifo : 0);

    private static byte[] More(Mpu6886Settings settings)
    {
        int bytes = settings.Watermark * (settings.UseAcceleration && settings.UseRotation ? AllDataBytes : 8);
        return new byte[]
        {
            AccelConfig2, (byte)settings.Filter,
            AccelIntelligence, OutputLimitOff,
            FifoWatermarkHigh, (byte)(bytes >> 8),
            FifoWatermarkLow, (byte)bytes,
        };
    }
}
