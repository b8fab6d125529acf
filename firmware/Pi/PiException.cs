using System;

namespace EdgeRnn.Firmware.Pi;

/// <summary>
/// The program cannot start, or a command cannot be done. The message is one line: what, where, expected, found, next step.
/// </summary>
internal sealed class PiException(string message, int exitCode = PiException.BadInput) : Exception(message)
{
    /// <summary>Exit code of wrong usage, a wrong setting or a missing file.</summary>
    public const int BadInput = 1;

    /// <summary>Exit code of a self-test that gave other numbers than the file says.</summary>
    public const int Mismatch = 2;

    /// <summary>What the program returns to its caller.</summary>
    public int ExitCode { get; } = exitCode;
}
