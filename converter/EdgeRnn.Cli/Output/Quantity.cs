using System;
using System.Globalization;

namespace EdgeRnn.Cli.Output;

/// <summary>Numbers as people read them, the same in every language of the machine.</summary>
internal static class Quantity
{
    private const double _kibi = 1024;

    /// <summary>A whole number with thousands separated.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Bytes, with KB or MB (of 1024) from 10,000 bytes on.</summary>
    public static string Bytes(long bytes)
    {
        string exact = $"{Count(bytes)} bytes";
        if (bytes < 10_000) return exact;
        double kibibytes = bytes / _kibi;
        return kibibytes < _kibi ? $"{exact} ({Fixed(kibibytes, 1)} KB)" : $"{exact} ({Fixed(kibibytes / _kibi, 1)} MB)";
    }

    /// <summary>A number with a fixed number of decimals.</summary>
    public static string Fixed(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>An error or tolerance: three significant digits.</summary>
    public static string Error(double value) => value == 0 ? "0" : value.ToString("0.##e+00", CultureInfo.InvariantCulture);

    /// <summary>A float so that reading it gives the same bits.</summary>
    public static string Exact(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A duration in the unit that suits it.</summary>
    /// <param name="nanoseconds">The duration.</param>
    public static string Duration(double nanoseconds) => Math.Abs(nanoseconds) switch
    {
        < 10_000 => $"{Fixed(nanoseconds, 0)} ns",
        < 10_000_000 => $"{Fixed(nanoseconds / 1e3, 1)} us",
        < 10_000_000_000 => $"{Fixed(nanoseconds / 1e6, 1)} ms",
        < 600e9 => $"{Fixed(nanoseconds / 1e9, 1)} s",
        < 36_000e9 => $"{Fixed(nanoseconds / 60e9, 1)} min",
        _ => $"{Fixed(nanoseconds / 3600e9, 1)} h",
    };
}
