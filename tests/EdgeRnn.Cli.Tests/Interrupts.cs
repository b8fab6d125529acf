using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace EdgeRnn.Cli.Tests;

/// <summary>Ctrl-C in tests. A shell starts background jobs with it ignored, and what they start inherits that.</summary>
internal static class Interrupts
{
    private const ulong Interrupt = 1 << 1; // SIGINT, the second signal of the mask

    /// <summary>Whether Ctrl-C means nothing to this process and what it starts.</summary>
    public static bool AreIgnored { get; } = OperatingSystem.IsLinux() && (IgnoredSignals() & Interrupt) != 0;

    /// <summary>What kill sends for Ctrl-C, or where that is ignored, for an end that means the same to the tool.</summary>
    public static string Signal => AreIgnored ? "-TERM" : "-INT";

    private static ulong IgnoredSignals() => ulong.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..].Trim(),
        NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
