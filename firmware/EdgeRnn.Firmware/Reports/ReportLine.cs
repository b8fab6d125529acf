namespace EdgeRnn.Firmware;

/// <summary>
/// The line a loop reports: <c>score:0.1234 threshold:0.8000 alarm:0</c>, which the serial plotter of the Arduino IDE draws. Written
/// without allocating; numbers come from integers, so that every device writes the same characters.
/// </summary>
public sealed class ReportLine
{
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
        _text.Put("score:");
        _text.PutFixed(loop.Detector.ScoreBits, 4);
        _text.Put(" threshold:");
        _text.PutFixed(loop.Detector.ThresholdBits, 4);
        _text.Put(loop.Detector.IsAlarming ? " alarm:1\n" : " alarm:0\n");
        _sink.Write(_text.Bytes, _text.Count);
    }
}
