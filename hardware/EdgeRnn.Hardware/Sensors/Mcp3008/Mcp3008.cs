using System;

namespace EdgeRnn.Hardware;

/// <summary>
/// Voltages in V from an MCP3008 (Microchip DS21295): some of its 8 single-ended and 8 pseudo-differential channels, one conversion
/// per transfer. A conversion happens within its transfer, so that nothing waits and there are no settings to lose.
/// </summary>
/// <example>
/// <code>
/// ISpiBus bus = board.OpenSpi(0, 0, 1_000_000, 0, Mcp3008.LongestTransfer);
/// Mcp3008 sensor = new Mcp3008(bus, new Mcp3008Settings { Channels = new int[] { 0, 1, Mcp3008Channel.Ch2MinusCh3 } });
/// int status = sensor.Start();
/// </code>
/// </example>
public sealed class Mcp3008 : ISensor
{
    /// <summary>Most bytes of one transfer.</summary>
    public const int LongestTransfer = 3;

    /// <summary>The largest count.</summary>
    public const int FullScale = 1023;

    private const int StartBit = 1, SingleEnded = 8, NullBit = 4;

    private static readonly string[] _names =
    {
        "ch0", "ch1", "ch2", "ch3", "ch4", "ch5", "ch6", "ch7",
        "ch0-ch1", "ch1-ch0", "ch2-ch3", "ch3-ch2", "ch4-ch5", "ch5-ch4", "ch6-ch7", "ch7-ch6",
    };

    private readonly ISpiBus _bus;
    private readonly int[] _channels;
    private readonly short[] _codes;
    private readonly float _voltsPerCount;
    private readonly byte[] _out = new byte[LongestTransfer];
    private readonly byte[] _in = new byte[LongestTransfer];
    private bool _isStarted;

    /// <summary>A driver. Nothing is sent.</summary>
    /// <param name="bus">The device: mode 0 or 3, at most 1.35 MHz at 2.7 V and 3.6 MHz at 5 V; made for <see cref="LongestTransfer"/>.
    /// Not owned.</param>
    /// <param name="settings">Read here, not kept.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public Mcp3008(ISpiBus bus, Mcp3008Settings settings)
    {
        int count = settings.Channels.Length;
        SettingCheck.Require(count >= 1 && count <= _names.Length, "Mcp3008Settings.Channels", "1 to 16 channels", count);
        SettingCheck.Require(settings.ReferenceVolts > 0, "Mcp3008Settings.ReferenceVolts", "above 0 V", settings.ReferenceVolts);
        _channels = new int[count];
        for (int i = 0; i < count; i++)
        {
            _channels[i] = settings.Channels[i];
            RequireChannel(_channels[i], "Mcp3008Settings.Channels");
        }
        _codes = new short[count];
        _bus = bus;
        _voltsPerCount = (float)(settings.ReferenceVolts / (FullScale + 1));
    }

    /// <inheritdoc/>
    public string Name => "MCP3008";

    /// <inheritdoc/>
    public int ChannelCount => _channels.Length;

    /// <inheritdoc/>
    public int SamplePeriodMicros => 0;

    /// <inheritdoc/>
    public bool HasCounts => true;

    /// <summary>What a count stands for, in volt: the reference divided by 1024.</summary>
    public float VoltsPerCount => _voltsPerCount;

    /// <inheritdoc/>
    public string ChannelName(int channel) => _names[_channels[channel]];

    /// <inheritdoc/>
    public string ChannelUnit(int channel) => "V";

    /// <summary>One channel as an input of its own, whether it is in the samples or not. Needs no start. Allocates.</summary>
    /// <param name="channel">As in <see cref="Mcp3008Settings.Channels"/>.</param>
    /// <exception cref="ArgumentException">There is no such channel.</exception>
    public IAnalogInput InputOf(int channel)
    {
        RequireChannel(channel, "Mcp3008.InputOf");
        return new Mcp3008Input(this, channel);
    }

    /// <summary>
    /// Makes one conversion, which shows whether anything drives the data line low where the device does; it has no identity.
    /// </summary>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int Start()
    {
        int code = Convert(_channels[0]);
        _isStarted = code >= 0;
        return _isStarted ? SensorStatus.Ok : -code;
    }

    /// <inheritdoc/>
    public int Read(float[] values, int offset)
    {
        int status = Measure();
        if (status != SensorStatus.Ok) return status;
        for (int i = 0; i < _codes.Length; i++) values[offset + i] = _codes[i] * _voltsPerCount;
        return SensorStatus.Ok;
    }

    /// <summary>As <see cref="Read"/>, in counts of <see cref="VoltsPerCount"/>, 0 to <see cref="FullScale"/>.</summary>
    /// <param name="counts">One per channel.</param>
    /// <param name="offset">First number.</param>
    /// <returns>A <see cref="SensorStatus"/>.</returns>
    public int ReadCounts(short[] counts, int offset)
    {
        int status = Measure();
        if (status != SensorStatus.Ok) return status;
        for (int i = 0; i < _codes.Length; i++) counts[offset + i] = _codes[i];
        return SensorStatus.Ok;
    }

    // A count, or minus a bus status. The device pulls its data line low for one bit ahead of the count; where that bit is high,
    // nothing drives the line.
    internal int Convert(int channel)
    {
        _out[0] = StartBit;
        _out[1] = (byte)((channel ^ SingleEnded) << 4);
        int status = _bus.Transfer(_out, _in, LongestTransfer);
        if (status != BusStatus.Ok) return -status;
        if ((_in[1] & NullBit) != 0) return -BusStatus.NoAnswer;
        return ((_in[1] & 3) << 8) | _in[2];
    }

    private int Measure()
    {
        if (!_isStarted) return SensorStatus.NotStarted;
        for (int i = 0; i < _channels.Length; i++)
        {
            int code = Convert(_channels[i]);
            if (code < 0) return -code;
            _codes[i] = (short)code;
        }
        return SensorStatus.Ok;
    }

    private static void RequireChannel(int channel, string name) =>
        SettingCheck.Require(channel >= 0 && channel < _names.Length, name, "0 to 15", channel);
}
