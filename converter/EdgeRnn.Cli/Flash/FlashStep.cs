using System.Collections.Generic;

namespace EdgeRnn.Cli.Flash;

/// <summary>One run of nanoff.</summary>
/// <param name="What">What it does, as the user sees it.</param>
/// <param name="Arguments">What it is called with.</param>
internal sealed record FlashStep(string What, IReadOnlyList<string> Arguments)
{
    /// <summary>The command as one types it.</summary>
    public string CommandLine => "nanoff " + string.Join(' ', Quoted());

    private IEnumerable<string> Quoted()
    {
        foreach (string argument in Arguments) yield return argument.Contains(' ') ? $"\"{argument}\"" : argument;
    }
}
