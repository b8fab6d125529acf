using System;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>The 16-bit format chosen for a signal.</summary>
/// <param name="Magnitude">The largest magnitude that is to be held; the format holds at least this.</param>
/// <param name="FractionBits">k: the number v is stored as v * 2^k in [-32767, 32767].</param>
/// <param name="ClippedShare">Share of the calibration's values beyond the format, 0 to 1; 0 without calibration.</param>
public readonly record struct ValueRange(double Magnitude, int FractionBits, double ClippedShare = 0)
{
    /// <summary>Fewest fraction bits of the 16-bit format: numbers up to 2^30.</summary>
    public const int MinFractionBits = -15;

    /// <summary>Most fraction bits of the 16-bit format: numbers up to 2^-15.</summary>
    public const int MaxFractionBits = 30;

    /// <summary>Fraction bits of a signal whose range is unknown because it never left zero.</summary>
    public const int DefaultFractionBits = 15;

    /// <summary>The first magnitude the format does not hold, 2^(15 - k); it is off by one step only.</summary>
    public double Limit => Math.ScaleB(1, 15 - FractionBits);

    /// <summary>The range for a magnitude, with as many fraction bits as hold it.</summary>
    public static ValueRange Of(double magnitude) => new(magnitude, FractionBitsFor(magnitude));

    /// <summary>
    /// The most fraction bits k with magnitude &lt;= 2^(15 - k), from <see cref="MinFractionBits"/> to
    /// <see cref="MaxFractionBits"/>.
    /// A power of two itself counts as held: 1.0 with 15 bits is stored as 32767, off by one step.
    /// </summary>
    /// <param name="magnitude">At least 0; infinity and NaN get the fewest bits.</param>
    public static int FractionBitsFor(double magnitude)
    {
        if (magnitude == 0) return DefaultFractionBits;
        if (!double.IsFinite(magnitude)) return MinFractionBits;
        int exponent = Math.ILogB(magnitude);
        if (Math.ScaleB(1, exponent) < magnitude) exponent++;
        return Math.Clamp(15 - exponent, MinFractionBits, MaxFractionBits);
    }
}
