using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Quantize.Rounding;

namespace EdgeRnn.Tests.Quantize.Rounding;

/// <summary>Inputs of one product from a seed: few causes, many columns, so that columns go together as states do.</summary>
internal sealed class ProductSamples
{
    private readonly double[,] _mixing; // [columns, causes]
    private readonly double[] _means;
    private readonly Random _random;

    public ProductSamples(int columns, int seed)
    {
        _random = new Random(seed);
        _mixing = new double[columns, Math.Max(1, columns / 3)];
        _means = new double[columns];
        for (int i = 0; i < columns; i++)
        {
            _means[i] = Symmetric();
            for (int cause = 0; cause < _mixing.GetLength(1); cause++) _mixing[i, cause] = Symmetric();
        }
    }

    /// <summary>The next steps of the stream.</summary>
    public double[][] Take(int steps) => [.. Enumerable.Range(0, steps).Select(_ => Next())];

    /// <summary>The moments of steps, in their order.</summary>
    public static InputMoments Moments(IEnumerable<double[]> steps, int columns, bool isFull = true)
    {
        InputMoments moments = new(columns, isFull);
        foreach (double[] x in steps) moments.Add(x);
        moments.Flush();
        return moments;
    }

    private double[] Next()
    {
        double[] x = [.. _means], causes = [.. Enumerable.Range(0, _mixing.GetLength(1)).Select(_ => Symmetric())];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] += 0.1 * Symmetric();
            for (int cause = 0; cause < causes.Length; cause++) x[i] += _mixing[i, cause] * causes[cause];
        }
        return x;
    }

    private double Symmetric() => 2 * _random.NextDouble() - 1;
}
