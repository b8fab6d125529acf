using System.Collections.Generic;
using System.CommandLine;
using EdgeRnn.Cli.Output;

namespace EdgeRnn.Cli;

/// <summary>One verb of <c>edgernn</c>: its options, its examples, and what it does.</summary>
internal abstract class Verb : Command
{
    /// <summary>The option that turns the output into one JSON document.</summary>
    public const string JsonName = "--json";

    /// <summary>The option that asks for detail.</summary>
    public const string VerboseName = "--verbose";

    private readonly Option<bool> _json = new(JsonName) { Description = "One JSON document on standard output, nothing else." };
    private readonly Option<bool> _verbose = new(VerboseName) { Description = "More detail, also about errors." };
    private readonly Terminal _terminal;

    /// <param name="terminal">Where the verb writes.</param>
    /// <param name="name">What the user types.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="examples">Command lines for the help.</param>
    protected Verb(Terminal terminal, string name, string description, params string[] examples) : base(name, description)
    {
        _terminal = terminal;
        Examples = examples;
        SetAction(Invoke);
    }

    /// <summary>Command lines for the help.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Adds the options every verb has; called last, so that they stand last in the help.</summary>
    protected void AddCommonOptions()
    {
        Add(_json);
        Add(_verbose);
    }

    /// <summary>Does the work.</summary>
    /// <param name="arguments">What the user typed, without errors.</param>
    /// <param name="report">Where the results go.</param>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    protected abstract int Execute(ParseResult arguments, Report report);

    private int Invoke(ParseResult arguments) =>
        Execute(arguments, new Report(_terminal, arguments.GetValue(_json), arguments.GetValue(_verbose)));
}
