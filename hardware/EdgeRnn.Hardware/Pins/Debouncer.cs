namespace EdgeRnn.Hardware;

/// <summary>
/// The level of a contact that bounces: a new level counts once it has lasted for a window without an edge. A pulse as long as the
/// window counts, a shorter one does not; with a window of 0 every pulse counts. Pure computation, for one thread.
/// </summary>
public sealed class Debouncer
{
    /// <summary>A contact.</summary>
    /// <param name="windowMicros">How long a level must last, in microseconds, at least 0.</param>
    public Debouncer(int windowMicros)
    {
        WindowMicros = windowMicros;
    }

    /// <summary>How long a level must last, in microseconds.</summary>
    public int WindowMicros { get; }

    /// <summary>The level that counts, as of the last call.</summary>
    public bool IsHigh { get; private set; }

    /// <summary>The level behind the last edge, whether it has lasted or not.</summary>
    public bool IsRawHigh { get; private set; }

    /// <summary>When the last edge was.</summary>
    public long SinceMicros { get; private set; }

    /// <summary>Begins with a level that counts at once.</summary>
    /// <param name="isHigh">The level.</param>
    /// <param name="atMicros">Now.</param>
    public void Begin(bool isHigh, long atMicros)
    {
        IsHigh = IsRawHigh = isHigh;
        SinceMicros = atMicros;
    }

    /// <summary>An edge. One to the level that was there already means that another was missed: the window begins anew.</summary>
    /// <param name="isHigh">The level behind it.</param>
    /// <param name="atMicros">When.</param>
    /// <returns>Whether the level ahead of it came to count, and is another than counted before.</returns>
    public bool Edge(bool isHigh, long atMicros)
    {
        bool changed = Settle(atMicros);
        IsRawHigh = isHigh;
        SinceMicros = atMicros;
        return changed;
    }

    /// <summary>Time without an edge.</summary>
    /// <param name="nowMicros">Until when.</param>
    /// <returns>Whether the level has come to count, and is another than counted before.</returns>
    public bool Settle(long nowMicros)
    {
        if (!IsSettled(IsHigh, IsRawHigh, SinceMicros, nowMicros)) return false;
        IsHigh = IsRawHigh;
        return true;
    }

    // Whether another level than the one that counts has lasted by now.
    internal bool IsSettled(bool isHigh, bool isRawHigh, long sinceMicros, long nowMicros) =>
        isRawHigh != isHigh && nowMicros - sinceMicros >= WindowMicros;
}
