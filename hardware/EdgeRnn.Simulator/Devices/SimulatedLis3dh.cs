using System;

namespace EdgeRnn.Simulator;

/// <summary>
/// A simulated ST LIS3DH, from DocID17530 and AN3308: the three resolutions, all modes of the FIFO but stream-to-FIFO, the interrupts
/// for data, watermark and overrun; no motion interrupts, no auxiliary converter. Registers are counted up only where bit 7 of their
/// number says so (bit 6 over SPI).
/// </summary>
public sealed class SimulatedLis3dh : SamplingDevice
{
    private const int CountUp = 0x80;
    private const int Control1 = 0x20;
    private const int Control3 = 0x22;
    private const int Control4 = 0x23;
    private const int Control5 = 0x24;
    private const int Status = 0x27;
    private const int Out = 0x28;
    private const int OutEnd = 0x2D;
    private const int FifoControl = 0x2E;
    private const int FifoSource = 0x2F;
    private const int FifoLevels = 32;

    private static readonly double[] _ratesHz = [0, 1, 10, 25, 50, 100, 200, 400, 1600, 1344];
    private static readonly int[] _milliGPerDigit = [1, 2, 4, 12]; // of 12 bits

    private readonly FrameFifo _samples = new(FifoLevels);
    private readonly short[] _latest = new short[3];
    private readonly short[] _measured = new short[3];
    private bool _isNew;

    /// <summary>A device that has just been switched on.</summary>
    /// <param name="clock">Time.</param>
    public SimulatedLis3dh(VirtualClock clock) : base(clock) => PowerUp();

    private bool HasFifo => (Registers[Control5] & 0x40) != 0 && Mode != 0;

    private int Mode => Registers[FifoControl] >> 6;

    private bool IsLowPower => (Registers[Control1] & 0x08) != 0;

    private byte Source
    {
        get
        {
            int unread = _samples.Count, threshold = Registers[FifoControl] & 0x1F;
            return (byte)((unread > threshold ? 0x80 : 0) | (unread == FifoLevels ? 0x40 : 0) | (unread == 0 ? 0x20 : 0) |
                Math.Min(unread, FifoLevels - 1));
        }
    }

    private protected override bool HasInterrupt
    {
        get
        {
            int enabled = Registers[Control3];
            return ((enabled & 0x10) != 0 && _isNew) || ((enabled & 0x04) != 0 && (Source & 0x80) != 0) ||
                ((enabled & 0x02) != 0 && (Source & 0x40) != 0);
        }
    }

    private protected override double PeriodMicros
    {
        get
        {
            int rate = Registers[Control1] >> 4;
            if (rate == 0 || rate >= _ratesHz.Length) return 0;
            return 1e6 / (rate == 9 && IsLowPower ? 5376 : _ratesHz[rate]);
        }
    }

    /// <inheritdoc/>
    protected override int SpiSeveralFlag => 0x40;

    /// <inheritdoc/>
    protected override int SpiRegister(int first) => (first & 0x3F) | CountUp;

    /// <inheritdoc/>
    protected override int NumberOf(int register) => register & ~CountUp;

    private protected override void Reset()
    {
        Array.Clear(Registers);
        Registers[0x0F] = 0x33;
        Registers[0x1E] = 0x10;
        Registers[Control1] = 0x07;
        _samples.Clear();
        Array.Clear(_latest);
        _isNew = false;
    }

    private protected override void Measure(long atMicros)
    {
        (double x, double y, double z) = Acceleration(atMicros);
        for (int i = 0; i < 3; i++)
        {
            bool isOn = (Registers[Control1] & (1 << i)) != 0;
            _measured[i] = isOn ? Word(i == 0 ? x : i == 1 ? y : z) : (short)0;
        }
        _measured.CopyTo(_latest, 0);
        _isNew = true;
        if (!HasFifo || (Mode == 1 && _samples.Count == FifoLevels)) return;
        // The FIFO keeps ten bits of each number, whatever the resolution.
        for (int i = 0; i < 3; i++) _measured[i] &= ~0x3F;
        _samples.Push(_measured);
    }

    private protected override byte Get(int register)
    {
        int number = NumberOf(register);
        switch (number)
        {
            case Status: return (byte)(_isNew ? 0x0F : 0);
            case FifoSource: return Source;
            case >= Out and <= OutEnd: return Output(number - Out);
            default: return Registers[number];
        }
    }

    private protected override void Set(int register, byte value)
    {
        int number = NumberOf(register);
        if (number is 0x0F or Status or FifoSource or >= Out and <= OutEnd) return;
        // The bit that loads the calibration again clears itself.
        Registers[number] = number == Control5 ? (byte)(value & 0x7F) : value;
        if (!HasFifo) _samples.Clear();
    }

    /// <inheritdoc/>
    protected override int After(int register)
    {
        if ((register & CountUp) == 0) return register;
        if (HasFifo && register == (OutEnd | CountUp)) return Out | CountUp;
        return ((register + 1) & 0x7F) | CountUp;
    }

    // Left-justified: as many bits as the resolution has, then zeros.
    private short Word(double metres)
    {
        int control = Registers[Control4], cut = IsLowPower ? 8 : (control & 0x08) != 0 ? 4 : 6;
        double digits = metres / 9.80665 * 1000 / _milliGPerDigit[(control >> 4) & 3];
        int unit = 1 << (cut - 4);
        return (short)(Convert(digits / unit, -2048 / unit, 2048 / unit - 1) << cut);
    }

    private byte Output(int at)
    {
        short word = HasFifo ? (_samples.Count > 0 ? _samples.Oldest[at / 2] : (short)0) : _latest[at / 2];
        if (at == OutEnd - Out)
        {
            _isNew = false;
            if (HasFifo && _samples.Count > 0) _samples.Pop();
        }
        return (byte)(at % 2 == 0 ? word : word >> 8);
    }
}
