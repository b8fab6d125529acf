using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Accuracy;

/// <summary>Distances between two sequences of the same length.</summary>
public static class Deviation
{
    /// <summary>Error to signal ratio: sum (y - reference)^2 / sum reference^2.</summary>
    public static double Esr(IEnumerable<float> reference, IEnumerable<float> y)
    {
        double error = 0, energy = 0;
        foreach ((float expected, float actual) in Pairs(reference, y))
        {
            error += Math.Pow((double)actual - expected, 2);
            energy += Math.Pow(expected, 2);
        }
        return error / energy;
    }

    /// <summary>The largest absolute difference; NaN where one is not a number, which LINQ's Max would pass over.</summary>
    public static double Largest(IEnumerable<float> reference, IEnumerable<float> y) =>
        Pairs(reference, y).Aggregate(0.0, (largest, pair) =>
            Math.Max(largest, Math.Abs((double)pair.Expected - pair.Actual)));

    /// <summary>The mean absolute difference.</summary>
    public static double Mean(IEnumerable<float> reference, IEnumerable<float> y) =>
        Pairs(reference, y).Average(pair => Math.Abs((double)pair.Expected - pair.Actual));

    /// <summary>The share of decisions "above the threshold" that differ.</summary>
    public static double Flipped(IEnumerable<float> reference, IEnumerable<float> y, float threshold) =>
        Pairs(reference, y).Average(pair => pair.Expected > threshold == pair.Actual > threshold ? 0.0 : 1.0);

    /// <summary>The share of rows whose largest element stands elsewhere.</summary>
    public static double LabelsChanged(IReadOnlyList<float[]> reference, IReadOnlyList<float[]> y) =>
        reference.Zip(y).Average(pair => Label(pair.First) == Label(pair.Second) ? 0.0 : 1.0);

    /// <summary>The index of the largest element, the first on a tie.</summary>
    public static int Label(float[] row) => Array.IndexOf(row, row.Max());

    private static List<(float Expected, float Actual)> Pairs(IEnumerable<float> reference, IEnumerable<float> y)
    {
        float[] expected = [.. reference], actual = [.. y];
        if (expected.Length != actual.Length)
            throw new InvalidOperationException($"{actual.Length} answers, the reference has {expected.Length}");
        return [.. expected.Zip(actual)];
    }
}
