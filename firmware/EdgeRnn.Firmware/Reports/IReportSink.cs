namespace EdgeRnn.Firmware;

/// <summary>Where report lines go: a serial line, a console, a file. Does not throw.</summary>
public interface IReportSink
{
    /// <summary>Takes a line.</summary>
    /// <param name="text">ASCII from its first byte on, the line feed included; used again by its owner afterwards.</param>
    /// <param name="count">Bytes.</param>
    void Write(byte[] text, int count);
}
