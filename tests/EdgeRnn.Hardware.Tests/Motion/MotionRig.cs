using System.Collections.Generic;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Motion;

/// <summary>A driver on its simulated device, which measures a <see cref="NumberedMotion"/>.</summary>
internal sealed class MotionRig
{
    public const string Mpu6050 = "MPU-6050", Mpu6886 = "MPU-6886", Adxl345 = "ADXL345", Adxl345Spi = "ADXL345 over SPI", Lis3dh = "LIS3DH",
        Lis3dhSpi = "LIS3DH over SPI";

    private readonly short[] _counts = new short[7];
    private int _measured;

    private MotionRig(string name, bool useFifo, int periodMicros)
    {
        switch (name)
        {
            case Mpu6050:
                Device = new SimulatedMpu6050(Clock) { StartUpMicros = 100_000 };
                Mpu6050Settings settings6050 = new() { UseFifo = useFifo, PeriodMicros = periodMicros, UseTemperature = true };
                Sensor = new Mpu6050(OverI2c(), Clock, settings6050);
                (Depth, IdentityRegister, Identity, SettingRegister, FullRegister, FullValue) = (73, 0x75, 0x68, 0x1C, 0x72, 0x04);
                break;
            case Mpu6886:
                Device = new SimulatedMpu6886(Clock) { StartUpMicros = 100_000 };
                Mpu6886Settings settings6886 = new() { UseFifo = useFifo, PeriodMicros = periodMicros, UseTemperature = true };
                Sensor = new Mpu6886(OverI2c(), Clock, settings6886);
                (Depth, IdentityRegister, Identity, SettingRegister, FullRegister, FullValue) = (72, 0x75, 0x19, 0x1D, 0x72, 0x04);
                break;
            case Adxl345 or Adxl345Spi:
                Device = new SimulatedAdxl345(Clock);
                IRegisterBus adxl = name == Adxl345 ? OverI2c() : Hardware.Adxl345.OverSpi(OverSpi());
                Sensor = new Adxl345(adxl, Clock, new Adxl345Settings { UseFifo = useFifo, PeriodMicros = periodMicros });
                (Depth, IdentityRegister, Identity, SettingRegister, FullRegister, FullValue) = (32, 0x00, 0xE5, 0x31, 0x39, 0x20);
                break;
            default:
                Device = new SimulatedLis3dh(Clock) { StartUpMicros = 5_000 };
                IRegisterBus lis = name == Lis3dh ? OverI2c() : Hardware.Lis3dh.OverSpi(OverSpi());
                Sensor = new Lis3dh(lis, Clock, new Lis3dhSettings { UseFifo = useFifo, PeriodMicros = periodMicros });
                // The FIFO keeps ten of sixteen bits.
                (Depth, IdentityRegister, Identity, SettingRegister, FullRegister, FullValue) = (32, 0x0F, 0x33, 0x23, 0x2F, 0xDF);
                (Step, Settling) = (64, 7);
                break;
        }
        Device.Acceleration = _ =>
        {
            (int x, int y, int z) = NumberedMotion.Counts(++_measured);
            float metres = Sensor.CountScale(0) * Step;
            return (x * metres, y * metres, z * metres);
        };
        if (Device is not InvenSenseDevice inertial) return;
        inertial.Temperature = _ => Sensor.CountOffset(6) + NumberedMotion.Counts(_measured).X * Sensor.CountScale(6);
        inertial.Rotation = _ =>
        {
            (int x, int y, int z) = NumberedMotion.Counts(_measured);
            return (-x * Sensor.CountScale(3), -y * Sensor.CountScale(4), -z * Sensor.CountScale(5));
        };
    }

    public static TheoryData<string> Names => [Mpu6050, Mpu6886, Adxl345, Adxl345Spi, Lis3dh, Lis3dhSpi];

    public static TheoryData<string> I2cNames => [Mpu6050, Mpu6886, Adxl345, Lis3dh];

    public static TheoryData<string> SpiNames => [Adxl345Spi, Lis3dhSpi];

    public VirtualClock Clock { get; } = new();

    public MotionSensor Sensor { get; }

    public SamplingDevice Device { get; }

    public BusFaults Faults { get; private set; } = new();

    /// <summary>Samples that fill the FIFO.</summary>
    public int Depth { get; }

    public int IdentityRegister { get; }

    public byte Identity { get; }

    /// <summary>A register that holds a setting which is not 0 and not all ones.</summary>
    public int SettingRegister { get; }

    /// <summary>The register that says how full the FIFO is, and what it holds then.</summary>
    public int FullRegister { get; }

    public byte FullValue { get; }

    /// <summary>Counts from one value of the numbered motion to the next.</summary>
    public int Step { get; } = 1;

    /// <summary>Samples that the driver leaves out after a start.</summary>
    public int Settling { get; }

    public int PeriodMicros { get; private init; }

    public static MotionRig Make(string name, bool useFifo = true, int periodMicros = 10_000) =>
        new(name, useFifo, periodMicros) { PeriodMicros = periodMicros };

    public static MotionRig Started(string name, bool useFifo = true, int periodMicros = 10_000)
    {
        MotionRig rig = Make(name, useFifo, periodMicros);
        Assert.Equal(SensorStatus.Ok, rig.Sensor.Start());
        return rig;
    }

    /// <summary>Started, and so long ago that every sample from now on is handed out.</summary>
    public static MotionRig Settled(string name, bool useFifo = true, int periodMicros = 10_000)
    {
        MotionRig rig = Started(name, useFifo, periodMicros);
        rig.Pass(rig.Settling + 1);
        if (useFifo) rig.ReadAll([]);
        return rig;
    }

    public void Pass(double periods) => Clock.Advance((long)(periods * PeriodMicros));

    /// <summary>A read; the number of the sample is added to those read so far.</summary>
    public int Read(List<int> numbers)
    {
        int status = Sensor.ReadCounts(_counts, 0);
        if (status != SensorStatus.Ok) return status;
        int number = NumberedMotion.NumberAfter(numbers.Count == 0 ? 0 : numbers[^1], _counts, Step);
        numbers.Add(number);
        if (Sensor.ChannelCount == 7)
        {
            (int x, int y, int z) = NumberedMotion.Counts(number);
            Assert.Equal([(short)-x, (short)-y, (short)-z, (short)x], _counts[3..]);
        }
        return status;
    }

    /// <summary>Reads until something else than a sample comes, which it gives.</summary>
    public int ReadAll(List<int> numbers)
    {
        int status;
        do status = Read(numbers); while (status == SensorStatus.Ok);
        return status;
    }

    private SimulatedRegisterBus OverI2c()
    {
        SimulatedRegisterBus bus = new(Device);
        Faults = bus.Faults;
        return bus;
    }

    private SimulatedSpiBus OverSpi()
    {
        SimulatedSpiBus bus = new(Device);
        Faults = bus.Faults;
        return bus;
    }
}
