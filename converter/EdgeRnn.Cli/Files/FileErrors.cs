using System;
using System.IO;

namespace EdgeRnn.Cli.Files;

/// <summary>What the system throws when a file the user named cannot be used.</summary>
internal static class FileErrors
{
    /// <summary>Whether an exception says that, rather than that the program is wrong.</summary>
    public static bool IsOne(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>The reason in words, without the path: the message it goes into begins with what the user typed.</summary>
    public static string Reason(Exception error, string path) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException when Directory.Exists(path) => "is a folder, expected a file",
        UnauthorizedAccessException => "permission denied",
        _ => error.Message.TrimEnd('.'),
    };
}
