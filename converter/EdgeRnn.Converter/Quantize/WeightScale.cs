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
    /// before), or all but the few that are one step too large (-128 of two's complement); otherwise the largest magnitude over
    /// the largest integer. 1 for a row of zeros.
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
        if (power * (maxWeight + 1) < largest || IsBlunt(values, power * maxWeight)) power *= 2;
        if (power >= least && AreMultiples(values, power)) return (float)power;
        return Math.Max((float)(largest / maxWeight), least);
    }

    // Cutting off costs each weight beyond the limit a step; a scale that holds it costs every weight a twelfth of its square, on
    // average.
    private static bool IsBlunt(ReadOnlySpan<float> values, double limit)
    {
        int beyond = 0;
        foreach (float value in values)
        {
            if (Math.Abs((double)value) > limit) beyond++;
        }
        return beyond * 12 > values.Length;
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
