using System;
using System.Collections.Generic;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>
/// Percentile bootstrap over files: as many files are drawn with replacement as there are, and the pooled figure is computed
/// anew. Rows of one file depend on each other, so files and not rows are drawn (Efron and Tibshirani 1993, chapter 13).
/// </summary>
public static class FileBootstrap
{
    /// <summary>Resamples unless told otherwise.</summary>
    public const int DefaultCount = 1000;

    /// <summary>The share of resamples inside the interval.</summary>
    public const double Level = 0.95;

    /// <summary>The interval of a pooled figure.</summary>
    /// <param name="fileCount">At least 1.</param>
    /// <param name="metric">The figure when file i is there draws[i] times; the array is reused by the next call.</param>
    /// <param name="seed">The same seed gives the same draws.</param>
    /// <param name="count">Resamples, at least 1.</param>
    public static MetricInterval Interval(int fileCount, Func<IReadOnlyList<int>, double> metric, int seed,
        int count = DefaultCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fileCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Random random = new(seed);
        int[] draws = new int[fileCount];
        List<double> figures = new(count);
        for (int resample = 0; resample < count; resample++)
        {
            Array.Clear(draws);
            for (int draw = 0; draw < fileCount; draw++) draws[random.Next(fileCount)]++;
            double figure = metric(draws);
            if (!double.IsNaN(figure)) figures.Add(figure);
        }
        figures.Sort();
        double tail = (1 - Level) / 2;
        return new MetricInterval(Quantile.OfSorted(figures, tail), Quantile.OfSorted(figures, 1 - tail), count - figures.Count);
    }
}
