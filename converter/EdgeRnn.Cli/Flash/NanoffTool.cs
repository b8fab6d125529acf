using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace EdgeRnn.Cli.Flash;

/// <summary>The tool that writes to boards, nanoff, as it is installed here.</summary>
internal static class NanoffTool
{
    /// <summary>Where it is.</summary>
    /// <param name="name">A path to it, or its name to look for in the folders of PATH.</param>
    /// <exception cref="CommandException">It is not there.</exception>
    public static string Find(string name)
    {
        string[] files = OperatingSystem.IsWindows() ? [name, name + ".exe", name + ".cmd"] : [name];
        string[] folders = name.Contains(Path.DirectorySeparatorChar) || name.Contains('/')
            ? [""]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string? found = folders.SelectMany(folder => files.Select(file => Path.Combine(folder, file))).FirstOrDefault(File.Exists);
        return found ?? throw new CommandException(
            $"{name} is not installed; install it with `dotnet tool install -g nanoff`, or see what would be done with --dry-run");
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="step">What it is to do.</param>
    /// <param name="line">Takes each line it writes, on other threads.</param>
    /// <exception cref="CommandException">It could not be started, or says that it failed.</exception>
    public static void Run(string path, FlashStep step, Action<string> line)
    {
        ProcessStartInfo start = new(path, step.Arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = new() { StartInfo = start };
        process.OutputDataReceived += (_, data) => Take(data.Data);
        process.ErrorDataReceived += (_, data) => Take(data.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            throw new CommandException($"{path} cannot be started: {error.Message}; install nanoff again", error);
        }
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new CommandException($"{step.What}: nanoff ended with code {process.ExitCode}, and says why above; " +
                "what comes after it was not done");

        void Take(string? text)
        {
            if (string.IsNullOrEmpty(text)) return;
            lock (process) line(text);
        }
    }
}
