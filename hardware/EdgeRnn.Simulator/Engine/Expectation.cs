using EdgeRnn.Runtime;

namespace EdgeRnn.Simulator;

/// <summary>What a sentence of a scenario speaks of.</summary>
internal enum ExpectationSubject
{
    Alarm,
    SensorFault,
    StateRestored,
    State,
    Pin,
    Output,
    Cause,
}

/// <summary>What it demands of its subject in its window of time.</summary>
internal enum ExpectationDemand
{
    // It begins in the window.
    Begins,

    // It is never so in the window.
    Never,

    // It is so all the time.
    Throughout,

    // It is so at some time.
    Sometime,
}

/// <summary>A sentence of a scenario, understood.</summary>
internal sealed record Expectation
{
    public required string Text { get; init; }

    public ExpectationSubject Subject { get; init; }

    public ExpectationDemand Demand { get; init; }

    // Both belong to the window.
    public long FromMicros { get; init; }

    public long ToMicros { get; init; }

    // Of a pin: its number, and the level that is meant.
    public int Pin { get; init; }

    public bool IsHigh { get; init; }

    // Of a light or a buzzer: where it hangs, and whether it is to be on.
    public PinUse? Output { get; init; }

    public bool IsOn { get; init; }

    public DetectorState State { get; init; }

    // Whether the subject has to be off: an alarm, a sensor's fault.
    public bool IsOpposite { get; init; }

    // Of a cause.
    public string Channel { get; init; } = "";
}
