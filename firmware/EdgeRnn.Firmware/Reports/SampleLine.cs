using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware;

/// <summary>
/// The line of a device that records: <c>time:0.010000 ax:0.123 ay:-0.04 az:9.81</c>, a channel's name and its value in the sensor's unit,
/// which the serial plotter of the Arduino IDE draws and <c>edgernn record</c> writes to a file. Values read back as the same floats;
/// <c>nan</c> is a reading that is missing. Allocates nothing after its creation; nanoFramework's interpreter makes a short string of each
/// text literal.
/// </summary>
public sealed class SampleLine
{
    private const int TimeLength = 32;
    private const int MicrosPerSecond = 1_000_000;

    private readonly IReportSink _sink;
    private readonly string[] _labels; // "ax:"
    private readonly bool _hasTime;
    private readonly AsciiText _text;

    /// <summary>Lines of a sensor's samples.</summary>
    /// <param name="sensor">Names the channels; not kept.</param>
    /// <param name="sink">Takes the lines; not owned.</param>
    /// <param name="hasTime">Whether a line begins with the time, in seconds.</param>
    public SampleLine(ISensor sensor, IReportSink sink, bool hasTime)
    {
        _sink = sink;
        _hasTime = hasTime;
        _labels = new string[sensor.ChannelCount];
        int length = TimeLength + 1;
        for (int i = 0; i < _labels.Length; i++)
        {
            _labels[i] = sensor.ChannelName(i) + ":";
            length += _labels[i].Length + FloatText.MaxLength + 1;
        }
        _text = new AsciiText(length);
    }

    /// <summary>Writes a sample.</summary>
    /// <param name="values">Holds a number per channel; not changed.</param>
    /// <param name="offset">First number.</param>
    /// <param name="atMicros">When it was measured, at least 0.</param>
    public void Write(float[] values, int offset, long atMicros)
    {
        Begin(atMicros);
        for (int i = 0; i < _labels.Length; i++)
        {
            if (i > 0) _text.Put(" ");
            _text.Put(_labels[i]);
            FloatText.Put(_text, values[offset + i]);
        }
        End();
    }

    /// <summary>Writes a tick at which there was no sample: every value is <c>nan</c>.</summary>
    /// <param name="atMicros">When it should have been measured, at least 0.</param>
    public void WriteMissing(long atMicros)
    {
        Begin(atMicros);
        for (int i = 0; i < _labels.Length; i++)
        {
            if (i > 0) _text.Put(" ");
            _text.Put(_labels[i]);
            _text.Put("nan");
        }
        End();
    }

    private void Begin(long atMicros)
    {
        _text.Clear();
        if (!_hasTime) return;
        _text.Put("time:");
        _text.Put(atMicros / MicrosPerSecond);
        _text.Put(".");
        long micros = atMicros % MicrosPerSecond;
        for (long power = MicrosPerSecond / 10; power > 1 && micros < power; power /= 10) _text.Put("0");
        _text.Put(micros);
        _text.Put(" ");
    }

    private void End()
    {
        _text.Put("\n");
        _sink.Write(_text.Bytes, _text.Count);
    }
}
