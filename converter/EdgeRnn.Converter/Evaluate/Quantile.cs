using System;
using System.Collections.Generic;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>Quantiles with linear interpolation between the two nearest values, as NumPy computes them.</summary>
internal static class Quantile
{
    /// <summary>The quantile of values in ascending order; NaN where there are none.</summary>
    /// <param name="sorted">Ascending.</param>
    /// <param name="share">In [0, 1].</param>
    public static double OfSorted(IReadOnlyList<double> sorted, double share)
    {
        if (sorted.Count == 0) return double.NaN;
        double position = share * (sorted.Count - 1);
        int below = (int)Math.Floor(position), above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
