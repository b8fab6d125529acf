using System;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>
/// The registers of a simulated INA219 (TI SBOS448). It converts in its own time; its arithmetic is that of the datasheet: current =
/// shunt x calibration / 4096, power = current x bus / 5000, both in whole numbers.
/// </summary>
/// <param name="clock">Time.</param>
public sealed class Ina219Device(IClock clock) : WordDevice
{
    private const int Default = 0x399F;

    private static readonly int[] _conversionMicros = [84, 148, 276, 532];

    private int _configuration = Default;
    private int _calibration;
    private long _beganMicros = clock.NowMicros;
    private long _done;
    private bool _isReady;
    private int _shunt;
    private int _bus;

    /// <summary>The resistance between the inputs in ohm.</summary>
    public double ShuntOhms { get; set; } = 0.1;

    /// <summary>The bus voltage in V at a time in microseconds.</summary>
    public Func<long, double> Volts { get; set; } = _ => 12;

    /// <summary>The current from IN+ to IN- in A at a time in microseconds.</summary>
    public Func<long, double> Amperes { get; set; } = _ => 0;

    private bool HasShunt => (_configuration & 1) != 0;

    private bool HasBus => (_configuration & 2) != 0;

    private bool IsContinuous => (_configuration & 4) != 0;

    private int CycleMicros =>
        (HasShunt ? MicrosOf((_configuration >> 3) & 15) : 0) + (HasBus ? MicrosOf((_configuration >> 7) & 15) : 0);

    private int Current => _shunt * _calibration / 4096;

    private int Power => Math.Abs(Current) * _bus / 5000;

    private bool IsOverflow => Current is > short.MaxValue or < short.MinValue || Power > ushort.MaxValue;

    /// <inheritdoc/>
    public override void PowerUp()
    {
        _configuration = Default;
        _calibration = _shunt = _bus = 0;
        Begin();
    }

    /// <inheritdoc/>
    protected override int ReadWord(int register)
    {
        Convert();
        switch (register)
        {
            case 0: return _configuration;
            case 1: return _shunt;
            case 2: return (_bus << 3) | (_isReady ? 2 : 0) | (IsOverflow ? 1 : 0);
            case 3:
                _isReady = false;
                return Power;
            case 4: return Current;
            case 5: return _calibration;
            default: return 0;
        }
    }

    /// <inheritdoc/>
    protected override void WriteWord(int register, int word)
    {
        Convert();
        if (register == 5) _calibration = word & 0xFFFE;
        if (register != 0) return;
        if ((word & 0x8000) != 0)
        {
            PowerUp();
            return;
        }
        _configuration = word & 0x3FFF;
        Begin();
    }

    private void Begin()
    {
        _beganMicros = clock.NowMicros;
        _done = 0;
        if (HasShunt || HasBus) _isReady = false;
    }

    private void Convert()
    {
        int cycle = CycleMicros;
        long done = cycle == 0 ? 0 : (clock.NowMicros - _beganMicros) / cycle;
        if (!IsContinuous) done = Math.Min(done, 1);
        if (done <= _done) return;
        _done = done;
        _isReady = true;
        long at = _beganMicros + done * cycle;
        int range = 4000 << ((_configuration >> 11) & 3);
        if (HasShunt) _shunt = (int)Math.Clamp(Math.Round(Amperes(at) * ShuntOhms / 1e-5), -range, range);
        if (HasBus) _bus = (int)Math.Clamp(Math.Round(Volts(at) / 0.004), 0, (_configuration & 0x2000) != 0 ? 8000 : 4000);
    }

    // Typical durations: 9 to 12 bits, or 2 to 128 conversions of 12 bits.
    private static int MicrosOf(int adc) => adc < 8 ? _conversionMicros[adc & 3] : 532 << (adc - 8);
}
