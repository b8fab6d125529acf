using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace EdgeRnn.Cli.Tests;

/// <summary>The tool as a process of its own.</summary>
internal static class EdgernnProcess
{
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(2);

    /// <summary>Runs a verb.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="args">What the user types after <c>edgernn</c>.</param>
    public static CliRun Run(string folder, params string[] args) => Run(folder, [], args);

    /// <summary>Runs a verb in an environment of its own.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="environment">Variables that are other than this process's.</param>
    /// <param name="args">What the user types after <c>edgernn</c>.</param>
    public static CliRun Run(string folder, Dictionary<string, string> environment, string[] args)
    {
        ProcessStartInfo start = new(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "edgernn.dll"));
        foreach (string arg in args) start.ArgumentList.Add(arg);
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(_timeout))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"edgernn {string.Join(' ', args)} did not end within {_timeout}");
        }
        return new CliRun(process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
