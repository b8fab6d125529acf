using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Measure;

/// <summary>What one turn of a loop takes, over several runs.</summary>
/// <param name="MedianNs">Nanoseconds in the median run.</param>
/// <param name="LowestNs">Nanoseconds in the fastest run.</param>
/// <param name="HighestNs">Nanoseconds in the slowest run.</param>
/// <param name="LowestQuartileNs">Nanoseconds that a quarter of the runs stayed below: steadier than the median beside busy neighbours.</param>
public sealed record Timing(double MedianNs, double LowestNs, double HighestNs, double LowestQuartileNs)
{
    /// <summary>Of some runs.</summary>
    /// <param name="runs">Nanoseconds of each, at least one.</param>
    public static Timing Of(IEnumerable<double> runs)
    {
        double[] ns = [.. runs.Order()];
        return new Timing(ns[ns.Length / 2], ns[0], ns[^1], ns[ns.Length / 4]);
    }
}
