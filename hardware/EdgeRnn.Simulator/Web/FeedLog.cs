using System;
using System.Threading;

namespace EdgeRnn.Simulator;

/// <summary>The latest events. Any thread adds, any reads; what they do under the lock takes less than a microsecond.</summary>
internal sealed class FeedLog
{
    /// <summary>Events kept.</summary>
    public const int Capacity = 500;

    private readonly Lock _lock = new();
    private readonly LiveEvent?[] _events = new LiveEvent?[Capacity];
    private long _first;
    private long _end;

    /// <summary>The number after the latest event's.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>Forgets all; numbers go on.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            Array.Clear(_events);
            _first = _end;
        }
    }

    /// <summary>Adds an event in the place of the oldest.</summary>
    public void Add(LiveEvent happened)
    {
        lock (_lock)
        {
            _events[_end % Capacity] = happened;
            Volatile.Write(ref _end, _end + 1);
            _first = Math.Max(_first, _end - Capacity);
        }
    }

    /// <summary>Copies the events from a number on, as far as they are kept.</summary>
    /// <param name="from">The number.</param>
    /// <param name="to">[Capacity]</param>
    /// <param name="end">The number to go on from.</param>
    /// <returns>How many.</returns>
    public int CopyTo(long from, LiveEvent?[] to, out long end)
    {
        lock (_lock)
        {
            end = _end;
            int count = 0;
            for (long number = Math.Max(from, _first); number < _end; number++) to[count++] = _events[number % Capacity];
            return count;
        }
    }
}
