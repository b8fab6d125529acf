namespace EdgeRnn.Simulator;

/// <summary>The time of whoever looks at a run, and waiting in it.</summary>
internal interface IPaceClock
{
    /// <summary>Microseconds since some moment.</summary>
    long NowMicros { get; }

    /// <summary>Waits, or until <see cref="Wake"/>.</summary>
    void Wait(long micros);

    /// <summary>Ends the wait, or the next one. By any thread.</summary>
    void Wake();
}
