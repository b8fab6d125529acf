using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Cli.Deploy;

/// <summary>A program with its arguments, as it is run and as it is shown.</summary>
/// <param name="What">What it is for, in a few words.</param>
/// <param name="Program">Found on PATH.</param>
/// <param name="Arguments">Given to it as they are; no shell reads them on this machine.</param>
internal sealed record ShellCommand(string What, string Program, IReadOnlyList<string> Arguments)
{
    // Needs no quotes in any shell.
    private const string _plain = "-_./=:@%+,";

    /// <summary>The command as it could be typed.</summary>
    public string Text => string.Join(' ', Arguments.Select(Quote).Prepend(Program));

    /// <summary>A text as one word of a POSIX shell.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || _plain.Contains(letter, System.StringComparison.Ordinal))
        ? word : $"'{word.Replace("'", "'\\''", System.StringComparison.Ordinal)}'";
}
