using System;

namespace EdgeRnn.Hardware;

/// <summary>
/// How much something shakes, from an SW-420 or another vibration switch: how often its contact opened since the last read, and
/// whether it is open.
/// </summary>
/// <example>
/// <code>
/// VibrationSwitch sensor = new VibrationSwitch(board.OpenInput(27, PinPull.Down), board.Clock, new VibrationSwitchSettings());
/// int status = sensor.Start();
/// </code>
/// </example>
public sealed class VibrationSwitch : ISensor
{
    private readonly PulseInput _input;
    private bool _isStarted;

    /// <summary>A driver. The pin is not touched.</summary>
    /// <param name="pin">The module's digital output; not owned.</param>
    /// <param name="clock">Time.</param>
    /// <param name="settings">Read here, not kept.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public VibrationSwitch(IDigitalInput pin, IClock clock, VibrationSwitchSettings settings)
    {
        SettingCheck.Require(settings.DebounceMicros >= 0, "VibrationSwitchSettings.DebounceMicros", "0 or more", settings.DebounceMicros);
        _input = new PulseInput(pin, clock, settings.DebounceMicros, settings.IsActiveLow);
    }

    /// <inheritdoc/>
    public string Name => "SW-420";

    /// <inheritdoc/>
    public int ChannelCount => 2;

    /// <inheritdoc/>
    public int SamplePeriodMicros => 0;

    /// <inheritdoc/>
    public bool HasCounts => true;

    /// <summary>Whether the pin tells of edges, known after <see cref="Start"/>; without, pulses between two reads are missed.</summary>
    public bool HasEdges => _input.HasEdges;

    /// <inheritdoc/>
    public string ChannelName(int channel) => channel == 0 ? "pulses" : "open";

    /// <inheritdoc/>
    public string ChannelUnit(int channel) => "1";

    /// <summary>Begins to listen to the pin.</summary>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int Start()
    {
        int status = _input.Start();
        _isStarted = status == SensorStatus.Ok;
        return status;
    }

    /// <summary>The pulses since the last read and the level now.</summary>
    /// <param name="values">Pulses, and 1 while the contact is open.</param>
    /// <param name="offset">First number.</param>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int Read(float[] values, int offset)
    {
        int status = _isStarted ? _input.Read() : SensorStatus.NotStarted;
        if (status != SensorStatus.Ok) return status;
        values[offset] = _input.Pulses;
        values[offset + 1] = _input.IsActive ? 1 : 0;
        return SensorStatus.Ok;
    }

    /// <summary>As <see cref="Read"/>.</summary>
    /// <param name="counts">Pulses, at most 32767, and 1 while the contact is open.</param>
    /// <param name="offset">First number.</param>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int ReadCounts(short[] counts, int offset)
    {
        int status = _isStarted ? _input.Read() : SensorStatus.NotStarted;
        if (status != SensorStatus.Ok) return status;
        counts[offset] = (short)Math.Min(_input.Pulses, short.MaxValue);
        counts[offset + 1] = (short)(_input.IsActive ? 1 : 0);
        return SensorStatus.Ok;
    }
}
