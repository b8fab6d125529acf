using System;
using System.IO;
using System.Text.Json;

namespace EdgeRnn.Cli.Tests;

/// <summary>One run of the command line inside the test process.</summary>
/// <param name="ExitCode">What it returned.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a verb.</summary>
    public static CliRun Of(params string[] args)
    {
        using StringWriter output = new(), error = new();
        int exitCode = CommandLineApp.Run(args, new Terminal(output, error));
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The single JSON document on standard output.</summary>
    public JsonElement Json() => JsonDocument.Parse(Output).RootElement;

    /// <summary>Asserts success and returns the run.</summary>
    public CliRun Succeeds()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}{Output}");
        return this;
    }

    /// <summary>Asserts one error line that holds the given texts, and nothing on standard output.</summary>
    public void FailsWith(params string[] parts)
    {
        Assert.Equal(1, ExitCode);
        Assert.Equal("", Output);
        string line = Assert.Single(Error.TrimEnd('\n', '\r').Split('\n'));
        Assert.StartsWith("error: ", line);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        foreach (string part in parts) Assert.Contains(part, line, StringComparison.Ordinal);
    }
}
