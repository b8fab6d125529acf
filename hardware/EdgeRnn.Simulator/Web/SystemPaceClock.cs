using System;
using System.Diagnostics;
using System.Threading;

namespace EdgeRnn.Simulator;

/// <summary>The time of this computer.</summary>
internal sealed class SystemPaceClock : IPaceClock, IDisposable
{
    private readonly AutoResetEvent _woken = new(false);

    /// <inheritdoc/>
    public long NowMicros => (long)Stopwatch.GetElapsedTime(0).TotalMicroseconds;

    /// <inheritdoc/>
    public void Wait(long micros) => _woken.WaitOne(TimeSpan.FromMicroseconds(micros));

    /// <inheritdoc/>
    public void Wake() => _woken.Set();

    /// <inheritdoc/>
    public void Dispose() => _woken.Dispose();
}
