using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace EdgeRnn.Cli.Deploy;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">What it returned.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>
    /// The line that says why it failed: one that begins with "error" or has it as a compiler writes it, else the last one.
    /// </summary>
    public string Reason
    {
        get
        {
            string[] lines = [.. $"{Output}\n{Error}".Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
            string? error = lines.FirstOrDefault(line => line.StartsWith("error", StringComparison.OrdinalIgnoreCase)) ??
                lines.FirstOrDefault(line => line.Contains(": error ", StringComparison.Ordinal));
            return error ?? (lines.Length > 0 ? lines[^1] : $"exit code {ExitCode}");
        }
    }
}

/// <summary>Runs commands of this machine.</summary>
internal static class CommandRunner
{
    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">The command.</param>
    /// <exception cref="CommandException">There is no such program.</exception>
    public static CommandResult Run(ShellCommand command)
    {
        ProcessStartInfo start = new(ProgramPath.Of(command.Program), command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close(); // nothing asks, so nothing waits for an answer
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new CommandResult(process.ExitCode, output, error.GetAwaiter().GetResult());
        }
        catch (Win32Exception missing)
        {
            throw new CommandException($"{command.Program}: expected a program on PATH, found none; install it", missing);
        }
    }
}
