using System;

namespace EdgeRnn.Hardware;

// Sensors of acceleration and rotation.
public static partial class SensorFactory
{
    private const int MotionSpiHz = 5_000_000; // the most an ADXL345 takes
    private const double SlowestHz = 0.5, FastestHz = 1600;

    private static Mpu6050 MakeMpu6050(IBoard board, SensorOptions options)
    {
        Mpu6050Settings settings = new();
        Fill(settings, options);
        IRegisterBus bus = OpenI2c(board, options, Mpu6050.Address, Mpu6050.Address, 0x69, InvenSenseSensor.LongestTransfer);
        return new Mpu6050(bus, board.Clock, settings);
    }

    private static Mpu6886 MakeMpu6886(IBoard board, SensorOptions options)
    {
        Mpu6886Settings settings = new() { Watermark = options.Whole("watermark", 0, 0, 50) };
        Fill(settings, options);
        IRegisterBus bus = OpenI2c(board, options, Mpu6886.Address, Mpu6886.Address, 0x69, InvenSenseSensor.LongestTransfer);
        return new Mpu6886(bus, board.Clock, settings);
    }

    private static Adxl345 MakeAdxl345(IBoard board, SensorOptions options)
    {
        Adxl345Settings settings = new()
        {
            Range = options.OneOf("range", 16, 2, 4, 8, 16),
            Watermark = options.Whole("watermark", 0, 0, 31),
        };
        FillMotion(settings, options);
        IRegisterBus bus = IsSpi(options) ? Adxl345.OverSpi(OpenSpi(board, options, MotionSpiHz, Adxl345.SpiMode, Adxl345.LongestTransfer))
            : OpenI2c(board, options, Adxl345.Address, Adxl345.AddressSdoHigh, Adxl345.Address, Adxl345.LongestTransfer);
        return new Adxl345(bus, board.Clock, settings);
    }

    private static Lis3dh MakeLis3dh(IBoard board, SensorOptions options)
    {
        Lis3dhSettings settings = new()
        {
            Range = options.OneOf("range", 2, 2, 4, 8, 16),
            Watermark = options.Whole("watermark", 0, 0, 31),
        };
        FillMotion(settings, options);
        IRegisterBus bus = IsSpi(options) ? Lis3dh.OverSpi(OpenSpi(board, options, MotionSpiHz, Lis3dh.SpiMode, Lis3dh.LongestTransfer))
            : OpenI2c(board, options, Lis3dh.Address, Lis3dh.Address, 0x19, Lis3dh.LongestTransfer);
        return new Lis3dh(bus, board.Clock, settings);
    }

    private static void Fill(Mpu6050Settings settings, SensorOptions options)
    {
        FillMotion(settings, options);
        settings.AccelerationRange = options.OneOf("range", 2, 2, 4, 8, 16);
        settings.RotationRange = options.OneOf("rotationRange", 250, 250, 500, 1000, 2000);
        settings.Filter = options.Whole("filter", 3, 1, 6);
        settings.UseAcceleration = options.Flag("acceleration", true);
        settings.UseRotation = options.Flag("rotation", true);
        settings.UseTemperature = options.Flag("temperature", false);
    }

    private static void FillMotion(MotionSettings settings, SensorOptions options)
    {
        settings.PeriodMicros = (int)Math.Round(1e6 / options.Number("rate", 100, SlowestHz, FastestHz));
        settings.UseFifo = options.Flag("fifo", true);
    }
}
