using System;

namespace EdgeRnn.Hardware;

/// <summary>
/// A distance in metres from an HC-SR04: a pulse on its trigger, and how long its echo line is high. A read gives what the pulse
/// before it measured and sends the next one, so that nothing waits for sound.
/// </summary>
/// <example>
/// <code>
/// HcSr04 sensor = new HcSr04(board.OpenOutput(23, false), board.OpenInput(24, PinPull.Down), board.Clock, new HcSr04Settings());
/// int status = sensor.Start();
/// </code>
/// </example>
public sealed class HcSr04 : ISensor
{
    private const int TriggerMicros = 10;
    private const double SpeedAtFreezing = 331.3;  // metres a second in dry air
    private const double FreezingKelvin = 273.15;

    private readonly IDigitalOutput _trigger;
    private readonly IDigitalInput _echo;
    private readonly IClock _clock;
    private readonly EchoTimer _timer = new EchoTimer();
    private readonly double _smallestMetres;
    private readonly double _largestMetres;
    private readonly int _repeatMicros;
    private double _airCelsius;
    private double _metresPerMicro;  // half the speed of sound: there and back
    private bool _isStarted;
    private bool _isWaiting;
    private long _pulseMicros;
    private int _width;

    /// <summary>A driver. The pins are not touched.</summary>
    /// <param name="trigger">The module's trigger; not owned.</param>
    /// <param name="echo">The module's echo, through a divider: it has 5 V. It has to tell of edges. Not owned.</param>
    /// <param name="clock">Time, the one the edges are told in.</param>
    /// <param name="settings">Read here, not kept.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public HcSr04(IDigitalOutput trigger, IDigitalInput echo, IClock clock, HcSr04Settings settings)
    {
        SettingCheck.Require(settings.AirCelsius >= -40 && settings.AirCelsius <= 85, "HcSr04Settings.AirCelsius", "-40 to 85",
            settings.AirCelsius);
        SettingCheck.Require(settings.SmallestMetres >= 0, "HcSr04Settings.SmallestMetres", "0 or more", settings.SmallestMetres);
        bool isRange = settings.LargestMetres > settings.SmallestMetres && settings.LargestMetres <= 5;
        SettingCheck.Require(isRange, "HcSr04Settings.LargestMetres", "above SmallestMetres, up to 5", settings.LargestMetres);
        SettingCheck.Require(settings.RepeatMicros >= 60_000, "HcSr04Settings.RepeatMicros", "60000 or more", settings.RepeatMicros);
        _trigger = trigger;
        _echo = echo;
        _clock = clock;
        _smallestMetres = settings.SmallestMetres;
        _largestMetres = settings.LargestMetres;
        _repeatMicros = settings.RepeatMicros;
        AirCelsius = settings.AirCelsius;
    }

    /// <inheritdoc/>
    public string Name => "HC-SR04";

    /// <inheritdoc/>
    public int ChannelCount => 1;

    /// <inheritdoc/>
    public int SamplePeriodMicros => 0;

    /// <inheritdoc/>
    public bool HasCounts => true;

    /// <summary>
    /// The air's temperature in degC: sound is 0.18 % faster per degree. May be set at any time on the sensor's thread, as from
    /// another sensor; what is not between -40 and 85 (NaN too) is not taken.
    /// </summary>
    public double AirCelsius
    {
        get => _airCelsius;
        set
        {
            if (!(value >= -40 && value <= 85)) return;
            _airCelsius = value;
            _metresPerMicro = SpeedAtFreezing * Math.Sqrt(1 + value / FreezingKelvin) / 2e6;
        }
    }

    /// <inheritdoc/>
    public string ChannelName(int channel) => "distance";

    /// <inheritdoc/>
    public string ChannelUnit(int channel) => "m";

    /// <summary>
    /// Begins to listen to the echo and sends the first pulse. <see cref="SensorStatus.NotStarted"/> where the echo's pin tells of no
    /// edges, <see cref="SensorStatus.BadReading"/> where the echo is on already. Whether a module is there shows when no echo comes.
    /// </summary>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int Start()
    {
        _isStarted = _isWaiting = false;
        if (_echo.Read() == PinLevel.Failed) return BusStatus.Failed;
        if (!_echo.Listen(_timer)) return SensorStatus.NotStarted;
        int status = _trigger.Write(false);
        if (status != BusStatus.Ok) return status;
        _isStarted = true;
        return SendPulse();
    }

    /// <summary>
    /// The distance that the last pulse measured, and sends the next one if it is time. <see cref="SensorStatus.NoSample"/> while no
    /// new echo can be there; <see cref="SensorStatus.BadReading"/> where none came, or one out of the range.
    /// </summary>
    /// <param name="values">Metres; NaN with <see cref="SensorStatus.BadReading"/>.</param>
    /// <param name="offset">First number.</param>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int Read(float[] values, int offset)
    {
        int status = Take();
        if (status == SensorStatus.Ok) values[offset] = (float)(_width * _metresPerMicro);
        else if (status == SensorStatus.BadReading) values[offset] = float.NaN;
        return status;
    }

    /// <summary>As <see cref="Read"/>, in microseconds from pulse to echo, which do not know the air's temperature.</summary>
    /// <param name="counts">One number.</param>
    /// <param name="offset">First number.</param>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int ReadCounts(short[] counts, int offset)
    {
        int status = Take();
        if (status == SensorStatus.Ok) counts[offset] = (short)Math.Min(_width, short.MaxValue);
        return status;
    }

    private int Take()
    {
        if (!_isStarted) return SensorStatus.NotStarted;
        int result = SensorStatus.NoSample;
        bool isDue = _clock.NowMicros - _pulseMicros >= _repeatMicros;
        if (_isWaiting)
        {
            _width = _timer.Width();
            if (_width == EchoTimer.None && !isDue) return SensorStatus.NoSample;
            _isWaiting = false;
            result = _width != EchoTimer.None && IsInRange(_width) ? SensorStatus.Ok : SensorStatus.BadReading;
        }
        if (!isDue) return result;
        int status = SendPulse();
        return status == SensorStatus.Ok || result == SensorStatus.Ok ? result : status;
    }

    private bool IsInRange(int width)
    {
        double metres = width * _metresPerMicro;
        return metres >= _smallestMetres && metres <= _largestMetres;
    }

    // While the echo of an older pulse lasts, a module takes no new one: some hold the line for 200 ms, or until power is cut.
    private int SendPulse()
    {
        int level = _echo.Read();
        if (level == PinLevel.Failed) return BusStatus.Failed;
        if (level == PinLevel.High) return SensorStatus.BadReading;
        _timer.Begin();
        int status = _trigger.Write(true);
        if (status != BusStatus.Ok) return status;
        _clock.SleepUntil(_clock.NowMicros + TriggerMicros);
        status = _trigger.Write(false);
        if (status != BusStatus.Ok) return status;
        _pulseMicros = _clock.NowMicros;
        _isWaiting = true;
        return SensorStatus.Ok;
    }
}
