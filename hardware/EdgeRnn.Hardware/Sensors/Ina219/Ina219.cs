using System;

namespace EdgeRnn.Hardware;

/// <summary>
/// Bus voltage in V, shunt voltage in V, current in A and power in W from an INA219 (TI SBOS448). Currents have a sign: negative
/// where they flow from IN- to IN+, and so has the power, whose register holds its size alone.
/// </summary>
/// <example>
/// <code>
/// Ina219 sensor = new Ina219(board.OpenI2c(1, 0x40, Ina219.LongestTransfer), board.Clock, new Ina219Settings { LargestAmperes = 1 });
/// int status = sensor.Start();
/// </code>
/// </example>
public sealed class Ina219 : ISensor
{
    /// <summary>Most bytes of one transfer.</summary>
    public const int LongestTransfer = 2;

    private const int Configuration = 0, ShuntVoltage = 1, BusVoltage = 2, Power = 3, Current = 4, Calibration = 5;
    private const int Reset = 0x8000, ContinuousShuntAndBus = 7;
    private const int ConversionReady = 2, Overflow = 1;
    private const int CalibrationBits = 0xFFFE;  // its lowest bit is always 0
    private const double CalibrationFactor = 0.04096;
    private const double SmallestRangeVolts = 0.04;
    private const float BusVoltsPerCount = 0.004f, ShuntVoltsPerCount = 1e-5f;
    private const int ResetMicros = 1_000, ConversionMicros = 1_172;  // 2 x 586 us, the slowest device
    private const int PatienceInConversions = 4;

    private static readonly string[] _names = { "busVoltage", "shuntVoltage", "current", "power" };
    private static readonly string[] _units = { "V", "V", "A", "W" };
    private static readonly int[] _averagings = { 1, 2, 4, 8, 16, 32, 64, 128 };

    private readonly RegisterPort _port;
    private readonly IClock _clock;
    private readonly int _configuration;
    private readonly int _calibration;
    private readonly int _readingMicros;
    private readonly float _amperesPerCount;
    private readonly float _wattsPerCount;
    private bool _isStarted;
    private long _sampleMicros;
    private int _bus, _shunt, _current, _power;

    /// <summary>A driver. Nothing is sent.</summary>
    /// <param name="bus">The device: I2C at 0x40 to 0x4F; made for <see cref="LongestTransfer"/>. Not owned.</param>
    /// <param name="clock">Time.</param>
    /// <param name="settings">Read here, not kept.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, or the shunt drops more than 0.32 V.</exception>
    public Ina219(IRegisterBus bus, IClock clock, Ina219Settings settings)
    {
        int averaging = SettingCheck.OneOf("Ina219Settings.Averaging", settings.Averaging, _averagings);
        SettingCheck.Require(settings.BusRangeVolts == 16 || settings.BusRangeVolts == 32, "Ina219Settings.BusRangeVolts", "16 or 32",
            settings.BusRangeVolts);
        SettingCheck.Require(settings.ShuntOhms > 0, "Ina219Settings.ShuntOhms", "above 0 ohm", settings.ShuntOhms);
        SettingCheck.Require(settings.LargestAmperes > 0, "Ina219Settings.LargestAmperes", "above 0 A", settings.LargestAmperes);
        double amperesPerCount = settings.AmperesPerCount > 0 ? settings.AmperesPerCount : settings.LargestAmperes / 32_768;
        double ideal = CalibrationFactor / (amperesPerCount * settings.ShuntOhms);
        // A ratio of decimals that is a whole number may come out a little below it.
        _calibration = ideal < CalibrationBits + 1 ? (int)(ideal * (1 + 1e-12)) & CalibrationBits : 0;
        SettingCheck.Require(_calibration > 0, "Ina219Settings", "a calibration of 2 to 65534 = 0.04096 V / (A per count x shunt in ohm)",
            ((float)ideal).ToString() + "; choose other AmperesPerCount or LargestAmperes");
        _port = new RegisterPort(bus, LongestTransfer);
        _clock = clock;
        int adc = averaging == 0 ? 3 : 8 + averaging;
        int gain = GainOf(settings.LargestAmperes * settings.ShuntOhms);
        _configuration = (settings.BusRangeVolts == 32 ? 0x2000 : 0) | (gain << 11) | (adc << 7) | (adc << 3) | ContinuousShuntAndBus;
        _readingMicros = ConversionMicros * settings.Averaging;
        AmperesPerCount = CalibrationFactor / (_calibration * settings.ShuntOhms);
        _amperesPerCount = (float)AmperesPerCount;
        _wattsPerCount = (float)(20 * AmperesPerCount);
    }

    /// <inheritdoc/>
    public string Name => "INA219";

    /// <inheritdoc/>
    public int ChannelCount => 4;

    /// <inheritdoc/>
    public int SamplePeriodMicros => 0;

    /// <inheritdoc/>
    public bool HasCounts => true;

    /// <summary>What a count of the current stands for, in ampere; one of the power is 20 times as many watt.</summary>
    public double AmperesPerCount { get; }

    /// <inheritdoc/>
    public string ChannelName(int channel) => _names[channel];

    /// <inheritdoc/>
    public string ChannelUnit(int channel) => _units[channel];

    /// <summary>Resets and sets the device up, and waits for its first reading. It has no identity register.</summary>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int Start()
    {
        _isStarted = false;
        int status = _port.WriteWord(Configuration, Reset);
        if (status != BusStatus.Ok) return status;
        _clock.SleepUntil(_clock.NowMicros + ResetMicros);
        status = _port.WriteWord(Calibration, _calibration);
        if (status == BusStatus.Ok) status = _port.WriteWord(Configuration, _configuration);
        if (status == BusStatus.Ok) status = CheckWord(Configuration, _configuration);
        if (status == SensorStatus.Ok) status = CheckWord(Calibration, _calibration);
        if (status != SensorStatus.Ok) return status;
        _sampleMicros = _clock.NowMicros;
        _clock.SleepUntil(_sampleMicros + _readingMicros);
        _isStarted = true;
        return SensorStatus.Ok;
    }

    /// <summary>The last reading, if there is a new one.</summary>
    /// <param name="values">Bus voltage, shunt voltage, current, power; the last two NaN where they overflowed in the device.</param>
    /// <param name="offset">First number.</param>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int Read(float[] values, int offset)
    {
        int status = Take();
        if (status != SensorStatus.Ok) return status;
        bool isOverflow = (_bus & Overflow) != 0;
        values[offset] = (_bus >> 3) * BusVoltsPerCount;
        values[offset + 1] = _shunt * ShuntVoltsPerCount;
        values[offset + 2] = isOverflow ? float.NaN : _current * _amperesPerCount;
        values[offset + 3] = isOverflow ? float.NaN : _power * _wattsPerCount;
        return SensorStatus.Ok;
    }

    /// <summary>As <see cref="Read"/>.</summary>
    /// <param name="counts">Bus voltage in 4 mV, shunt voltage in 10 uV, current in <see cref="AmperesPerCount"/>, power in 20 times
    /// that, at most 32767 either way.</param>
    /// <param name="offset">First number.</param>
    /// <returns>A <see cref="SensorStatus"/>; <see cref="SensorStatus.BadReading"/> where current and power overflowed.</returns>
    public int ReadCounts(short[] counts, int offset)
    {
        int status = Take();
        if (status != SensorStatus.Ok) return status;
        if ((_bus & Overflow) != 0) return SensorStatus.BadReading;
        counts[offset] = (short)(_bus >> 3);
        counts[offset + 1] = (short)_shunt;
        counts[offset + 2] = (short)_current;
        counts[offset + 3] = (short)(_power > short.MaxValue ? short.MaxValue : _power < -short.MaxValue ? -short.MaxValue : _power);
        return SensorStatus.Ok;
    }

    // The power is read last, because that clears the ready bit.
    private int Take()
    {
        if (!_isStarted) return SensorStatus.NotStarted;
        int status = ReadWord(BusVoltage);
        if (status != BusStatus.Ok) return status;
        _bus = _port.HighFirst(0) & 0xFFFF;
        if ((_bus & ConversionReady) == 0) return WhyNotReady();
        status = ReadWord(ShuntVoltage);
        if (status != BusStatus.Ok) return status;
        _shunt = _port.HighFirst(0);
        status = ReadWord(Current);
        if (status != BusStatus.Ok) return status;
        _current = _port.HighFirst(0);
        status = ReadWord(Power);
        if (status != BusStatus.Ok) return status;
        _power = _port.HighFirst(0) & 0xFFFF;
        if (_current < 0) _power = -_power;
        // A device that was without power has no calibration and computes no current: only then is a further look needed.
        if (_current == 0) status = CheckWord(Calibration, _calibration);
        if (status == SensorStatus.Ok) _sampleMicros = _clock.NowMicros;
        return status;
    }

    private int WhyNotReady()
    {
        if (_clock.NowMicros - _sampleMicros < PatienceInConversions * (long)_readingMicros) return SensorStatus.NoSample;
        int status = CheckWord(Configuration, _configuration);
        return status == SensorStatus.Ok ? SensorStatus.BadReading : status;
    }

    private int CheckWord(int register, int expected)
    {
        int status = ReadWord(register);
        if (status != BusStatus.Ok) return status;
        return (_port.HighFirst(0) & 0xFFFF) == expected ? SensorStatus.Ok : SensorStatus.LostSettings;
    }

    private int ReadWord(int register) => _port.Read(register, 2);

    // The amplifier divides by 1, 2, 4 or 8.
    private static int GainOf(double shuntVolts)
    {
        for (int gain = 0; gain < 4; gain++)
        {
            if (shuntVolts <= SmallestRangeVolts * (1 << gain) * (1 + 1e-9)) return gain;
        }
        throw SettingCheck.Refusal("Ina219Settings", "LargestAmperes x ShuntOhms up to 0.32 V", ((float)shuntVolts).ToString() + " V");
    }
}
