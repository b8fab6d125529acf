using System.Collections.Generic;

namespace EdgeRnn.Simulator;

/// <summary>What a person asks for on a live page.</summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
/// <param name="Value">The value where it is a number; else NaN.</param>
/// <param name="Text">The value as text: a fault's or a pin's id, a number as it was written; empty where there is none.</param>
public sealed record LiveCommand(string Name, double Value, string Text)
{
    /// <summary>
    /// All there are: `pause`, `resume`, `step` (one turn while paused), `speed` (value: x real time, 0 as fast as it can), `seed`
    /// (value; starts anew), `restart`, `fault` (value: its id), `press` and `release` (value: the pin's id), `threshold` (value; 0: the
    /// learnt one), `acknowledge`, `record-start`, `record-stop`.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "pause", "resume", "step", "speed", "seed", "restart", "fault", "press", "release", "threshold", "acknowledge", RecordStart,
        RecordStop,
    ];

    internal const string RecordStart = "record-start";
    internal const string RecordStop = "record-stop";
}
