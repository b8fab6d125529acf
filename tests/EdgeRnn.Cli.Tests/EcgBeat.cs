using System.Globalization;
using System.IO;
using System.Linq;

namespace EdgeRnn.Cli.Tests;

/// <summary>A marked beat of an ECG.</summary>
/// <param name="Onset">Sample at which it begins.</param>
/// <param name="Kind">N, V, F or A.</param>
internal sealed record EcgBeat(int Onset, string Kind)
{
    /// <summary>Reads a CSV of onset, peak and kind, as make_ecg.py writes it.</summary>
    public static EcgBeat[] Read(string path) => [.. File.ReadLines(path).Skip(1).Select(line => line.Split(','))
        .Select(cells => new EcgBeat(int.Parse(cells[0], CultureInfo.InvariantCulture), cells[2]))];
}
