namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>Takes report lines that nobody looks at.</summary>
internal sealed class NoLines : IReportSink
{
    public void Write(byte[] text, int count)
    {
    }
}
