using System;

namespace EdgeRnn.Hardware;

/// <summary>
/// ST LIS3DH over I2C or SPI: acceleration in m/s2 (ax, ay, az), always in its high-resolution mode. Registers from DocID17530 and
/// AN3308.
/// </summary>
public sealed class Lis3dh : MotionSensor
{
    /// <summary>The I2C address with pin SA0 low; with it high, one more.</summary>
    public const int Address = 0x18;

    /// <summary>How SPI is to be opened: clock high at rest, bits taken at its second edge.</summary>
    public const int SpiMode = 3;

    /// <summary>Most bytes of one transfer: what the bus is to be opened with.</summary>
    public const int LongestTransfer = 6 * MostUnread + 1;

    private const int Identity = 0x33;
    private const int FifoLevels = 32;
    private const int MostUnread = 31; // with 32 the FIFO is full
    private const int CountsPerDigit = 16;

    private const int WhoAmI = 0x0F;
    private const int Control1 = 0x20;
    private const int Control2 = 0x21;
    private const int Control3 = 0x22;
    private const int Control4 = 0x23;
    private const int Control5 = 0x24;
    private const int Control6 = 0x25;
    private const int OutX = 0x28;
    private const int FifoControl = 0x2E;
    private const int Interrupt1Config = 0x30;
    private const int Interrupt2Config = 0x34;
    private const int ClickConfig = 0x38;
    private const int ActivityThreshold = 0x3E;

    // Counts registers up over I2C. Over SPI the same bit means reading, which such a transfer is.
    private const int Several = 0x80;

    private const int AllAxes = 0x07;
    private const int WatermarkOnInt1 = 0x04;
    private const int BlockUpdate = 0x80;
    private const int HighResolution = 0x08;
    private const int Reboot = 0x80;
    private const int FifoOn = 0x40;
    private const int Stream = 0x80;
    private const int NewData = 0x08;
    private const int Overrun = 0x40;
    private const int UnreadMask = 0x1F;

    private const int RebootMicros = 10_000; // 5 ms by the data sheet

    private readonly int _control4;
    private readonly int _fifo;
    private readonly byte[] _settings;

    /// <summary>A sensor, not yet started.</summary>
    /// <param name="bus">
    /// The device, opened for transfers of <see cref="LongestTransfer"/> bytes; for SPI, from <see cref="OverSpi"/>. Not owned.
    /// </param>
    /// <param name="clock">Time.</param>
    /// <param name="settings">Read here, not kept.</param>
    /// <exception cref="ArgumentException">The device does not have a setting.</exception>
    public Lis3dh(IRegisterBus bus, IClock clock, Lis3dhSettings settings)
        : base("LIS3DH", bus, clock, settings.Checked(), 3, MostUnread, LongestTransfer - 1)
    {
        int range = SettingCheck.OneOf("Range", settings.Range, Lis3dhSettings.Ranges());
        int rate = 1 + SettingCheck.OneOf("PeriodMicros", settings.PeriodMicros, Lis3dhSettings.Periods());
        _control4 = BlockUpdate | HighResolution | (range << 4);
        _fifo = settings.UseFifo ? Stream | (settings.Watermark > 0 ? settings.Watermark - 1 : 0) : 0;
        // A reboot leaves these as they are: whatever another program may have left that changes samples is written.
        _settings = new byte[]
        {
            Control2, 0,
            Control3, (byte)(settings.Watermark > 0 ? WatermarkOnInt1 : 0),
            Control4, (byte)_control4,
            Control5, (byte)(settings.UseFifo ? FifoOn : 0),
            Control6, 0,
            Interrupt1Config, 0,
            Interrupt2Config, 0,
            ClickConfig, 0,
            ActivityThreshold, 0,
            FifoControl, 0,
            Control1, (byte)((rate << 4) | AllAxes),
        };
        AddAcceleration(1000.0 * CountsPerDigit / MilliGPerDigit(settings.Range));
    }

    /// <summary>The device's registers over SPI.</summary>
    /// <param name="bus">
    /// Opened in <see cref="SpiMode"/>, at most 10 MHz, for transfers of <see cref="LongestTransfer"/> bytes; not owned.
    /// </param>
    public static IRegisterBus OverSpi(ISpiBus bus) => new SpiRegisterBus(bus, 0x80, 0x3F, 0x40, LongestTransfer - 1);

    private protected override int FifoDepth => FifoLevels;

    // Seven periods from power-down to high resolution, by the data sheet.
    private protected override int SettlingSamples => 7;

    private protected override int Configure()
    {
        int status = Identify(WhoAmI, Identity);
        if (status == SensorStatus.Ok) status = Port.Write(Control1, 0);
        if (status == SensorStatus.Ok) status = Port.Write(Control5, Reboot);
        if (status != BusStatus.Ok) return status;
        Wait(RebootMicros);
        return WriteSettings(_settings);
    }

    private protected override int CheckSettings() => IsUsingFifo ? CheckRegister(FifoControl, _fifo) : CheckRegister(Control4, _control4);

    private protected override int EmptyFifo()
    {
        int status = Port.Write(FifoControl, 0);
        return status == BusStatus.Ok ? Port.Write(FifoControl, _fifo) : status;
    }

    private protected override int Drain()
    {
        int status = Port.Read(FifoControl | Several, 2);
        if (status != BusStatus.Ok) return status;
        if (Port.Bytes[0] != _fifo) return SensorStatus.LostSettings;
        int source = Port.Bytes[1];
        if ((source & Overrun) != 0) return SensorStatus.Overflow;
        int unread = source & UnreadMask;
        if (unread == 0) return status;
        // The register behind the last one of a sample is the first one of the next.
        status = ReadFifo(OutX | Several, 6 * unread);
        if (status != BusStatus.Ok) return status;
        for (int i = 0; i < unread; i++) Store(i, 6 * i);
        Count = unread;
        return status;
    }

    private protected override int Poll()
    {
        int status = Port.Read(Control4 | Several, OutX - Control4 + 6);
        if (status != BusStatus.Ok) return status;
        if (Port.Bytes[0] != _control4) return SensorStatus.LostSettings;
        Store(0, OutX - Control4);
        return (Port.Bytes[OutX - Control4 - 1] & NewData) != 0 ? SensorStatus.Ok : SensorStatus.NoSample;
    }

    // At 16 g a digit is worth more than four times that at 4 g.
    private static int MilliGPerDigit(int range)
    {
        switch (range)
        {
            case 2: return 1;
            case 4: return 2;
            case 8: return 4;
            default: return 12;
        }
    }

    private void Store(int sample, int from)
    {
        for (int i = 0; i < 3; i++) Counts[3 * sample + i] = (short)Port.LowFirst(from + 2 * i);
    }
}
