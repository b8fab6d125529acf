using System;

namespace EdgeRnn.Simulator;

/// <summary>
/// A simulated Analog Devices ADXL345, from the data sheet's revision G: every range and resolution, all modes of the FIFO but the
/// trigger mode, the interrupts for data, watermark and overrun; no taps, no activity.
/// </summary>
public sealed class SimulatedAdxl345 : SamplingDevice
{
    private const int Offset = 0x1E;
    private const int BandwidthRate = 0x2C;
    private const int PowerControl = 0x2D;
    private const int InterruptEnable = 0x2E;
    private const int InterruptMap = 0x2F;
    private const int InterruptSource = 0x30;
    private const int DataFormat = 0x31;
    private const int Data = 0x32;
    private const int DataEnd = 0x37;
    private const int FifoControl = 0x38;
    private const int FifoStatus = 0x39;
    private const int FifoLevels = 32;
    private const int DataReadyBit = 0x80;
    private const int WatermarkBit = 0x02;
    private const int OverrunBit = 0x01;

    // What the FIFO holds, and one more that waits in the data registers.
    private readonly FrameFifo _samples = new(FifoLevels + 1);
    private readonly short[] _shown = new short[3];
    private readonly short[] _measured = new short[3];
    private bool _isOverrun;
    private bool _isReading;

    /// <summary>A device that has just been switched on.</summary>
    /// <param name="clock">Time.</param>
    public SimulatedAdxl345(VirtualClock clock) : base(clock) => PowerUp();

    private protected override bool HasInterrupt => (Source & Registers[InterruptEnable] & ~Registers[InterruptMap]) != 0;

    private protected override double PeriodMicros =>
        (Registers[PowerControl] & 0x0C) == 0x08 ? 312.5 * (1 << (15 - (Registers[BandwidthRate] & 0x0F))) : 0;

    /// <inheritdoc/>
    protected override int SpiSeveralFlag => 0x40;

    private int Mode => Registers[FifoControl] >> 6;

    private int Source
    {
        get
        {
            int watermark = Registers[FifoControl] & 0x1F, count = _samples.Count;
            return (count > 0 ? DataReadyBit : 0) | (count >= watermark ? WatermarkBit : 0) | (_isOverrun ? OverrunBit : 0);
        }
    }

    private protected override void Reset()
    {
        Array.Clear(Registers);
        Registers[0x00] = 0xE5;
        Registers[BandwidthRate] = 0x0A;
        _samples.Clear();
        Array.Clear(_shown);
        _isOverrun = _isReading = false;
    }

    private protected override void Measure(long atMicros)
    {
        int format = Registers[DataFormat], range = format & 3;
        bool isFull = (format & 0x08) != 0, isFast = (Registers[BandwidthRate] & 0x0F) >= 0x0E;
        int perG = isFull ? 256 : 256 >> range, most = isFull ? 512 << range : 512;
        (double x, double y, double z) = Acceleration(atMicros);
        for (int i = 0; i < 3; i++)
        {
            double metres = i == 0 ? x : i == 1 ? y : z;
            double offset = (sbyte)Registers[Offset + i] * 15.6e-3;
            int count = Convert((metres / 9.80665 + offset) * perG, -most, most - 1);
            // At 1600 and 3200 Hz the last bit of the finest resolution stays 0.
            if (isFast && perG == 256) count &= ~1;
            _measured[i] = (short)((format & 0x04) != 0 ? count * (32768 / most) : count);
        }
        int capacity = Mode == 0 ? 1 : FifoLevels + 1;
        if (_samples.Count == capacity)
        {
            _isOverrun = true;
            if (Mode == 1) return;
            _samples.Pop();
        }
        _samples.Push(_measured);
        if (Mode != 0 && _samples.Count >= FifoLevels) _isOverrun = true;
    }

    private protected override byte Get(int register)
    {
        switch (register)
        {
            case InterruptSource: return (byte)Source;
            case FifoStatus: return (byte)_samples.Count;
            case >= Data and <= DataEnd:
                if (!_isReading && _samples.Count > 0) _samples.Oldest.CopyTo(_shown);
                _isReading = true;
                int word = _shown[(register - Data) / 2];
                return (byte)((register - Data) % 2 == 0 ? word : word >> 8);
            default: return Registers[register & 0x3F];
        }
    }

    private protected override void Set(int register, byte value)
    {
        if (register is 0x00 or InterruptSource or FifoStatus or >= Data and <= DataEnd || register < 0x1D || register > FifoStatus) return;
        Registers[register] = value;
        if (register == FifoControl && Mode == 0)
        {
            _samples.Clear();
            _isOverrun = false;
        }
    }

    /// <inheritdoc/>
    protected override int After(int register)
    {
        if (register == DataEnd) TakeLevel();
        return base.After(register);
    }

    // A level of the FIFO is gone after any read of it, of one register too.
    /// <inheritdoc/>
    protected override void OnEnd() => TakeLevel();

    private void TakeLevel()
    {
        if (_isReading && _samples.Count > 0) _samples.Pop();
        if (_isReading) _isOverrun = false;
        _isReading = false;
    }
}
