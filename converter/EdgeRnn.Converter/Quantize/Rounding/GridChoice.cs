using System;
using System.Collections.Generic;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Rounding;

/// <summary>The grids worth a search for a row.</summary>
internal static class GridChoice
{
    // A group of 32 by itself, as shares of the scale that just holds its largest weight. Cutting that off pays for int4.
    private const double FinestAlone = 0.5, CoarsestAlone = 1.1;
    private const int CountAlone = 25;

    /// <summary>Scales of a row.</summary>
    /// <param name="values">Its weights.</param>
    /// <param name="maxWeight">Largest integer.</param>
    /// <param name="style">Which scales.</param>
    public static List<float> Scales(ReadOnlySpan<float> values, int maxWeight, RoundingStyle style)
    {
        double full = Largest(values) / maxWeight;
        List<float> scales = [];
        for (int k = 0; k < style.Count; k++) scales.Add((float)(full * Between(style.Finest, style.Coarsest, k, style.Count)));
        return scales;
    }

    /// <summary>Scales of the groups of a row, several for each group; 0 for a group of zeros.</summary>
    /// <param name="values">Its weights.</param>
    /// <param name="maxWeight">Largest integer.</param>
    /// <param name="style">Which scales, as shares of those at which each group errs least by itself.</param>
    /// <param name="metric">What errors weigh.</param>
    public static List<double[]> GroupScales(ReadOnlySpan<float> values, int maxWeight, RoundingStyle style,
        RoundingMetric metric)
    {
        double[] alone = new double[QuantizedTensor.GroupsIn(values.Length)];
        for (int group = 0; group < alone.Length; group++) alone[group] = ScaleAlone(values, group, metric, maxWeight);
        List<double[]> choices = [];
        for (int k = 0; k < style.Count; k++)
        {
            double factor = Between(style.Finest, style.Coarsest, k, style.Count);
            choices.Add(Array.ConvertAll(alone, scale => scale * factor));
        }
        return choices;
    }

    // Where the nearest integers err least, columns counted as independent.
    private static double ScaleAlone(ReadOnlySpan<float> values, int group, RoundingMetric metric, int maxWeight)
    {
        ReadOnlySpan<float> members = PlainRounding.Members(values, group);
        int first = group * QuantizedTensor.GroupSize;
        double full = Largest(members) / maxWeight, least = double.PositiveInfinity, best = 0;
        for (int k = 0; full > 0 && k < CountAlone; k++)
        {
            double scale = full * Between(FinestAlone, CoarsestAlone, k, CountAlone), sum = 0;
            for (int i = 0; i < members.Length; i++)
            {
                double error = members[i] - scale * Math.Clamp(Math.Round(members[i] / scale), -maxWeight, maxWeight);
                sum += error * error * metric.Own(first + i);
            }
            if (sum < least) (least, best) = (sum, scale);
        }
        return best;
    }

    private static double Largest(ReadOnlySpan<float> values)
    {
        double largest = 0;
        foreach (float value in values) largest = Math.Max(largest, Math.Abs((double)value));
        return largest;
    }

    private static double Between(double first, double last, int k, int count) => first + (last - first) * k / (count - 1);
}
