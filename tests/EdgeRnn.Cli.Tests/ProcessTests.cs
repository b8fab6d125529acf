using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Tests;

namespace EdgeRnn.Cli.Tests;

public sealed class ProcessTests
{
    [Fact]
    public void Every_command_of_the_readme_runs()
    {
        using Workspace workspace = new();
        string[] commands = [.. ShellLines(Path.Combine(Repository.Root, "converter", "EdgeRnn.Cli", "README.md"))];
        Assert.True(commands.Length >= 6, $"{commands.Length} commands found");
        foreach (string command in commands)
        {
            Assert.StartsWith("edgernn ", command, StringComparison.Ordinal);
            CliRun run = EdgernnProcess.Run(workspace.Root, command.Split(' ')[1..]);
            Assert.True(run.ExitCode == 0, $"{command}: exit code {run.ExitCode}: {run.Error}");
        }
    }

    [Fact]
    public void Mismatch_reaches_the_shell_as_exit_code_2()
    {
        using Workspace workspace = new();
        string x = workspace.Npy("x.npy", [2], 1, 2);
        CliRun run = EdgernnProcess.Run(workspace.Root, "verify", workspace.RunningSum(), "--input", x, "--expected", x);
        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public void Wrong_usage_reaches_the_shell_as_exit_code_1()
    {
        using Workspace workspace = new();
        EdgernnProcess.Run(workspace.Root, "verfy").FailsWith("did you mean 'verify'?");
    }

    // The lines of all blocks marked sh.
    private static IEnumerable<string> ShellLines(string path)
    {
        bool inside = false;
        foreach (string line in File.ReadLines(path).Select(line => line.TrimEnd()))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) inside = line == "```sh";
            else if (inside && line.Length > 0) yield return line;
        }
    }
}
