using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>Rounds a row of weights to the nearest integers, with the largest magnitude as the largest integer.</summary>
internal static class PlainRounding
{
    // A multiplier this little above a whole number is that number.
    private const double MultiplierSlack = 1e-6;

    /// <summary>One scale for the row.</summary>
    /// <param name="values">Weights of the row.</param>
    /// <param name="maxWeight">Largest integer.</param>
    /// <param name="leastScale">The scale is not made smaller than this.</param>
    public static RowFit Fit(ReadOnlySpan<float> values, int maxWeight, float leastScale) =>
        Nearest(values, new RowGrid(WeightScale.Of(values, maxWeight, leastScale), []), maxWeight);

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
        return Nearest(values, GridOf(groupScales, leastScale, maxMultiplier), maxWeight);
    }

    /// <summary>The weights of one group.</summary>
    public static ReadOnlySpan<float> Members(ReadOnlySpan<float> values, int group)
    {
        int start = group * QuantizedTensor.GroupSize;
        return values.Slice(start, Math.Min(QuantizedTensor.GroupSize, values.Length - start));
    }

    /// <summary>A grid in which no group's unit is smaller than wanted.</summary>
    /// <param name="groupScales">Wanted unit of each group; 0 for a group of zeros.</param>
    /// <param name="leastScale">The scale of the row is not made smaller than this.</param>
    /// <param name="maxMultiplier">Largest multiplier.</param>
    public static RowGrid GridOf(ReadOnlySpan<double> groupScales, float leastScale, int maxMultiplier)
    {
        double largest = 0, smallest = double.PositiveInfinity;
        foreach (double groupScale in groupScales)
        {
            largest = Math.Max(largest, groupScale);
            if (groupScale > 0) smallest = Math.Min(smallest, groupScale);
        }
        byte[] multipliers = new byte[groupScales.Length];
        if (largest == 0) return new RowGrid(1, multipliers);
        // Groups of which one measures all others keep their scales as they are.
        double wanted = AreMultiples(groupScales, smallest, maxMultiplier) ? smallest : largest / maxMultiplier;
        float scale = Math.Max((float)wanted, Math.Max(leastScale, WeightScale.LeastNormal));
        for (int group = 0; group < multipliers.Length; group++)
            multipliers[group] = (byte)Math.Clamp((int)Math.Ceiling(groupScales[group] / scale - MultiplierSlack), 0, maxMultiplier);
        return new RowGrid(scale, multipliers);
    }

    private static bool AreMultiples(ReadOnlySpan<double> groupScales, double unit, int largestMultiple)
    {
        foreach (double groupScale in groupScales)
        {
            double multiple = groupScale / unit;
            if (multiple != Math.Floor(multiple) || multiple > largestMultiple) return false;
        }
        return true;
    }

    private static RowFit Nearest(ReadOnlySpan<float> values, RowGrid grid, int maxWeight)
    {
        short[] weights = new short[values.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            double step = grid.Step(i);
            if (step > 0) weights[i] = (short)Math.Clamp(Math.Round(values[i] / step), -maxWeight, maxWeight);
        }
        return new RowFit(grid, weights);
    }
}
