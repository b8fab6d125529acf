using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.IO;
using System.Linq;
using EdgeRnn.Cli.Output;
using EdgeRnn.Cli.Verbs;
using EdgeRnn.Converter;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli;

/// <summary>From what the user typed to an exit code. Every failure ends here, as one line on standard error.</summary>
internal static class CommandLineApp
{
    private const string _description =
        "Runs recurrent neural networks on small devices: convert trained weights to .ernn, check them, run them.";

    private static readonly ParserConfiguration _parsing = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    /// <summary>Runs one verb.</summary>
    /// <param name="args">What the user typed after <c>edgernn</c>.</param>
    /// <param name="terminal">Where it writes.</param>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, Terminal terminal)
    {
        bool json = args.Contains(Verb.JsonName), verbose = args.Contains(Verb.VerboseName);
        try
        {
            if (args.Contains("")) throw new CommandException("an argument is empty; expected a name or a number");
            ParseResult parsed = CreateRoot(terminal).Parse(args, _parsing);
            if (parsed.Errors.Count > 0 || ParseErrors.UnknownOption(parsed) != null)
                throw new CommandException(ParseErrors.Describe(parsed));
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
            });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(terminal, json, $"reading or writing failed: {error.Message}; " +
                "check that the disk has room and the files may be used");
            return ExitCode.BadInput;
        }
        catch (Exception error) when (error is CommandException or ConversionException or ModelException)
        {
            Fail(terminal, json, error.Message);
            if (verbose && error.InnerException is { } cause)
                terminal.Error.WriteLine($"cause: {OneLine.Of($"{cause.GetType().Name}: {cause.Message}")}");
            return ExitCode.BadInput;
        }
#pragma warning disable CA1031 // The last resort: whatever was not foreseen is still one line.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(terminal, json, $"edgernn failed unexpectedly: {error.GetType().Name}: {error.Message}; " +
                "run it again with --verbose and report what it says");
            if (verbose) terminal.Error.WriteLine(error.ToString());
            return ExitCode.BadInput;
        }
    }

    /// <summary>The verbs, in the order the help lists them.</summary>
    internal static IReadOnlyList<Verb> CreateVerbs(Terminal terminal) =>
    [
        new ConvertVerb(terminal),
        new InspectVerb(terminal),
        new VerifyVerb(terminal),
        new RunVerb(terminal),
        new BenchVerb(terminal),
        new SelfTestVerb(terminal),
        new CalibrateVerb(terminal),
        new DetectVerb(terminal),
        new EvalVerb(terminal),
        new RecordVerb(terminal),
        new SimulateVerb(terminal),
        new MonitorVerb(terminal),
        new BoardsVerb(terminal),
        new WiringVerb(terminal),
        new DeployVerb(terminal),
        new FlashVerb(terminal),
        new DemoVerb(terminal),
    ];

    private static Command CreateRoot(Terminal terminal)
    {
        // A plain command: its name does not depend on the process that hosts it.
        Command root = new("edgernn", _description) { new HelpOption(), new VersionOption() };
        foreach (Verb verb in CreateVerbs(terminal)) root.Add(verb);
        VerbHelp.Install(root);
        return root;
    }

    private static void Fail(Terminal terminal, bool json, string message)
    {
        string line = OneLine.Of(message);
        terminal.Error.WriteLine($"error: {line}");
        if (!json) return;
        try
        {
            JsonOutput.Write(terminal.Output, new { error = line });
        }
        catch (IOException)
        {
            // Standard output is what failed; standard error has the line.
        }
    }
}
