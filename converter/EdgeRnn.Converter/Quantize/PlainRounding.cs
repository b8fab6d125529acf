using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>Rounds a row of weights to the nearest integers, with the largest magnitude as the largest integer.</summary>
internal static class PlainRounding
{
    /// <summary>One scale for the row.</summary>
    /// <param name="values">Weights of the row.</param>
    /// <param name="maxWeight">Largest integer.</param>
    /// <param name="leastScale">The scale is not made smaller than this.</param>
    public static RowFit Fit(ReadOnlySpan<float> values, int maxWeight, float leastScale)
    {
        float scale = WeightScale.Of(values, maxWeight, leastScale);
        short[] weights = new short[values.Length];
        for (int i = 0; i < weights.Length; i++) weights[i] = Nearest(values[i], scale, maxWeight);
        return new RowFit(scale, [], weights);
    }

    /// <summary>One scale for the row and a multiplier for each group of 32 columns.</summary>
    /// <param name="values">Weights of the row.</param>
    /// <param name="maxWeight">Largest integer.</param>
    /// <param name="leastScale">The scale is not made smaller than this.</param>
    /// <param name="maxMultiplier">Largest multiplier.</param>
    public static RowFit FitGroups(ReadOnlySpan<float> values, int maxWeight, float leastScale, int maxMultiplier)
    {
        double[] groupScales = new double[QuantizedTensor.GroupsIn(values.Length)];
        for (int group = 0; group < groupScales.Length; group++)
        {
            ReadOnlySpan<float> members = Members(values, group);
            groupScales[group] = WeightScale.IsZero(members) ? 0 : WeightScale.Of(members, maxWeight, 0);
        }
        (float scale, byte[] multipliers) = Multipliers(groupScales, leastScale, maxMultiplier);
        short[] weights = new short[values.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            int multiplier = multipliers[i / QuantizedTensor.GroupSize];
            if (multiplier > 0) weights[i] = Nearest(values[i], (double)multiplier * scale, maxWeight);
        }
        return new RowFit(scale, multipliers, weights);
    }

    /// <summary>The weights of one group.</summary>
    public static ReadOnlySpan<float> Members(ReadOnlySpan<float> values, int group)
    {
        int start = group * QuantizedTensor.GroupSize;
        return values.Slice(start, Math.Min(QuantizedTensor.GroupSize, values.Length - start));
    }

    /// <summary>The scale of a row and its multipliers, none of which makes a group's scale smaller than wanted.</summary>
    /// <param name="groupScales">Wanted scale of each group; 0 for a group of zeros.</param>
    /// <param name="leastScale">The scale is not made smaller than this.</param>
    /// <param name="maxMultiplier">Largest multiplier.</param>
    public static (float Scale, byte[] Multipliers) Multipliers(double[] groupScales, float leastScale, int maxMultiplier)
    {
        double largest = 0;
        foreach (double groupScale in groupScales) largest = Math.Max(largest, groupScale);
        byte[] multipliers = new byte[groupScales.Length];
        if (largest == 0) return (1, multipliers);
        float scale = Math.Max((float)(largest / maxMultiplier), Math.Max(leastScale, WeightScale.LeastNormal));
        for (int group = 0; group < multipliers.Length; group++)
            multipliers[group] = (byte)Math.Clamp((int)Math.Ceiling(groupScales[group] / scale - 1e-6), 0, maxMultiplier);
        return (scale, multipliers);
    }

    private static short Nearest(double value, double step, int maxWeight) =>
        (short)Math.Clamp(Math.Round(value / step), -maxWeight, maxWeight);
}
