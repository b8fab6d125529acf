using System;
using System.Diagnostics;
using System.Threading;

namespace EdgeRnn.Hardware.Linux;

/// <summary>
/// The system's clock that only goes forward, CLOCK_MONOTONIC. Waits end at a deadline and not after a duration: first coarsely, where
/// a request to end is heard at once, then the last <see cref="ExactMicros"/> exactly, with clock_nanosleep. Where a system has no such
/// call, the last part is coarse as well. Neither throws nor allocates.
/// </summary>
public sealed class MonotonicClock : IClock
{
    /// <summary>The last part of a wait, in microseconds, that is exact and that a request to end does not cut short.</summary>
    public const int ExactMicros = 20_000;

    private static readonly long _ticksPerMicro = Stopwatch.Frequency / 1_000_000;

    private readonly CancellationToken _stop;
    private readonly WaitHandle _stopped;
    private readonly Func<long, int> _sleep;

    /// <summary>A clock.</summary>
    /// <param name="stop">Set where the program is asked to end: waits return then, and no further one waits.</param>
    public MonotonicClock(CancellationToken stop = default) : this(Libc.SleepUntil, stop)
    {
    }

    // sleep: waits for a moment, and gives the system's error number.
    internal MonotonicClock(Func<long, int> sleep, CancellationToken stop)
    {
        _stop = stop;
        _stopped = stop.WaitHandle; // made here, and not in the first wait
        _sleep = sleep;
    }

    /// <inheritdoc/>
    public long NowMicros => Stopwatch.GetTimestamp() / _ticksPerMicro;

    /// <inheritdoc/>
    public void SleepUntil(long deadlineMicros)
    {
        for (long left = deadlineMicros - NowMicros; left > ExactMicros; left = deadlineMicros - NowMicros)
        {
            if (_stopped.WaitOne(Millis(left - ExactMicros))) return;
        }
        if (_stop.IsCancellationRequested || deadlineMicros <= NowMicros) return;
        if (OperatingSystem.IsLinux()) SleepThrough(deadlineMicros, _sleep);
        while (NowMicros < deadlineMicros && !_stopped.WaitOne(1))
        {
        }
    }

    // A signal ends the call early; the deadline stays what it was, so that nothing has to be computed again.
    internal static void SleepThrough(long deadlineMicros, Func<long, int> sleep)
    {
        while (sleep(deadlineMicros) == Libc.Interrupted)
        {
        }
    }

    private static int Millis(long micros) => (int)Math.Clamp(micros / 1000, 1, int.MaxValue);
}
