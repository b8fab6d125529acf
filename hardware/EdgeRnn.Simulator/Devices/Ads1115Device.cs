using System;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>The registers of a simulated ADS1115 (TI SBAS444). It converts in its own time, once or again and again.</summary>
/// <param name="clock">Time.</param>
public sealed class Ads1115Device(IClock clock) : WordDevice
{
    private const int Default = 0x8583;
    private const int WakeUpMicros = 25;

    private static readonly double[] _ranges = [6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256];
    private static readonly int[] _rates = [8, 16, 32, 64, 128, 250, 475, 860];

    private readonly int[] _thresholds = [0x8000, 0x7FFF];
    private int _configuration = Default & 0x7FFF;
    private bool _isConverting;
    private long _beganMicros;
    private long _done;
    private int _code;

    /// <summary>The voltage against ground at each of the four pins at a time in microseconds.</summary>
    public Func<long, double>[] Volts { get; } = [_ => 0, _ => 0, _ => 0, _ => 0];

    /// <summary>How much slower the device's clock is than it should be: within plus and minus 0.1.</summary>
    public double Slowness { get; set; }

    private bool IsContinuous => (_configuration & 0x100) == 0;

    private double ConversionMicros => 1e6 / _rates[(_configuration >> 5) & 7] * (1 + Slowness);

    /// <inheritdoc/>
    public override void PowerUp()
    {
        _configuration = Default & 0x7FFF;
        _isConverting = false;
        _code = 0;
        (_thresholds[0], _thresholds[1]) = (0x8000, 0x7FFF);
    }

    /// <inheritdoc/>
    protected override int ReadWord(int register)
    {
        Convert();
        return register switch
        {
            0 => _code,
            1 => _configuration | (_isConverting ? 0 : 0x8000),
            2 or 3 => _thresholds[register - 2],
            _ => 0,
        };
    }

    /// <inheritdoc/>
    protected override void WriteWord(int register, int word)
    {
        Convert();
        if (register is 2 or 3) _thresholds[register - 2] = word;
        if (register != 1) return;
        _configuration = word & 0x7FFF;
        if (!IsContinuous && ((word & 0x8000) == 0 || _isConverting)) return;
        _isConverting = true;
        _beganMicros = clock.NowMicros + WakeUpMicros;
        _done = 0;
    }

    private void Convert()
    {
        if (!_isConverting) return;
        long done = (long)((clock.NowMicros - _beganMicros) / ConversionMicros);
        if (done <= _done) return;
        _done = IsContinuous ? done : 1;
        long at = _beganMicros + (long)(_done * ConversionMicros);
        double counts = Math.Floor(Difference(at) / _ranges[(_configuration >> 9) & 7] * 32_768 + 0.5);
        _code = (int)Math.Clamp(counts, short.MinValue, short.MaxValue);
        _isConverting = IsContinuous;
    }

    private double Difference(long at) => ((_configuration >> 12) & 7) switch
    {
        0 => Volts[0](at) - Volts[1](at),
        1 => Volts[0](at) - Volts[3](at),
        2 => Volts[1](at) - Volts[3](at),
        3 => Volts[2](at) - Volts[3](at),
        int channel => Volts[channel - 4](at),
    };
}
