using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace EdgeRnn.Benchmarks;

/// <summary>Prints quick results as a table or as one JSON document.</summary>
public static class QuickReport
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    /// <summary>The kind of machine, without a name: what the figures depend on.</summary>
    public static string Machine =>
        $"{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}, {Environment.ProcessorCount} cores, vectors of {VectorBits} bits, .NET {Environment.Version}";

    /// <summary>Bits of the widest vectors this process may use; 0 where the portable loops run.</summary>
    public static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    public static void Table(TextWriter writer, IReadOnlyList<QuickResult> results)
    {
        writer.WriteLine(Machine);
        writer.WriteLine("| network | ns/step | best | naive ns/step | naive / ours | bytes/step | load ms | file bytes |");
        writer.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (QuickResult result in results)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {result.Network} | {result.NsPerStep:F0} | {result.BestNsPerStep:F0} | {result.NaiveNsPerStep:F0} | {result.Speedup:F1} | {result.BytesPerStep:F0} | {result.LoadMs:F2} | {result.FileBytes} |"));
        }
    }

    public static void Json(TextWriter writer, IReadOnlyList<QuickResult> results)
    {
        writer.WriteLine(JsonSerializer.Serialize(new
        {
            architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            cores = Environment.ProcessorCount,
            vectorBits = VectorBits,
            runtime = Environment.Version.ToString(),
            results = results.Select(result => new
            {
                cell = result.Network.Cell,
                scheme = result.Network.Scheme.ToString().ToLowerInvariant(),
                inputSize = result.Network.InputSize,
                hiddenSize = result.Network.HiddenSize,
                nsPerStep = result.NsPerStep,
                bestNsPerStep = result.BestNsPerStep,
                naiveNsPerStep = result.NaiveNsPerStep,
                bytesPerStep = result.BytesPerStep,
                loadMs = result.LoadMs,
                fileBytes = result.FileBytes,
            }),
        }, _indented));
    }
}
