using System;
using System.IO.Ports;

namespace EdgeRnn.Firmware.Nano;

/// <summary>
/// Report lines on a serial line of their own, 115,200 bits a second. Not the line the device is programmed through: that one speaks the
/// debugger's protocol, which no plotter reads.
/// </summary>
public sealed class SerialReport : IReportSink
{
    private readonly SerialPort _port;

    /// <summary>Opens the line.</summary>
    /// <param name="port">As <c>COM2</c>.</param>
    public SerialReport(string port)
    {
        _port = new SerialPort(port, 115200);
        _port.WriteTimeout = 100;
        _port.Open();
    }

    /// <inheritdoc/>
    public void Write(byte[] text, int count)
    {
        try
        {
            _port.Write(text, 0, count);
        }
        catch (Exception)
        {
            // A line that nobody takes must not stop the loop.
        }
    }
}
