using System.Diagnostics;
using System.Text;

namespace EdgeRnn.Firmware.Nano;

/// <summary>
/// Report lines to the debugger, for boards without a serial line to spare. Each line is a text of its own: it allocates.
/// </summary>
public sealed class DebugReport : IReportSink
{
    /// <inheritdoc/>
    public void Write(byte[] text, int count) => Debug.Write(Encoding.UTF8.GetString(text, 0, count));
}
