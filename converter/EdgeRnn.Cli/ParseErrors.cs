using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli;

/// <summary>What System.CommandLine found wrong, as one line with a next step.</summary>
internal static class ParseErrors
{
    private static readonly (string Type, string Text)[] _types =
    [
        ("'System.Double'", "a number"),
        ("'System.Nullable`1[System.Double]'", "a number"),
        ("'System.Int32'", "a whole number"),
        ("'System.Nullable`1[System.Int32]'", "a whole number"),
        ("'System.Nullable`1[System.UInt64]'", "a whole number of 0 or more"),
    ];

    /// <summary>The line.</summary>
    /// <param name="parsed">A result with errors.</param>
    public static string Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string? unmatched = UnknownOption(parsed) ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null);
        if (command is not Verb) return DescribeVerb(command, unmatched);
        string help = $"`edgernn {command.Name} --help` shows how";
        if (unmatched == null) return $"{command.Name}: {Text(parsed.Errors[0])}; {help}";
        if (!unmatched.StartsWith('-')) return $"{command.Name}: '{unmatched}' is one argument too many; {help}";
        IEnumerable<string> names = command.Options.SelectMany(option => option.Aliases.Append(option.Name));
        return $"{command.Name}: there is no option '{unmatched}'{Suggest(unmatched, names)}{help}";
    }

    /// <summary>
    /// A mistyped option, or null. System.CommandLine takes it for the verb's argument, and then complains about the real one.
    /// </summary>
    public static string? UnknownOption(ParseResult parsed) => parsed.Tokens
        .TakeWhile(token => token.Type != TokenType.DoubleDash)
        .Where(token => token.Type == TokenType.Argument)
        .FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal))?.Value;

    private static string DescribeVerb(Command root, string? unmatched)
    {
        string[] verbs = [.. root.Subcommands.Select(verb => verb.Name)];
        return unmatched == null || unmatched.StartsWith('-')
            ? $"a verb is missing: expected {string.Join(", ", verbs)}; `edgernn --help` explains them"
            : $"there is no verb '{unmatched}'{Suggest(unmatched, verbs)}`edgernn --help` lists them";
    }

    private static string Suggest(string word, IEnumerable<string> candidates)
    {
        string? nearest = NearestWord.Of(word, candidates);
        return nearest == null ? "; " : $"; did you mean '{nearest}'? ";
    }

    private static string Text(ParseError error)
    {
        if (error.SymbolResult is ArgumentResult { Parent: CommandResult, Tokens.Count: 0 } missing)
            return $"{missing.Argument.Name} is missing";
        string text = error.Message.TrimEnd('.');
        foreach ((string type, string words) in _types)
            text = text.Replace($"as expected type {type}", $"as {words}", StringComparison.Ordinal);
        return text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
    }
}
