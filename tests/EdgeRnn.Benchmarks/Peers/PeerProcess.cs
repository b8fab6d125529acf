using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Threading.Tasks;

namespace EdgeRnn.Benchmarks;

/// <summary>A program of another system.</summary>
public static class PeerProcess
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="limit">After which it is ended.</param>
    /// <param name="environment">Variables that are other than here, or null.</param>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">One line: it is missing, failed, or took too long.</exception>
    public static string Run(string program, IEnumerable<string> arguments, TimeSpan limit, Dictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment ?? []) start.Environment[name] = value;
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                throw new InvalidOperationException($"{program} did not end within {limit.TotalSeconds} s");
            }
            process.WaitForExit();
            if (process.ExitCode == 0) return output.GetAwaiter().GetResult();
            string[] lines = error.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            throw new InvalidOperationException($"{program} failed with exit code {process.ExitCode}: {(lines.Length == 0 ? "no message" : lines[^1])}");
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException($"{program} is not installed");
        }
    }

    /// <summary>What a program of ours printed about another system.</summary>
    public static PeerResult Result(string output)
    {
        JsonElement json = JsonDocument.Parse(output).RootElement;
        return new PeerResult(json.GetProperty("version").GetString()!, [.. ArrayOf(json.GetProperty("answers"))],
            json.GetProperty("ns").GetDouble(), json.GetProperty("callNs").GetDouble());

        static IEnumerable<float> ArrayOf(JsonElement array)
        {
            foreach (JsonElement value in array.EnumerateArray()) yield return value.GetSingle();
        }
    }
}

/// <summary>What another system did with one network.</summary>
/// <param name="Version">Of the system.</param>
/// <param name="Answers">The answers to the signal, from the first step on.</param>
/// <param name="Ns">Nanoseconds per step, median.</param>
/// <param name="CallNs">Nanoseconds of a call that computes nothing.</param>
public sealed record PeerResult(string Version, float[] Answers, double Ns, double CallNs);
