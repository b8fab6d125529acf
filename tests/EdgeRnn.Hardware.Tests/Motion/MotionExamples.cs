using System;
using EdgeRnn.Hardware;

namespace EdgeRnn.Tests.Motion;

/// <summary>The examples of the drivers' pages, compiled.</summary>
internal static class MotionExamples
{
    public static string ReadMpu6050(IBoard board, Action<float[]> show)
    {
        IRegisterBus bus = board.OpenI2c(1, Mpu6050.Address, Mpu6050.LongestTransfer);
        Mpu6050 sensor = new Mpu6050(bus, board.Clock, new Mpu6050Settings { PeriodMicros = 5000, AccelerationRange = 4, Filter = 2 });
        float[] values = new float[sensor.ChannelCount];
        int status = sensor.Start();
        while (status == SensorStatus.Ok || status == SensorStatus.NoSample)
        {
            board.Clock.SleepUntil(board.Clock.NowMicros + 100_000);
            while ((status = sensor.Read(values, 0)) == SensorStatus.Ok) show(values);
        }
        return SensorStatus.Describe(status);
    }

    public static string ReadMpu6886(IBoard board, Action<float[]> show)
    {
        IRegisterBus bus = board.OpenI2c(0, Mpu6886.Address, Mpu6886.LongestTransfer);
        Mpu6886 sensor = new Mpu6886(bus, board.Clock, new Mpu6886Settings { UseRotation = false, Watermark = 10 });
        float[] values = new float[sensor.ChannelCount];
        int status = sensor.Start();
        while (status == SensorStatus.Ok || status == SensorStatus.NoSample)
        {
            board.Clock.SleepUntil(board.Clock.NowMicros + 100_000);
            while ((status = sensor.Read(values, 0)) == SensorStatus.Ok) show(values);
        }
        return SensorStatus.Describe(status);
    }

    public static string ReadAdxl345(IBoard board, Action<float[]> show)
    {
        IRegisterBus bus = Adxl345.OverSpi(board.OpenSpi(0, 0, 1_500_000, Adxl345.SpiMode, Adxl345.LongestTransfer));
        Adxl345 sensor = new Adxl345(bus, board.Clock, new Adxl345Settings { PeriodMicros = 2500 });
        float[] values = new float[sensor.ChannelCount];
        int status = sensor.Start();
        while (status == SensorStatus.Ok || status == SensorStatus.NoSample)
        {
            board.Clock.SleepUntil(board.Clock.NowMicros + 50_000);
            while ((status = sensor.Read(values, 0)) == SensorStatus.Ok) show(values);
        }
        return SensorStatus.Describe(status);
    }

    public static string ReadLis3dh(IBoard board, Action<float[]> show)
    {
        IRegisterBus bus = board.OpenI2c(1, Lis3dh.Address, Lis3dh.LongestTransfer);
        Lis3dh sensor = new Lis3dh(bus, board.Clock, new Lis3dhSettings { PeriodMicros = 5000, Range = 4 });
        float[] values = new float[sensor.ChannelCount];
        int status = sensor.Start();
        while (status == SensorStatus.Ok || status == SensorStatus.NoSample)
        {
            board.Clock.SleepUntil(board.Clock.NowMicros + 100_000);
            while ((status = sensor.Read(values, 0)) == SensorStatus.Ok) show(values);
        }
        return SensorStatus.Describe(status);
    }
}
