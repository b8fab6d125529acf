using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Converter.Quantize;

namespace EdgeRnn.Benchmarks;

/// <summary>Prints quick results as a table or as one JSON document.</summary>
public static class QuickReport
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    /// <summary>A Markdown table.</summary>
    public static void Table(TextWriter writer, IReadOnlyList<QuickResult> results)
    {
        writer.WriteLine("| network | ns/step | lowest | stream limit ns | GB/s | / stream | product limit ns | / product | MACs/ns | naive / ours " +
            "| bytes allocated | load ms | path |");
        writer.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|");
        foreach (QuickResult result in results)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {result.Network} | {Ns(result.Step.MedianNs)} | {Ns(result.Step.LowestNs)} | {Ns(result.StreamLimit.MedianNs)} | " +
                $"{result.StreamGigabytesPerSecond:F0} | {result.StreamRatio:F2} | {Ns(result.ProductLimit.MedianNs)} | {result.ProductRatio:F2} | " +
                $"{result.MacsPerNs:F1} | {result.Speedup:F1} | {result.AllocatedBytes} | {result.LoadMs:F2} | {result.Path} |"));
        }
    }

    /// <summary>An array of objects, one for each row.</summary>
    public static void Json(TextWriter writer, IReadOnlyList<QuickResult> results)
    {
        writer.WriteLine(JsonSerializer.Serialize(results.Select(result => new
        {
            cell = result.Network.Cell,
            input = result.Network.InputSize,
            hidden = result.Network.HiddenSize,
            scheme = SchemeName.Of(result.Network.Scheme),
            ns = result.Step.MedianNs,
            streamLimitNs = result.StreamLimit.MedianNs,
            productLimitNs = result.ProductLimit.MedianNs,
            allocatedBytes = result.AllocatedBytes,
            path = result.Path,
            lowestNs = result.Step.LowestNs,
            streamLimitLowestNs = result.StreamLimit.LowestNs,
            productLimitLowestNs = result.ProductLimit.LowestNs,
            streamGigabytesPerSecond = result.StreamGigabytesPerSecond,
            macsPerNs = result.MacsPerNs,
            naiveNs = result.Naive.MedianNs,
            loadMs = result.LoadMs,
            fileBytes = result.FileBytes,
            settings = RuntimeSettings.Current,
        }), _indented));
    }

    private static string Ns(double ns) => ns.ToString(ns < 10 ? "F1" : "F0", CultureInfo.InvariantCulture);
}
