using System;
using System.IO;

namespace EdgeRnn.Cli.Files;

/// <summary>What the system throws when a file the user named cannot be used.</summary>
internal static class FileErrors
{
    /// <summary>Whether an exception says that, rather than that the program is wrong.</summary>
    public static bool IsOne(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
