namespace EdgeRnn.Hardware;

/// <summary>
/// Time that only goes forward, whatever happens to the time of day. Does not throw or allocate.
/// </summary>
public interface IClock
{
    /// <summary>Microseconds since a moment of the clock's choice. Two readings may be equal.</summary>
    long NowMicros { get; }

    /// <summary>
    /// Waits until a moment, so that loops do not drift: the next deadline is the last one plus the period, however long a turn took.
    /// Returns at once where it has passed, and early where the program is asked to end.
    /// </summary>
    /// <param name="deadlineMicros">On this clock.</param>
    void SleepUntil(long deadlineMicros);
}
