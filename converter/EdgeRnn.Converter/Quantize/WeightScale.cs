using System;

namespace EdgeRnn.Converter.Quantize;

/// <summary>Chooses the scale of a row of weights.</summary>
internal static class WeightScale
{
    /// <summary>The least float32 with a full significand.</summary>
    public const float LeastNormal = 1.17549435e-38f;

    /// <summary>Whether a row holds nothing but zeros.</summary>
    public static bool IsZero(ReadOnlySpan<float> values) => !values.ContainsAnyExcept(0f);

    /// <summary>
    /// A power of two of which all values are whole multiples, where that keeps every weight as it is (weights that were integers
    /// before); otherwise the largest magnitude over the largest integer. 1 for a row of zeros.
    /// </summary>
    /// <param name="values">Weights of a row.</param>
    /// <param name="maxWeight">Largest integer.</param>
    /// <param name="least">The scale is not made smaller than this.</param>
    public static float Of(ReadOnlySpan<float> values, int maxWeight, float least)
    {
        if (IsZero(values)) return 1;
        double largest = 0;
        foreach (float value in values) largest = Math.Max(largest, Math.Abs((double)value));
        least = Math.Max(least, LeastNormal);
        double power = Math.ScaleB(1, Math.ILogB(largest / maxWeight));
        if (power * maxWeight < largest) power *= 2;
        if (power >= least && AreMultiples(values, power)) return (float)power;
        return Math.Max((float)(largest / maxWeight), least);
    }

    private static bool AreMultiples(ReadOnlySpan<float> values, double unit)
    {
        foreach (float value in values)
        {
            double multiple = value / unit;
            if (multiple != Math.Floor(multiple)) return false;
        }
        return true;
    }
}
