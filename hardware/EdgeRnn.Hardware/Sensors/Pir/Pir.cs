using System;

namespace EdgeRnn.Hardware;

/// <summary>
/// Whether somebody moves, from an HC-SR501 or another passive infrared module with a switched output: whether its output is on, and
/// how often it went on since the last read.
/// </summary>
/// <example>
/// <code>
/// Pir sensor = new Pir(board.OpenInput(17, PinPull.Down), board.Clock, new PirSettings());
/// int status = sensor.Start();
/// </code>
/// </example>
public sealed class Pir : ISensor
{
    private const int LongestWarmUp = 600_000_000;

    private readonly PulseInput _input;
    private readonly IClock _clock;
    private readonly int _warmUpMicros;
    private bool _isStarted;
    private bool _isWarm;
    private long _warmMicros = -1;

    /// <summary>A driver. The pin is not touched.</summary>
    /// <param name="pin">The module's output; not owned.</param>
    /// <param name="clock">Time.</param>
    /// <param name="settings">Read here, not kept.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public Pir(IDigitalInput pin, IClock clock, PirSettings settings)
    {
        SettingCheck.Require(settings.DebounceMicros >= 0, "PirSettings.DebounceMicros", "0 or more", settings.DebounceMicros);
        SettingCheck.InRange("PirSettings.WarmUpMicros", settings.WarmUpMicros, 0, LongestWarmUp);
        _input = new PulseInput(pin, clock, settings.DebounceMicros, false);
        _clock = clock;
        _warmUpMicros = settings.WarmUpMicros;
    }

    /// <inheritdoc/>
    public string Name => "HC-SR501";

    /// <inheritdoc/>
    public int ChannelCount => 2;

    /// <inheritdoc/>
    public int SamplePeriodMicros => 0;

    /// <inheritdoc/>
    public bool HasCounts => true;

    /// <summary>Whether the pin tells of edges, known after <see cref="Start"/>; without, pulses between two reads are missed.</summary>
    public bool HasEdges => _input.HasEdges;

    /// <inheritdoc/>
    public string ChannelName(int channel) => channel == 0 ? "motion" : "pulses";

    /// <inheritdoc/>
    public string ChannelUnit(int channel) => "1";

    /// <summary>Begins to listen to the pin. The module warms up from the first call on, and only once.</summary>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int Start()
    {
        int status = _input.Start();
        _isStarted = status == SensorStatus.Ok;
        if (_isStarted && _warmMicros < 0) _warmMicros = _clock.NowMicros + _warmUpMicros;
        return status;
    }

    /// <summary>The level now and the pulses since the last read; <see cref="SensorStatus.NoSample"/> while the module warms up.</summary>
    /// <param name="values">Motion, 0 or 1, and pulses.</param>
    /// <param name="offset">First number.</param>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int Read(float[] values, int offset)
    {
        int status = Take();
        if (status != SensorStatus.Ok) return status;
        values[offset] = _input.IsActive ? 1 : 0;
        values[offset + 1] = _input.Pulses;
        return SensorStatus.Ok;
    }

    /// <summary>As <see cref="Read"/>.</summary>
    /// <param name="counts">Motion, 0 or 1, and pulses, at most 32767.</param>
    /// <param name="offset">First number.</param>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int ReadCounts(short[] counts, int offset)
    {
        int status = Take();
        if (status != SensorStatus.Ok) return status;
        counts[offset] = (short)(_input.IsActive ? 1 : 0);
        counts[offset + 1] = (short)Math.Min(_input.Pulses, short.MaxValue);
        return SensorStatus.Ok;
    }

    // Pulses of the time it warms up are taken and thrown away.
    private int Take()
    {
        if (!_isStarted) return SensorStatus.NotStarted;
        int status = _input.Read();
        if (status != SensorStatus.Ok || _isWarm) return status;
        _isWarm = _clock.NowMicros >= _warmMicros;
        return _isWarm && _warmUpMicros == 0 ? SensorStatus.Ok : SensorStatus.NoSample;
    }
}
