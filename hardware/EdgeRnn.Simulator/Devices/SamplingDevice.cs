using System;

namespace EdgeRnn.Simulator;

/// <summary>
/// A device that measures by its own clock, whether anybody reads it or not. What it would have done since it was looked at last
/// happens when it is looked at again.
/// </summary>
/// <param name="clock">Time.</param>
public abstract class SamplingDevice(VirtualClock clock) : RegisterDevice
{
    private long _began;
    private long _measured;
    private double _period;
    private long _ready;

    /// <summary>How much faster than it should the device's clock runs, in parts per million; negative: slower.</summary>
    public double ClockErrorPpm { get; set; }

    /// <summary>Microseconds after a power-up or a reset in which writes have no effect. Data sheets give a longest one.</summary>
    public long StartUpMicros { get; set; }

    /// <summary>The acceleration at a time in microseconds that have passed, in m/s2.</summary>
    public Func<long, (double X, double Y, double Z)> Acceleration { get; set; } = _ => (0, 0, 9.80665);

    /// <summary>Whether the device raises its interrupt pin (the first, where it has two).</summary>
    public bool IsInterrupting
    {
        get
        {
            CatchUp();
            return HasInterrupt;
        }
    }

    /// <inheritdoc/>
    public sealed override void PowerUp()
    {
        _ready = clock.ElapsedMicros + StartUpMicros;
        Reset();
        Reschedule();
    }

    // What the registers hold that hold what was written.
    private protected byte[] Registers { get; } = new byte[128];

    private protected abstract bool HasInterrupt { get; }

    // From one sample to the next, in microseconds; 0: the device does not measure.
    private protected abstract double PeriodMicros { get; }

    // Every register, and whatever else there is, as after power-up.
    private protected abstract void Reset();

    private protected abstract void Measure(long atMicros);

    private protected abstract byte Get(int register);

    private protected abstract void Set(int register, byte value);

    /// <inheritdoc/>
    protected sealed override byte ReadRegister(int register)
    {
        CatchUp();
        return Get(register);
    }

    /// <inheritdoc/>
    protected sealed override void WriteRegister(int register, byte value)
    {
        CatchUp();
        if (clock.ElapsedMicros < _ready) return;
        Set(register, value);
        if (_period != PeriodMicros) Reschedule();
    }

    // A physical quantity as a count: rounded, and cut off where the converter ends.
    private protected static int Convert(double counts, int least, int most) => (int)Math.Clamp(Math.Round(counts), least, most);

    private protected static short ConvertWord(double counts) => (short)Convert(counts, short.MinValue, short.MaxValue);

    private void Reschedule()
    {
        _period = PeriodMicros;
        _began = clock.ElapsedMicros;
        _measured = 0;
    }

    private void CatchUp()
    {
        if (_period == 0) return;
        double period = _period / (1 + 1e-6 * ClockErrorPpm);
        while (true)
        {
            long at = _began + (long)Math.Round((_measured + 1) * period);
            if (at > clock.ElapsedMicros) return;
            _measured++;
            Measure(at);
        }
    }
}
