using System;
using System.IO;

namespace EdgeRnn.Cli.Tests;

public sealed class CommandLineTests
{
    public static TheoryData<string> Verbs =>
    [
        "convert", "inspect", "verify", "run", "bench", "calibrate", "detect", "record", "simulate", "monitor", "boards", "wiring", "deploy",
        "flash", "demo",
    ];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Help_of_every_verb_shows_an_example(string verb)
    {
        CliRun run = CliRun.Of(verb, "--help").Succeeds();
        Assert.Contains("Example", run.Output, StringComparison.Ordinal);
        Assert.Contains($"  edgernn {verb}", run.Output, StringComparison.Ordinal);
        Assert.Contains("--json", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_verb_is_listed_with_a_description(string verb)
    {
        CliRun run = CliRun.Of("--help").Succeeds();
        Assert.Contains($"  {verb} ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_is_printed() =>
        Assert.StartsWith("0.", CliRun.Of("--version").Succeeds().Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("convrt", "convert")]
    [InlineData("verfy", "verify")]
    [InlineData("insect", "inspect")]
    public void Mistyped_verb_suggests_the_nearest(string typed, string meant) =>
        CliRun.Of(typed, "a.pt").FailsWith($"'{typed}'", $"did you mean '{meant}'?");

    [Fact]
    public void Word_far_from_every_verb_suggests_none() =>
        CliRun.Of("frobnicate-it").FailsWith("there is no verb 'frobnicate-it'; ");

    [Theory]
    [InlineData]
    [InlineData("--verbose")]
    public void Missing_verb_lists_them(params string[] args) =>
        CliRun.Of(args).FailsWith("a verb is missing", "convert, inspect, verify, run, bench, selftest, calibrate, detect, eval, record, " +
            "simulate, monitor, boards, wiring, deploy, flash, demo");

    [Fact]
    public void Empty_argument_is_refused() => CliRun.Of("inspect", "").FailsWith("an argument is empty");

    [Fact]
    public void Mistyped_option_suggests_the_nearest() =>
        CliRun.Of("verify", "m.ernn", "--input", "x.npy", "--expected", "y.npy", "--tolerence", "1")
            .FailsWith("did you mean '--tolerance'?");

    [Theory]
    [InlineData("run", "--inptu", "x.csv")]
    [InlineData("inspect", "--rat")]
    public void Mistyped_option_is_not_taken_for_the_argument(params string[] args) =>
        CliRun.Of(args).FailsWith($"there is no option '{args[1]}'", "did you mean");

    [Fact]
    public void Missing_option_is_named() => CliRun.Of("convert", "a.pt").FailsWith("convert: ", "'--output' is required");

    [Fact]
    public void Missing_argument_is_refused() => CliRun.Of("inspect").FailsWith("inspect: FILE is missing");

    [Fact]
    public void Argument_too_many_is_refused() =>
        CliRun.Of("inspect", "a.pt", "b.pt").FailsWith("'b.pt' is one argument too many");

    [Fact]
    public void Text_for_a_number_is_refused() =>
        CliRun.Of("verify", "m.ernn", "--input", "x.npy", "--expected", "y.npy", "--tolerance", "small")
            .FailsWith("'small'", "a number");

    [Fact]
    public void Options_of_later_versions_are_refused() =>
        CliRun.Of("convert", "m.pt", "-o", "m.ernn", "--sign", "key.pem").FailsWith("'--sign'");

    [Fact]
    public void Argument_that_begins_with_an_at_sign_is_a_file_name() =>
        CliRun.Of("inspect", "@model.ernn").FailsWith("@model.ernn: there is no such file");

    [Fact]
    public void Error_with_json_is_one_document_and_one_line()
    {
        CliRun run = CliRun.Of("inspect", "absent.ernn", "--json");
        Assert.Equal(1, run.ExitCode);
        string message = run.Json().GetProperty("error").GetString()!;
        Assert.Equal($"error: {message}", run.Error.TrimEnd());
    }

    [Fact]
    public void Full_standard_output_is_one_line_with_json_too()
    {
        using StringWriter error = new();
        using Workspace workspace = new();
        int exitCode = CommandLineApp.Run(["inspect", workspace.Identity(1), "--json"], new Terminal(new FullWriter(), error));
        Assert.Equal(1, exitCode);
        Assert.StartsWith("error: reading or writing failed: disk full", Assert.Single(error.ToString().TrimEnd().Split('\n')),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_in_a_name_do_not_reach_the_terminal()
    {
        CliRun run = CliRun.Of("inspect", "a\u001b[31m\nb.ernn");
        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("\u001b", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Unforeseen_failure_is_one_line_and_says_how_to_learn_more(bool verbose)
    {
        using StringWriter error = new();
        using Workspace workspace = new();
        string[] args = ["inspect", workspace.Identity(1), .. verbose ? new[] { "--verbose" } : []];
        int exitCode = CommandLineApp.Run(args, new Terminal(new BrokenWriter(), error));
        string[] lines = error.ToString().TrimEnd().Split('\n');
        Assert.Equal(1, exitCode);
        Assert.StartsWith("error: edgernn failed unexpectedly: InvalidOperationException: broken", lines[0],
            StringComparison.Ordinal);
        Assert.Contains("--verbose", lines[0], StringComparison.Ordinal);
        Assert.Equal(verbose, lines.Length > 1);
    }

    [Fact]
    public void Verbose_names_the_cause_of_an_error()
    {
        CliRun run = CliRun.Of("inspect", "absent.ernn", "--verbose");
        Assert.Contains("cause: FileNotFoundException", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_that_is_no_terminal_has_no_colour()
    {
        using Workspace workspace = new();
        Assert.DoesNotContain('\u001b', CliRun.Of("inspect", workspace.Identity(2)).Succeeds().Output);
    }

    private sealed class FullWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("disk full");
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new InvalidOperationException("broken");
    }
}
