using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Tests;

namespace EdgeRnn.Cli.Tests;

/// <summary>Half an hour of record 100 of the MIT-BIH Arrhythmia Database with its annotations; skips the test where it is absent.</summary>
internal sealed class EcgRecord100
{
    private const int HalfWindow = 108;      // the baseline is the median of 0.6 s
    private const double OnsetPart = 0.2;    // of the peak's height

    private readonly string _folder = SharedData.Path("data/ecg-mitdb100");

    public EcgRecord100()
    {
        Counts = Decode(File.ReadAllBytes(Path.Combine(_folder, "100.dat")));
        Beats = [.. File.ReadLines(Path.Combine(_folder, "beats.csv")).Skip(1).Select(line => line.Split(','))
            .Where(cells => cells[1] is "N" or "A" or "V")
            .Select(cells => new EcgBeat(OnsetOf(int.Parse(cells[0], CultureInfo.InvariantCulture)), cells[1]))];
    }

    /// <summary>ADC counts of lead MLII, [650000].</summary>
    public int[] Counts { get; }

    /// <summary>Normal, atrial premature and ventricular beats, in time order.</summary>
    public IReadOnlyList<EcgBeat> Beats { get; }

    /// <summary>The stream as make_ecg.py writes it.</summary>
    public void Write(string path) =>
        File.WriteAllLines(path, Counts.Select(count => count.ToString(CultureInfo.InvariantCulture)).Prepend("MLII"));

    // WFDB format 212: three bytes hold a sample of each of two leads, 12 bits in two's complement; the first lead is MLII.
    private static int[] Decode(byte[] bytes)
    {
        int[] counts = new int[bytes.Length / 3];
        for (int i = 0; i < counts.Length; i++)
        {
            int bits = bytes[3 * i] | ((bytes[3 * i + 1] & 15) << 8);
            counts[i] = bits > 2047 ? bits - 4096 : bits;
        }
        return counts;
    }

    // The first sample of the rise, or fall, to the peak. As in make_ecg.py.
    private int OnsetOf(int peak)
    {
        double height = Flattened(peak);
        int start = peak;
        while (start > 0 && Flattened(start) / height > OnsetPart) start--;
        return start;
    }

    private double Flattened(int at)
    {
        int[] window = [.. Enumerable.Range(at - HalfWindow, 2 * HalfWindow + 1).Select(i => Counts[Math.Clamp(i, 0, Counts.Length - 1)])];
        Array.Sort(window);
        return Counts[at] - window[HalfWindow];
    }
}
