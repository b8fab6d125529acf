using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Tests;

namespace EdgeRnn.Cli.Tests;

/// <summary>A trained network and a stream to try verbs on: tests/vectors/pump.</summary>
internal static class PumpFiles
{
    private const int NormalRows = 3000;

    private static readonly string _folder = Path.Combine(Repository.Root, "tests", "vectors", "pump");

    /// <summary>A PyTorch state_dict.</summary>
    public static string Weights { get; } = Path.Combine(_folder, "pump.pt");

    /// <summary>What its tensors mean.</summary>
    public static string Arch { get; } = Path.Combine(_folder, "pump.arch.json");

    /// <summary>75 s at 100 Hz: normal operation, a bearing that fails, a stop.</summary>
    public static string Stream { get; } = Path.Combine(_folder, "stream.csv");

    /// <summary>What PyTorch answers to the stream.</summary>
    public static string Expected { get; } = Path.Combine(_folder, "expected.npy");

    /// <summary>Header and rows of the stream's first 30 s, normal operation.</summary>
    public static IEnumerable<string> NormalLines => File.ReadLines(Stream).Take(1 + NormalRows);
}
