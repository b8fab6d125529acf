using System;

namespace EdgeRnn.Hardware;

/// <summary>
/// Voltages in V from an ADS1115 (TI SBAS444): up to 8 of its single-ended and differential channels, one conversion after the other.
/// A read waits as long as its conversions take, in the clock's sleep, and not at all in continuous mode.
/// </summary>
/// <example>
/// <code>
/// int[] channels = { Ads1115Channel.Ain0, Ads1115Channel.Ain2MinusAin3 };
/// Ads1115 sensor = new Ads1115(board.OpenI2c(1, 0x48, Ads1115.LongestTransfer), board.Clock, new Ads1115Settings { Channels = channels });
/// int status = sensor.Start();
/// </code>
/// </example>
public sealed class Ads1115 : ISensor
{
    /// <summary>Most bytes of one transfer.</summary>
    public const int LongestTransfer = 2;

    private const int Conversion = 0, Configuration = 1;
    private const int StartOrReady = 0x8000, SingleShot = 0x0100, ComparatorOff = 3;
    private const int WakeUpMicros = 30;
    private const int Looks = 9;  // at the ready bit, 1/16 of a conversion apart: half a conversion more than it should take

    private static readonly string[] _names = { "ain0-ain1", "ain0-ain3", "ain1-ain3", "ain2-ain3", "ain0", "ain1", "ain2", "ain3" };
    private static readonly int[] _ranges = { 6144, 4096, 2048, 1024, 512, 256 };
    private static readonly int[] _rates = { 8, 16, 32, 64, 128, 250, 475, 860 };

    private readonly RegisterPort _port;
    private readonly IClock _clock;
    private readonly int[] _channels;
    private readonly short[] _codes;
    private readonly int _settings;  // without the channel and the start bit
    private readonly int _conversionMicros;
    private readonly float _voltsPerCount;
    private readonly bool _isContinuous;
    private bool _isStarted;

    /// <summary>A driver. Nothing is sent.</summary>
    /// <param name="bus">The device: I2C at 0x48 to 0x4B; made for <see cref="LongestTransfer"/>. Not owned.</param>
    /// <param name="clock">Time.</param>
    /// <param name="settings">Read here, not kept.</param>
    /// <exception cref="ArgumentException">A setting is none of the possible values, or continuous mode has several channels.</exception>
    public Ads1115(IRegisterBus bus, IClock clock, Ads1115Settings settings)
    {
        int gain = SettingCheck.OneOf("Ads1115Settings.FullScaleMillivolts", settings.FullScaleMillivolts, _ranges);
        int rate = SettingCheck.OneOf("Ads1115Settings.ConversionsPerSecond", settings.ConversionsPerSecond, _rates);
        int count = settings.Channels.Length;
        SettingCheck.Require(count >= 1 && count <= _names.Length, "Ads1115Settings.Channels", "1 to 8 channels", count);
        SettingCheck.Require(!settings.IsContinuous || count == 1, "Ads1115Settings.Channels", "1 channel in continuous mode", count);
        _channels = new int[count];
        for (int i = 0; i < count; i++)
        {
            _channels[i] = settings.Channels[i];
            SettingCheck.Require(_channels[i] >= 0 && _channels[i] < _names.Length, "Ads1115Settings.Channels", "0 to 7", _channels[i]);
        }
        _codes = new short[count];
        _port = new RegisterPort(bus, LongestTransfer);
        _clock = clock;
        _isContinuous = settings.IsContinuous;
        _settings = (gain << 9) | (_isContinuous ? 0 : SingleShot) | (rate << 5) | ComparatorOff;
        _conversionMicros = 1_000_000 / settings.ConversionsPerSecond + 1;
        _voltsPerCount = settings.FullScaleMillivolts / 32_768_000f;
    }

    /// <inheritdoc/>
    public string Name => "ADS1115";

    /// <inheritdoc/>
    public int ChannelCount => _channels.Length;

    /// <inheritdoc/>
    public int SamplePeriodMicros => 0;

    /// <inheritdoc/>
    public bool HasCounts => true;

    /// <summary>What a count stands for, in volt: the range divided by 32768.</summary>
    public float VoltsPerCount => _voltsPerCount;

    /// <inheritdoc/>
    public string ChannelName(int channel) => _names[_channels[channel]];

    /// <inheritdoc/>
    public string ChannelUnit(int channel) => "V";

    /// <summary>
    /// Sets the device up and makes one conversion, so that it is known to work. It has no identity register, and its reset is a call
    /// to every device on the bus, which is not made: all of its settings are written instead.
    /// </summary>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int Start()
    {
        _isStarted = false;
        int status;
        if (_isContinuous)
        {
            status = _port.WriteWord(Configuration, SettingsOf(0));
            if (status == BusStatus.Ok) status = CheckSettings(0);
            // A conversion that ran before may be one of another channel: the next one counts, from a device 10 % slow.
            if (status == SensorStatus.Ok) _clock.SleepUntil(_clock.NowMicros + 2 * _conversionMicros + _conversionMicros / 4);
        }
        else
        {
            status = Convert(0);
        }
        _isStarted = status == SensorStatus.Ok;
        return status;
    }

    /// <inheritdoc/>
    public int Read(float[] values, int offset)
    {
        int status = Measure();
        if (status != SensorStatus.Ok) return status;
        for (int i = 0; i < _codes.Length; i++) values[offset + i] = _codes[i] * _voltsPerCount;
        return SensorStatus.Ok;
    }

    /// <summary>As <see cref="Read"/>, in counts of <see cref="VoltsPerCount"/>.</summary>
    /// <param name="counts">One per channel; 32767 and -32768 where the voltage is out of the range.</param>
    /// <param name="offset">First number.</param>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int ReadCounts(short[] counts, int offset)
    {
        int status = Measure();
        if (status != SensorStatus.Ok) return status;
        for (int i = 0; i < _codes.Length; i++) counts[offset + i] = _codes[i];
        return SensorStatus.Ok;
    }

    private int Measure()
    {
        if (!_isStarted) return SensorStatus.NotStarted;
        if (_isContinuous)
        {
            int status = CheckSettings(0);
            return status == SensorStatus.Ok ? TakeCode(0) : status;
        }
        for (int i = 0; i < _channels.Length; i++)
        {
            int status = Convert(i);
            if (status != SensorStatus.Ok) return status;
        }
        return SensorStatus.Ok;
    }

    // Every conversion writes all settings; what the device then says they are shows one that was replaced or lost its power.
    private int Convert(int index)
    {
        int status = _port.WriteWord(Configuration, SettingsOf(index) | StartOrReady);
        if (status != BusStatus.Ok) return status;
        long dueMicros = _clock.NowMicros + WakeUpMicros + _conversionMicros;
        for (int look = 0; look < Looks; look++)
        {
            _clock.SleepUntil(dueMicros);
            status = CheckSettings(index);
            if (status != SensorStatus.Ok) return status;
            if (_port.HighFirst(0) < 0) return TakeCode(index);
            dueMicros += _conversionMicros / 16 + 1;
        }
        return SensorStatus.BadReading;
    }

    private int TakeCode(int index)
    {
        int status = _port.Read(Conversion, 2);
        if (status == BusStatus.Ok) _codes[index] = (short)_port.HighFirst(0);
        return status;
    }

    private int CheckSettings(int index)
    {
        int status = _port.Read(Configuration, 2);
        if (status != BusStatus.Ok) return status;
        return (_port.HighFirst(0) & 0x7FFF) == SettingsOf(index) ? SensorStatus.Ok : SensorStatus.LostSettings;
    }

    private int SettingsOf(int index) => (_channels[index] << 12) | _settings;
}
