using System.Collections.Generic;

namespace EdgeRnn.Simulator;

/// <summary>Where a run stands.</summary>
public sealed record LiveRunState
{
    /// <summary>Whether it waits for `resume` or a `step`.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Seconds of the device per second here; 0: as fast as it can.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>The device's time since the run began, in seconds.</summary>
    public double NowSeconds { get; init; }

    /// <summary>Whether it has ended.</summary>
    public bool IsOver { get; init; }

    /// <summary>What its random values come from.</summary>
    public ulong Seed { get; init; }

    /// <summary>One line where something hinders it, as a computer that is too slow or a line that is silent; null: nothing.</summary>
    public string? Hindrance { get; init; }

    /// <summary>The expectations as they stand.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];
}
