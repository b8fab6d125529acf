using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using EdgeRnn.Hardware.Linux;

namespace EdgeRnn.Firmware.Pi;

/// <summary><c>edgernn-pi [--config FILE]</c>: the service on this board, until a signal ends it.</summary>
internal static class RunCommand
{
    /// <summary>Most bytes of a line on standard output.</summary>
    public const int LongestLine = 256;

    /// <summary>Runs it.</summary>
    public static async Task<int> Run(Arguments arguments)
    {
        PiSettings settings = SettingsOf(arguments);
        await using Stream output = Console.OpenStandardOutput();
        using LineQueue lines = new(output, LongestLine);
        using CancellationTokenSource stop = new();
        using LinuxBoard board = new(new MonotonicClock(stop.Token));
        HostParts parts = new()
        {
            Board = board,
            Lines = lines,
            Stop = stop,
            NotifySocket = Environment.GetEnvironmentVariable("NOTIFY_SOCKET"),
            WatchdogMicros = SystemdWatchdog.TimeoutOf(Environment.GetEnvironmentVariable("WATCHDOG_USEC"),
                Environment.GetEnvironmentVariable("WATCHDOG_PID"), Environment.ProcessId),
        };
        await using PiHost host = PiHost.Create(settings, parts);
        await host.StartAsync(CancellationToken.None).ConfigureAwait(false);
        return await host.WaitAsync().ConfigureAwait(false);
    }

    /// <summary>The settings that <c>--config</c> names; nothing else may have been typed.</summary>
    public static PiSettings SettingsOf(Arguments arguments)
    {
        string path = arguments.Text("--config") ?? SettingsFile.UsualPath;
        arguments.End();
        return SettingsFile.Load(path, Environment.GetEnvironmentVariable("STATE_DIRECTORY"));
    }
}
