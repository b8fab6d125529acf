using System;
using System.IO;

namespace EdgeRnn.Cli;

/// <summary>Where a verb writes: results to one place, errors and progress to another. Tests bring their own.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Errors, warnings, progress.</param>
/// <param name="OutputIsTerminal">Whether a person looks at the results, so that they may have colour.</param>
/// <param name="ErrorIsTerminal">Whether a person looks at the errors, so that progress may be drawn.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool OutputIsTerminal = false, bool ErrorIsTerminal = false)
{
    /// <summary>The process's own.</summary>
    public static Terminal Standard() => new(Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected);
}
