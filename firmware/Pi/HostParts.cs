using System;
using System.Threading;
using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using Microsoft.Extensions.Logging;

namespace EdgeRnn.Firmware.Pi;

/// <summary>What the service is made of besides its settings: a real board on a device, computed parts in tests.</summary>
internal sealed record HostParts
{
    /// <summary>Buses, pins and time.</summary>
    public required IBoard Board { get; init; }

    /// <summary>
    /// Set when the loop is asked to end: where the board's clock was made with its token, long waits end at once. Not owned.
    /// </summary>
    public CancellationTokenSource Stop { get; init; } = new();

    /// <summary>Takes report lines; not owned.</summary>
    public required IReportSink Lines { get; init; }

    /// <summary>Where systemd listens (<c>NOTIFY_SOCKET</c>), or null.</summary>
    public string? NotifySocket { get; init; }

    /// <summary>systemd's watchdog time in microseconds; 0: none.</summary>
    public long WatchdogMicros { get; init; }

    /// <summary>How long the loop may take to end after it was asked to; less than the unit's <c>TimeoutStopSec</c>.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Hears of every step on the loop's thread, besides the service; null: nobody.</summary>
    public ILoopListener? Listener { get; init; }

    /// <summary>Where logs go; null: standard error.</summary>
    public ILoggerProvider? Logs { get; init; }

    /// <summary>Opens the places of the state in a folder.</summary>
    public Func<string, IStorage> OpenStorage { get; init; } = folder => new FileStorage(folder);
}
