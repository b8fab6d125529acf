namespace EdgeRnn.Firmware;

/// <summary>
/// The line a loop reports: <c>score:0.1234 threshold:0.8000 alarm:0</c>, which the serial plotter of the Arduino IDE draws. Written
/// without allocating; numbers come from integers, so that every device writes the same characters.
/// </summary>
public sealed class ReportLine
{
    // A literal is a new object on a device each time it is read.
    private readonly string _score = "score:";
    private readonly string _threshold = " threshold:";
    private readonly string _quiet = " alarm:0\n";
    private readonly string _alarm = " alarm:1\n";

    private readonly IReportSink _sink;
    private readonly AsciiText _text = new AsciiText(96);

    /// <summary>Lines for a sink.</summary>
    /// <param name="sink">Takes them; not owned.</param>
    public ReportLine(IReportSink sink)
    {
        _sink = sink;
    }

    /// <summary>Writes a line about now.</summary>
    /// <param name="loop">The loop.</param>
    public void Write(SensorLoop loop)
    {
        _text.Clear();
        _text.Put(_score);
        _text.PutFixed(loop.Detector.ScoreBits, 4);
        _text.Put(_threshold);
        _text.PutFixed(loop.Detector.ThresholdBits, 4);
        _text.Put(loop.Detector.IsAlarming ? _alarm : _quiet);
        _sink.Write(_text.Bytes, _text.Count);
    }
}
