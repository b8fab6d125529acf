using System;

namespace EdgeRnn.Hardware;

/// <summary>
/// Analog Devices ADXL345 over I2C or SPI: acceleration in m/s2 (ax, ay, az), always in full resolution, 256 counts per g. Registers
/// from the data sheet's revision G.
/// </summary>
public sealed class Adxl345 : MotionSensor
{
    /// <summary>The I2C address with pin SDO low.</summary>
    public const int Address = 0x53;

    /// <summary>The I2C address with pin SDO high.</summary>
    public const int AddressSdoHigh = 0x1D;

    /// <summary>How SPI is to be opened: clock high at rest, bits taken at its second edge.</summary>
    public const int SpiMode = 3;

    /// <summary>Most bytes of one transfer: what the bus is to be opened with.</summary>
    public const int LongestTransfer = 9;

    private const int CountsPerG = 256;
    private const int Identity = 0xE5;
    private const int FifoLevels = 32;

    private const int DeviceId = 0x00;
    private const int OffsetX = 0x1E;
    private const int ActivityControl = 0x27;
    private const int TapAxes = 0x2A;
    private const int BandwidthRate = 0x2C;
    private const int PowerControl = 0x2D;
    private const int InterruptEnable = 0x2E;
    private const int InterruptMap = 0x2F;
    private const int InterruptSource = 0x30;
    private const int DataFormat = 0x31;
    private const int DataX0 = 0x32;
    private const int FifoControl = 0x38;

    private const int Measure = 0x08;
    private const int FullResolution = 0x08;
    private const int Stream = 0x80;
    private const int WatermarkInterrupt = 0x02;
    private const int DataReady = 0x80;
    private const int EntriesMask = 0x3F;
    private const int FastestRateCode = 0x0E;

    private readonly int _format;
    private readonly int _fifo;
    private readonly byte[] _settings;

    /// <summary>A sensor, not yet started.</summary>
    /// <param name="bus">
    /// The device, opened for transfers of <see cref="LongestTransfer"/> bytes; for SPI, from <see cref="OverSpi"/>. Not owned.
    /// </param>
    /// <param name="clock">Time.</param>
    /// <param name="settings">Read here, not kept.</param>
    /// <exception cref="ArgumentException">The device does not have a setting.</exception>
    public Adxl345(IRegisterBus bus, IClock clock, Adxl345Settings settings)
        : base("ADXL345", bus, clock, settings.Checked(), 3, FifoLevels, LongestTransfer)
    {
        _format = FullResolution | SettingCheck.OneOf("Range", settings.Range, Adxl345Settings.Ranges());
        _fifo = settings.UseFifo ? Stream | settings.Watermark : 0;
        int rate = FastestRateCode - SettingCheck.OneOf("PeriodMicros", settings.PeriodMicros, Adxl345Settings.Periods());
        // There is no reset: whatever another program may have left that changes samples is written.
        _settings = new byte[]
        {
            PowerControl, 0,
            OffsetX, 0,
            OffsetX + 1, 0,
            OffsetX + 2, 0,
            ActivityControl, 0,
            TapAxes, 0,
            BandwidthRate, (byte)rate,
            InterruptMap, 0,
            InterruptEnable, (byte)(settings.Watermark > 0 ? WatermarkInterrupt : 0),
            DataFormat, (byte)_format,
            FifoControl, 0,
        };
        AddAcceleration(CountsPerG);
    }

    /// <summary>The device's registers over SPI.</summary>
    /// <param name="bus">
    /// Opened in <see cref="SpiMode"/>, at most 5 MHz, for transfers of <see cref="LongestTransfer"/> bytes; not owned.
    /// </param>
    public static IRegisterBus OverSpi(ISpiBus bus) => new SpiRegisterBus(bus, 0x80, 0x3F, 0x40, LongestTransfer - 1);

    private protected override int FifoDepth => FifoLevels;

    private protected override int Configure()
    {
        int status = Identify(DeviceId, Identity);
        if (status == SensorStatus.Ok) status = WriteSettings(_settings);
        if (status == SensorStatus.Ok) status = Port.Write(PowerControl, Measure);
        return status == SensorStatus.Ok ? CheckRegister(PowerControl, Measure) : status;
    }

    private protected override int CheckSettings() => IsUsingFifo ? CheckRegister(FifoControl, _fifo) : CheckRegister(DataFormat, _format);

    private protected override int EmptyFifo()
    {
        int status = Port.Write(FifoControl, 0);
        return status == BusStatus.Ok ? Port.Write(FifoControl, _fifo) : status;
    }

    private protected override int Drain()
    {
        int status = Port.Read(FifoControl, 2);
        if (status != BusStatus.Ok) return status;
        if (Port.Bytes[0] != _fifo) return SensorStatus.LostSettings;
        int entries = Port.Bytes[1] & EntriesMask;
        if (entries >= FifoLevels) return SensorStatus.Overflow;
        // The registers give one level of the FIFO per transfer.
        for (int i = 0; i < entries; i++)
        {
            status = ReadFifo(DataX0, 6);
            if (status != BusStatus.Ok) return status;
            Store(i, 0);
            Count = i + 1;
        }
        return status;
    }

    private protected override int Poll()
    {
        int status = Port.Read(InterruptSource, 8);
        if (status != BusStatus.Ok) return status;
        if (Port.Bytes[1] != _format) return SensorStatus.LostSettings;
        Store(0, 2);
        return (Port.Bytes[0] & DataReady) != 0 ? SensorStatus.Ok : SensorStatus.NoSample;
    }

    private void Store(int sample, int from)
    {
        for (int i = 0; i < 3; i++) Counts[3 * sample + i] = (short)Port.LowFirst(from + 2 * i);
    }
}
