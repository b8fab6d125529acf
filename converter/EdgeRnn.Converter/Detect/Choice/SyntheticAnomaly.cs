using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Detect.Choice;

/// <summary>Seven ways in which a machine's signals change, put into normal rows: what a detector is chosen with where nobody knows the real anomalies.</summary>
public static class SyntheticAnomaly
{
    /// <summary>Ways there are.</summary>
    public const int Kinds = 7;

    private const int MostChannels = 4;
    private const double LargestMagnitude = 8; // standard deviations

    /// <summary>A copy of the rows with one anomaly in rows [first, end).</summary>
    /// <param name="random">Channels, signs and sizes: 1 to 8 standard deviations, small ones as likely as large.</param>
    /// <param name="rows">[rows][channels] raw; not changed.</param>
    /// <param name="scale">[channels] standard deviation of each channel, above 0.</param>
    /// <param name="first">First row.</param>
    /// <param name="end">One past the last row, above first.</param>
    /// <param name="kind">0 shift of level, 1 drift, 2 more swing, 3 less swing, 4 stuck, 5 oscillation, 6 all channels together.</param>
    public static float[][] Put(Random random, IReadOnlyList<float[]> rows, IReadOnlyList<double> scale, int first, int end, int kind)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(end, first);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)kind, (uint)Kinds);
        float[][] changed = [.. rows.Select(row => (float[])row.Clone())];
        int channels = scale.Count;
        double magnitude = Math.Exp(random.NextDouble() * Math.Log(LargestMagnitude));
        if (kind == 6)
        {
            double[] direction = Direction(random, channels);
            for (int row = first; row < end; row++)
            {
                for (int c = 0; c < channels; c++) changed[row][c] += (float)(magnitude * direction[c] * scale[c]);
            }
            return changed;
        }
        double swing = kind == 2 ? Math.Exp(Between(random, Math.Log(1.5), Math.Log(6))) : Between(random, 0, 0.3);
        double period = Between(random, 10, 60);
        foreach (int c in Channels(random, channels))
        {
            double size = magnitude * scale[c] * (random.Next(2) == 0 ? -1 : 1);
            double mean = Enumerable.Range(first, end - first).Average(row => (double)rows[row][c]);
            for (int row = first; row < end; row++)
            {
                double x = rows[row][c], part = (double)(row - first) / (end - first);
                changed[row][c] = (float)(kind switch
                {
                    0 => x + size,
                    1 => x + size * part,
                    2 or 3 => mean + (x - mean) * swing,
                    4 => rows[first][c],
                    _ => x + size * Math.Sin(2 * Math.PI * (row - first) / period),
                });
            }
        }
        return changed;
    }

    private static IEnumerable<int> Channels(Random random, int channels)
    {
        int count = random.Next(1, Math.Min(MostChannels, channels) + 1);
        int[] all = [.. Enumerable.Range(0, channels)];
        random.Shuffle(all);
        return all.Take(count);
    }

    // A point on the unit sphere: normal numbers by Box and Muller, divided by their length.
    private static double[] Direction(Random random, int channels)
    {
        double[] direction = [.. Enumerable.Range(0, channels).Select(_ =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
        double length = Math.Sqrt(direction.Sum(x => x * x));
        return Array.ConvertAll(direction, x => x / length);
    }

    private static double Between(Random random, double least, double most) => least + random.NextDouble() * (most - least);
}
