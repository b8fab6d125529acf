using System;
using System.Collections.Generic;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Rounding;

/// <summary>
/// The grids worth a search. A somewhat coarser grid than the one that just holds the largest weight costs little by itself and is
/// another chance for errors to cancel; a finer one cuts off the largest weights, which pays for int4.
/// </summary>
internal static class GridChoice
{
    // Of the scale that just holds the largest weight.
    private const double Finest = 0.9, Coarsest = 1.3;
    private const int ScaleCount = 16;
    private const double FinestGroup = 0.5, CoarsestGroup = 1.1;
    private const int GroupScaleCount = 25;

    // Of the scales at which each group errs least by itself.
    private static readonly double[] _groupFactors = [0.88, 0.94, 1, 1.06, 1.12, 1.18];

    /// <summary>Scales of a row.</summary>
    /// <param name="values">Its weights.</param>
    /// <param name="maxWeight">Largest integer.</param>
    public static List<float> Scales(ReadOnlySpan<float> values, int maxWeight)
    {
        double full = Largest(values) / maxWeight;
        List<float> scales = [];
        for (int k = 0; k < ScaleCount; k++) scales.Add((float)(full * Between(Finest, Coarsest, k, ScaleCount)));
        return scales;
    }

    /// <summary>Scales of the groups of a row, several for each group; 0 for a group of zeros.</summary>
    /// <param name="values">Its weights.</param>
    /// <param name="metric">What errors weigh.</param>
    /// <param name="maxWeight">Largest integer.</param>
    public static List<double[]> GroupScales(ReadOnlySpan<float> values, RoundingMetric metric, int maxWeight)
    {
        int groups = QuantizedTensor.GroupsIn(values.Length);
        double[] alone = new double[groups];
        for (int group = 0; group < groups; group++) alone[group] = ScaleAlone(values, group, metric, maxWeight);
        List<double[]> choices = [];
        foreach (double factor in _groupFactors) choices.Add(Array.ConvertAll(alone, scale => scale * factor));
        return choices;
    }

    // Where the nearest integers err least, columns counted as independent.
    private static double ScaleAlone(ReadOnlySpan<float> values, int group, RoundingMetric metric, int maxWeight)
    {
        ReadOnlySpan<float> members = PlainRounding.Members(values, group);
        int first = group * QuantizedTensor.GroupSize;
        double full = Largest(members) / maxWeight, least = double.PositiveInfinity, best = 0;
        for (int k = 0; full > 0 && k < GroupScaleCount; k++)
        {
            double scale = full * Between(FinestGroup, CoarsestGroup, k, GroupScaleCount), sum = 0;
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
