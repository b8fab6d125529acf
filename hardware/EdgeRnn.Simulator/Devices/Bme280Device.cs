using System;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>
/// The registers of a simulated BME280, or of a BMP280 (BST-BME280-DS002, BST-BMP280-DS001). It measures in its own time, when it is
/// told to or again and again; its filter works; data registers change only between two transfers.
/// </summary>
/// <param name="clock">Time.</param>
/// <param name="hasHumidity">False: a BMP280.</param>
public sealed partial class Bme280Device(IClock clock, bool hasHumidity = true) : RegisterDevice
{
    private const int StartMicros = 2_000;
    private const int MostCycles = 256;  // older measurements leave nothing in the filter

    private static readonly int[] _conversions = [0, 1, 2, 4, 8, 16, 16, 16];
    private static readonly int[] _filters = [1, 2, 4, 8, 16, 16, 16, 16];
    private static readonly int[] _standbys = [500, 62_500, 125_000, 250_000, 500_000, 1_000_000, 10_000, 20_000];
    private static readonly int[] _standbysBmp280 = [500, 62_500, 125_000, 250_000, 500_000, 1_000_000, 2_000_000, 4_000_000];

    private int _control;
    private int _config;
    private int _humidityRequest;
    private int _humidityControl;
    private long _readyMicros;
    private long _beganMicros;  // the measurement that runs, or the first of a row
    private long _measured;     // of that row
    private int _pressureCode = 0x80000;
    private int _temperatureCode = 0x80000;
    private int _humidityCode = 0x8000;
    private bool _isFiltered;

    /// <summary>The temperature in degC at a time in microseconds.</summary>
    public Func<long, double> Celsius { get; set; } = _ => 21;

    /// <summary>The pressure in Pa at a time in microseconds.</summary>
    public Func<long, double> Pascal { get; set; } = _ => 101_325;

    /// <summary>The relative humidity in % at a time in microseconds.</summary>
    public Func<long, double> HumidityPercent { get; set; } = _ => 45;

    private int Mode => _control & 3;

    private int CycleMicros => MeasurementMicros + (hasHumidity ? _standbys : _standbysBmp280)[_config >> 5];

    // Typical durations.
    private int MeasurementMicros
    {
        get
        {
            int t = _conversions[_control >> 5], p = _conversions[(_control >> 2) & 7], h = _conversions[_humidityControl];
            return 1000 + 2000 * (t + p + h) + (p > 0 ? 500 : 0) + (h > 0 ? 500 : 0);
        }
    }

    private bool IsMeasuring => Mode is 1 or 2 || (Mode == 3 && (clock.NowMicros - _beganMicros) % CycleMicros < MeasurementMicros);

    /// <inheritdoc/>
    public override void PowerUp()
    {
        _control = _config = _humidityRequest = _humidityControl = 0;
        _pressureCode = _temperatureCode = 0x80000;
        _humidityCode = 0x8000;
        _isFiltered = false;
        _readyMicros = clock.NowMicros + StartMicros;
    }

    /// <inheritdoc/>
    public override void Read(Span<byte> bytes)
    {
        Measure();
        base.Read(bytes);
    }

    /// <summary>Pairs of a register and a byte: unlike reading, writing does not count up.</summary>
    /// <param name="bytes">At least one.</param>
    public override void Write(ReadOnlySpan<byte> bytes)
    {
        Measure();
        base.Write(bytes[..Math.Min(2, bytes.Length)]);
        for (int i = 2; i + 1 < bytes.Length; i += 2) WriteRegister(bytes[i], bytes[i + 1]);
    }

    /// <inheritdoc/>
    public override void Transfer(ReadOnlySpan<byte> write, Span<byte> read)
    {
        Measure();
        base.Transfer(write, read);
    }

    // Every register's number has its highest bit set, which is not sent when writing.
    /// <inheritdoc/>
    protected override int SpiRegister(int first) => first | 0x80;

    /// <inheritdoc/>
    protected override byte ReadRegister(int register)
    {
        if (register is >= 0x88 and <= 0xA1) return FirstBlock[register - 0x88];
        if (register is >= 0xE1 and <= 0xE7 && hasHumidity) return SecondBlock[register - 0xE1];
        return (byte)(register switch
        {
            0xD0 => hasHumidity ? 0x60 : 0x58,
            0xF2 => hasHumidity ? _humidityRequest : 0,
            0xF3 => (IsMeasuring ? 8 : 0) | (clock.NowMicros < _readyMicros ? 1 : 0),
            0xF4 => _control,
            0xF5 => _config,
            0xF7 => _pressureCode >> 12,
            0xF8 => _pressureCode >> 4,
            0xF9 => _pressureCode << 4,
            0xFA => _temperatureCode >> 12,
            0xFB => _temperatureCode >> 4,
            0xFC => _temperatureCode << 4,
            0xFD => hasHumidity ? _humidityCode >> 8 : 0,
            0xFE => hasHumidity ? _humidityCode : 0,
            _ => 0,
        });
    }

    /// <inheritdoc/>
    protected override void WriteRegister(int register, byte value)
    {
        switch (register)
        {
            case 0xE0 when value == 0xB6:
                PowerUp();
                break;
            case 0xF2 when hasHumidity:
                _humidityRequest = value & 7;
                break;
            case 0xF4:
                _control = value;
                _humidityControl = _humidityRequest;
                _beganMicros = clock.NowMicros;
                _measured = 0;
                break;
            case 0xF5 when Mode != 3:
                _config = value & 0xFD;
                break;
        }
    }

    // What was measured up to now.
    private void Measure()
    {
        long now = clock.NowMicros;
        if (Mode is 1 or 2 && now >= _beganMicros + MeasurementMicros)
        {
            Convert(_beganMicros + MeasurementMicros);
            _control &= 0xFC;
        }
        if (Mode != 3) return;
        long done = now < _beganMicros + MeasurementMicros ? 0 : (now - _beganMicros - MeasurementMicros) / CycleMicros + 1;
        for (_measured = Math.Max(_measured, done - MostCycles); _measured < done; _measured++)
            Convert(_beganMicros + _measured * CycleMicros + MeasurementMicros);
    }

    private void Convert(long atMicros)
    {
        double celsius = Celsius(atMicros);
        if (_control >> 5 != 0) _temperatureCode = Filtered(_temperatureCode, TemperatureCode(celsius));
        if (((_control >> 2) & 7) != 0) _pressureCode = Filtered(_pressureCode, PressureCode(Pascal(atMicros), celsius));
        if (_humidityControl != 0) _humidityCode = HumidityCode(HumidityPercent(atMicros), celsius);
        _isFiltered = true;
    }

    // The filter begins with the first measurement.
    private int Filtered(int before, int code)
    {
        int filter = _filters[(_config >> 2) & 7];
        return _isFiltered ? (before * (filter - 1) + code) / filter : code;
    }
}
