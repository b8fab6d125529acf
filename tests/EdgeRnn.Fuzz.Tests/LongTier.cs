using System;

namespace EdgeRnn.Tests;

/// <summary>How much a bounded search does: 1 in the short tier, 20 with EDGERNN_LONG=1.</summary>
internal static class LongTier
{
    public static int Factor { get; } = Environment.GetEnvironmentVariable("EDGERNN_LONG") == "1" ? 20 : 1;
}
