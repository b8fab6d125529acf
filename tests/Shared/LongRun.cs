using System;

namespace EdgeRnn.Tests;

/// <summary>Tells the long run of ./check --long, which computes full figures, from the short one.</summary>
internal static class LongRun
{
    /// <summary>Whether EDGERNN_LONG=1 is set.</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("EDGERNN_LONG") == "1";

    /// <summary>A count of steps, seeds or cases for the run at hand.</summary>
    public static int Choose(int shortRun, int longRun) => IsOn ? longRun : shortRun;
}
