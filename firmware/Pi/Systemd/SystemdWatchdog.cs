using System;
using System.Globalization;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Pi;

/// <summary>
/// systemd's watchdog: hears of a scored sample at most every quarter of its time. Without samples it hears nothing, and starts the
/// service again.
/// </summary>
/// <param name="socket">Where it listens.</param>
/// <param name="clock">The loop's clock.</param>
/// <param name="timeoutMicros">Its time, above 0.</param>
internal sealed class SystemdWatchdog(NotifySocket socket, IClock clock, long timeoutMicros) : IWatchdog
{
    private readonly byte[] _message = "WATCHDOG=1"u8.ToArray();
    private long _due = long.MinValue;

    /// <summary>The time systemd gives, in microseconds; 0: its watchdog does not watch this process.</summary>
    /// <param name="micros"><c>WATCHDOG_USEC</c>.</param>
    /// <param name="process"><c>WATCHDOG_PID</c>.</param>
    /// <param name="ownProcess">This process.</param>
    public static long TimeoutOf(string? micros, string? process, int ownProcess)
    {
        bool isOurs = string.IsNullOrEmpty(process) || process == ownProcess.ToString(CultureInfo.InvariantCulture);
        return isOurs && long.TryParse(micros, NumberStyles.None, CultureInfo.InvariantCulture, out long timeout) ? timeout : 0;
    }

    /// <inheritdoc/>
    public void Feed()
    {
        long now = clock.NowMicros;
        if (now < _due) return;
        if (socket.Send(_message)) _due = now + Math.Max(1, timeoutMicros / 4);
    }
}
