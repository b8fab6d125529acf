using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace EdgeRnn.Benchmarks;

/// <summary>The same rows again in processes that compile otherwise: what can be gained by settings, beside what everybody has.</summary>
public static class SettingsRun
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(10);

    /// <summary>Measures and prints one table.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="options">The rows.</param>
    /// <param name="results">What this process measured of them.</param>
    public static void Table(TextWriter writer, QuickOptions options, IReadOnlyList<QuickResult> results)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        List<(string Setting, double[] Ns)> others = [];
        foreach (string setting in RuntimeSettings.Others)
        {
            string[] assignment = setting.Split('=');
            string json = PeerProcess.Run(host, ["exec", typeof(SettingsRun).Assembly.Location, "quick", "--json", .. options.Picked,
                .. options.Smoke ? ["--smoke"] : Array.Empty<string>()], _limit, new() { [assignment[0]] = assignment[1] });
            others.Add((setting, [.. JsonDocument.Parse(json).RootElement.EnumerateArray().Select(row => row.GetProperty("ns").GetDouble())]));
        }
        writer.WriteLine();
        writer.WriteLine($"| network, ns/step | {RuntimeSettings.Current} | {string.Join(" | ", others.Select(other => other.Setting))} |");
        writer.WriteLine($"|---|---:|{string.Concat(others.Select(_ => "---:|"))}");
        for (int i = 0; i < results.Count; i++)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {results[i].Network} | {results[i].Step.MedianNs:F0} | ") +
                string.Join(" | ", others.Select(other => other.Ns[i].ToString("F0", CultureInfo.InvariantCulture))) + " |");
        }
    }
}
