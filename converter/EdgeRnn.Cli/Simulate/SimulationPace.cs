using System;
using System.Diagnostics;
using System.Threading;

namespace EdgeRnn.Cli.Simulate;

/// <summary>Keeps a simulation from running ahead of a clock on the wall.</summary>
/// <param name="speed">
/// Seconds of the scenario in one of the wall, from <see cref="Slowest"/> to <see cref="Fastest"/>; 0: as fast as it can.
/// </param>
/// <param name="interrupted">Ends a wait.</param>
internal sealed class SimulationPace(double speed, CancellationToken interrupted)
{
    /// <summary>The slowest and the fastest pace.</summary>
    public const double Slowest = 0.01, Fastest = 1_000_000;

    private static readonly TimeSpan _longestWait = TimeSpan.FromHours(1); // far below the longest a handle can wait at once

    private readonly long _began = Stopwatch.GetTimestamp();
    private TimeSpan _waited;

    /// <summary>Computing time so far: what was not waited.</summary>
    public TimeSpan Computing => Stopwatch.GetElapsedTime(_began) - _waited;

    /// <summary>Waits until it is time.</summary>
    /// <param name="nowMicros">Where the scenario is.</param>
    public void Wait(long nowMicros)
    {
        if (speed == 0) return;
        while (!interrupted.IsCancellationRequested)
        {
            TimeSpan ahead = TimeSpan.FromMicroseconds(nowMicros / speed) - Stopwatch.GetElapsedTime(_began);
            if (ahead < TimeSpan.FromMilliseconds(1)) return;
            long before = Stopwatch.GetTimestamp();
            interrupted.WaitHandle.WaitOne(ahead < _longestWait ? ahead : _longestWait);
            _waited += Stopwatch.GetElapsedTime(before);
        }
    }
}
