using System;
using System.Globalization;

namespace EdgeRnn.Converter.Quantize.Rounding;

/// <summary>tuning</summary>
public static class RoundingOptions
{
    /// <summary>x</summary>
    public static double Of(string name, double standard) => Environment.GetEnvironmentVariable("ROUND_" + name) is { } text
        ? double.Parse(text, CultureInfo.InvariantCulture) : standard;

    internal static readonly double Tau = Of("TAU", 10);
    internal static readonly double MinShrink = Of("SHRINK", 1e-3);
    internal static readonly double Kappa = Of("KAPPA", 1);
    internal static readonly double Reach = Of("REACH", 1);
    internal static readonly double Low = Of("LOW", 0.9);
    internal static readonly double High = Of("HIGH", 1.3);
    internal static readonly double Tries = Of("TRIES", 16);
    internal static readonly double Plain = Of("PLAIN", 0);
    internal static readonly double NoBias = Of("NOBIAS", 0);
    internal static readonly double NoLattice = Of("NOLATTICE", 0);
}
