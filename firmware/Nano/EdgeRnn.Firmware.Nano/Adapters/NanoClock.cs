using System;
using System.Threading;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Nano;

/// <summary>Time since the start of the firmware, in steps of a millisecond.</summary>
public sealed class NanoClock : IClock
{
    /// <inheritdoc/>
    public long NowMicros => Environment.TickCount64 * 1000;

    /// <inheritdoc/>
    public void SleepUntil(long deadlineMicros)
    {
        Wait(deadlineMicros - NowMicros);
    }

    // A thread sleeps for whole milliseconds; what is rounded up is not carried on, as deadlines are absolute.
    internal static void Wait(long micros)
    {
        if (micros > 0) Thread.Sleep((int)((micros + 999) / 1000));
    }
}
