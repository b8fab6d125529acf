using System;
using System.Collections.Generic;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>
/// A clock that goes on only when somebody waits or says so, so that a run takes as long as its computation and is the same every
/// time. What is due in between, as a device that measures by its own clock, happens in the order of its time.
/// </summary>
public sealed class VirtualClock : IClock
{
    private readonly PriorityQueue<(long AtMicros, Action Act), (long AtMicros, long Order)> _due = new();
    private long _order;
    private long _jumped;

    /// <inheritdoc/>
    public long NowMicros { get; private set; }

    /// <summary>The time that has really passed, which <see cref="Jump"/> does not change: other clocks follow it.</summary>
    public long ElapsedMicros => NowMicros - _jumped;

    /// <inheritdoc/>
    public void SleepUntil(long deadlineMicros)
    {
        while (_due.TryPeek(out (long AtMicros, Action Act) next, out _) && next.AtMicros <= deadlineMicros)
        {
            _due.Dequeue();
            NowMicros = Math.Max(NowMicros, next.AtMicros);
            next.Act();
        }
        NowMicros = Math.Max(NowMicros, deadlineMicros);
    }

    /// <summary>Lets time pass, as work does that takes long.</summary>
    /// <param name="micros">Microseconds, at least 0.</param>
    public void Advance(long micros) => SleepUntil(NowMicros + micros);

    /// <summary>Has something happen at a moment; where that has passed, when time goes on.</summary>
    /// <param name="atMicros">The moment.</param>
    /// <param name="act">What happens; the clock stands at that moment meanwhile.</param>
    public void At(long atMicros, Action act) => _due.Enqueue((atMicros, act), (atMicros, _order++));

    /// <summary>Sets the time, backwards too: a fault that a clock on a device must not have and may have.</summary>
    /// <param name="nowMicros">The time from now on; nothing that is due in between happens.</param>
    public void Jump(long nowMicros)
    {
        _jumped += nowMicros - NowMicros;
        NowMicros = nowMicros;
    }
}
