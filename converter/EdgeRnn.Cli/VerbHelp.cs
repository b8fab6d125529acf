using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.IO;
using System.Linq;

namespace EdgeRnn.Cli;

/// <summary>The help of System.CommandLine, with the verb's examples below it.</summary>
internal sealed class VerbHelp : SynchronousCommandLineAction
{
    private readonly HelpAction _standard;

    private VerbHelp(HelpAction standard) => _standard = standard;

    public override bool ClearsParseErrors => true;

    /// <summary>Puts the examples into the help of a root command and its verbs.</summary>
    public static void Install(Command root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new VerbHelp((HelpAction)help.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        int code = _standard.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is not Verb verb)
        {
            output.WriteLine("Try `edgernn demo` first; `edgernn VERB --help` shows an example of every verb.");
            return code;
        }
        output.WriteLine(verb.Examples.Count == 1 ? "Example:" : "Examples:");
        foreach (string example in verb.Examples) output.WriteLine($"  {example}");
        return code;
    }
}
