using System;

namespace EdgeRnn.Simulator;

/// <summary>
/// What a simulated MPU-6050 and MPU-6886 share: sleep after power-up, a reset bit, a sample rate divided from 1 kHz (8 kHz with the
/// filter off), and a FIFO of bytes that loses its oldest ones when it is full.
/// </summary>
public abstract class InvenSenseDevice : SamplingDevice
{
    private protected const int FifoEnable = 0x23;
    private protected const int InterruptEnable = 0x38;
    private protected const int Data = 0x3B;
    private protected const int DataWords = 7;
    private protected const int PowerManagement1 = 0x6B;

    private const int SampleRateDivider = 0x19;
    private const int Config = 0x1A;
    private const int GyroConfig = 0x1B;
    private const int AccelConfig = 0x1C;
    private const int InterruptStatus = 0x3A;
    private const int UserControl = 0x6A;
    private const int PowerManagement2 = 0x6C;
    private const int FifoCountHigh = 0x72;
    private const int FifoCountLow = 0x73;
    private const int FifoReadWrite = 0x74;
    private const int WhoAmI = 0x75;
    private const int OverflowBit = 0x10;
    private const int DataReadyBit = 0x01;

    private static readonly double[] _countsPerDegree = [131, 65.5, 32.8, 16.4];

    private readonly byte[] _fifo;
    private readonly short[] _words = new short[DataWords]; // acceleration, temperature, rotation
    private readonly byte _identity;
    private int _fifoFirst;
    private int _latchedCount;
    private int _status;

    private protected InvenSenseDevice(VirtualClock clock, byte identity, int fifoBytes) : base(clock)
    {
        _identity = identity;
        _fifo = new byte[fifoBytes];
    }

    /// <summary>The rate of rotation at a time in microseconds that have passed, in degrees a second.</summary>
    public Func<long, (double X, double Y, double Z)> Rotation { get; set; } = _ => (0, 0, 0);

    /// <summary>The chip's temperature at a time in microseconds that have passed, in degrees Celsius.</summary>
    public Func<long, double> Temperature { get; set; } = _ => 25;

    private protected int FifoCount { get; private set; }

    private protected byte LastFifoByte { get; private set; }

    private protected override bool HasInterrupt => (_status & Registers[InterruptEnable]) != 0;

    private protected sealed override double PeriodMicros
    {
        get
        {
            if ((Registers[PowerManagement1] & 0x40) != 0) return 0;
            int filter = Registers[Config] & 7;
            return (filter is 0 or 7 ? 125.0 : 1000.0) * (1 + Registers[SampleRateDivider]);
        }
    }

    private protected abstract short TemperatureCounts(double celsius);

    // Which of the seven words go into the FIFO with each sample, as bits.
    private protected abstract int FifoWords { get; }

    private protected abstract byte EmptyFifoByte { get; }

    private protected override void Reset()
    {
        Array.Clear(Registers);
        Array.Clear(_words);
        EmptyFifo();
        LastFifoByte = 0;
        _latchedCount = 0;
        _status = 0;
        Registers[PowerManagement1] = 0x40;
        Registers[WhoAmI] = _identity;
    }

    private protected override void Measure(long atMicros)
    {
        int range = (Registers[AccelConfig] >> 3) & 3;
        double perG = 16384 >> range, perDegree = _countsPerDegree[(Registers[GyroConfig] >> 3) & 3];
        (double x, double y, double z) = Acceleration(atMicros);
        int standby = Registers[PowerManagement2];
        if ((standby & 0x20) == 0) _words[0] = ConvertWord(x / 9.80665 * perG);
        if ((standby & 0x10) == 0) _words[1] = ConvertWord(y / 9.80665 * perG);
        if ((standby & 0x08) == 0) _words[2] = ConvertWord(z / 9.80665 * perG);
        _words[3] = TemperatureCounts(Temperature(atMicros));
        (x, y, z) = Rotation(atMicros);
        if ((standby & 0x04) == 0) _words[4] = ConvertWord(x * perDegree);
        if ((standby & 0x02) == 0) _words[5] = ConvertWord(y * perDegree);
        if ((standby & 0x01) == 0) _words[6] = ConvertWord(z * perDegree);
        Raise(DataReadyBit);
        if ((Registers[UserControl] & 0x40) == 0) return;
        for (int i = 0; i < DataWords; i++)
        {
            if ((FifoWords & (1 << i)) == 0) continue;
            Push((byte)(_words[i] >> 8));
            Push((byte)_words[i]);
        }
    }

    private protected override byte Get(int register)
    {
        switch (register)
        {
            case >= Data and < Data + 2 * DataWords:
                int word = _words[(register - Data) / 2];
                return (byte)((register - Data) % 2 == 0 ? word >> 8 : word);
            case InterruptStatus:
                byte status = (byte)_status;
                _status = 0;
                return status;
            case FifoCountHigh:
                _latchedCount = FifoCount;
                return (byte)(_latchedCount >> 8);
            case FifoCountLow: return (byte)_latchedCount;
            case FifoReadWrite: return Pop();
            default: return Registers[register & 0x7F];
        }
    }

    private protected override void Set(int register, byte value)
    {
        switch (register)
        {
            case WhoAmI or FifoCountHigh or FifoCountLow or InterruptStatus:
            case >= Data and < Data + 2 * DataWords:
                break;
            case PowerManagement1 when (value & 0x80) != 0:
                PowerUp();
                break;
            case UserControl:
                // The bit that empties the FIFO clears itself; it works while the FIFO is off.
                if ((value & 0x44) == 0x04) EmptyFifo();
                Registers[register] = (byte)(value & ~0x07);
                break;
            case FifoReadWrite:
                Push(value);
                break;
            default:
                Registers[register & 0x7F] = value;
                break;
        }
    }

    // A burst stays at the FIFO.
    /// <inheritdoc/>
    protected override int After(int register) => register == FifoReadWrite ? register : base.After(register);

    // A bit of the status is set where its interrupt is enabled.
    private void Raise(int bit) => _status |= bit & Registers[InterruptEnable];

    private void EmptyFifo() => FifoCount = _fifoFirst = 0;

    private void Push(byte value)
    {
        if (FifoCount == _fifo.Length)
        {
            _fifoFirst = (_fifoFirst + 1) % _fifo.Length;
            FifoCount--;
            Raise(OverflowBit);
        }
        _fifo[(_fifoFirst + FifoCount++) % _fifo.Length] = value;
    }

    private byte Pop()
    {
        if (FifoCount == 0) return EmptyFifoByte;
        LastFifoByte = _fifo[_fifoFirst];
        _fifoFirst = (_fifoFirst + 1) % _fifo.Length;
        FifoCount--;
        return LastFifoByte;
    }
}
