using System;
using System.Diagnostics;

namespace EdgeRnn.Simulator;

/// <summary>
/// What the latest steps took on this computer: time and memory. Belongs to one thread; allocates nothing after creation.
/// </summary>
internal sealed class StepTimes
{
    private const int Kept = 4096;

    private readonly long[] _ticks = new long[Kept];
    private readonly long[] _bytes = new long[Kept];
    private readonly long[] _sorted = new long[Kept];
    private long _steps;
    private long _beganTicks;
    private long _beganBytes;

    /// <summary>A step is about to be made.</summary>
    public void Begin()
    {
        _beganBytes = GC.GetAllocatedBytesForCurrentThread();
        _beganTicks = Stopwatch.GetTimestamp();
    }

    /// <summary>The step has been made.</summary>
    public void End()
    {
        long ticks = Stopwatch.GetTimestamp() - _beganTicks;
        int at = (int)(_steps++ % Kept);
        _ticks[at] = ticks;
        _bytes[at] = GC.GetAllocatedBytesForCurrentThread() - _beganBytes;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _steps = 0;

    /// <summary>What the latest steps took: median and 99th percentile in microseconds, bytes on average; NaN before the first.</summary>
    public (double MedianMicros, double P99Micros, double BytesPerStep) Measure()
    {
        int count = (int)Math.Min(_steps, Kept);
        if (count == 0) return (double.NaN, double.NaN, double.NaN);
        Array.Copy(_ticks, _sorted, count);
        Array.Sort(_sorted, 0, count);
        long bytes = 0;
        for (int i = 0; i < count; i++) bytes += _bytes[i];
        return (Micros(_sorted[count / 2]), Micros(_sorted[count * 99 / 100]), (double)bytes / count);
    }

    private static double Micros(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
