using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>The scores and alarms of detectors without a network; like a detector's, they know the training rows alone.</summary>
public static class BaselineScores
{
    /// <summary>The score of every row of <see cref="Baseline.AlwaysAlarm"/>.</summary>
    public const double AlwaysScore = 1;

    /// <summary>Weight of the newest row in the smoothed score of <see cref="Baseline.ZScore"/>.</summary>
    public const double Smoothing = 0.1;

    /// <summary>The threshold is this times a high quantile of the training scores.</summary>
    public const double ThresholdFactor = 1.5;

    /// <summary>That quantile.</summary>
    public const double ThresholdQuantile = 0.99;

    /// <summary>The threshold of a signal that never moved while training: whatever moves is an alarm.</summary>
    public const double SmallestThreshold = 1e-9;

    /// <summary>The share of the training rows, from the start, in which the smoothed score still rises: 50 of 400.</summary>
    public const double RisingShare = 0.125;

    /// <summary>One score per row. Channels without a reading (NaN or infinite) are left out of the mean of that row.</summary>
    /// <param name="baseline">The detector.</param>
    /// <param name="readings">[rows][channels] in the sensors' units.</param>
    /// <param name="trainingRows">Rows from the start that give mean and deviation, at least 1.</param>
    public static double[] Of(Baseline baseline, double[][] readings, int trainingRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trainingRows, 1);
        if (baseline == Baseline.AlwaysAlarm) return [.. readings.Select(_ => AlwaysScore)];
        double[][] z = Standardised(readings, trainingRows);
        double[] scores = new double[z.Length];
        double smoothing = baseline == Baseline.ZScore ? Smoothing : 1;
        for (int t = 1; t < z.Length; t++)
        {
            double error = Mean(z[t].Select((value, c) => Math.Abs(baseline == Baseline.ZScore ? value : value - z[t - 1][c])));
            scores[t] = scores[t - 1] + smoothing * (error - scores[t - 1]);
        }
        return scores;
    }

    /// <summary>Scores in units of the threshold, and alarms above it, of all rows of a file.</summary>
    /// <param name="baseline">The detector.</param>
    /// <param name="name">The file.</param>
    /// <param name="readings">[rows][channels].</param>
    /// <param name="labels">[rows].</param>
    /// <param name="trainingRows">Rows from the start that give statistics and threshold, 1 to the number of rows.</param>
    public static FileTrace Trace(Baseline baseline, string name, double[][] readings, bool[] labels, int trainingRows)
    {
        double[] scores = Of(baseline, readings, trainingRows);
        if (baseline == Baseline.AlwaysAlarm) return new FileTrace(name, scores, [.. scores.Select(_ => true)], labels);
        return FileTrace.ByThreshold(name, scores, Threshold(scores[..trainingRows]), labels);
    }

    /// <summary>1.5 times the 0.99 quantile of the training scores, those at the start left out; above 0.</summary>
    /// <param name="training">The scores of the training rows, at least one.</param>
    public static double Threshold(IReadOnlyList<double> training)
    {
        double quantile = Quantile.OfSorted([.. training.Skip((int)(RisingShare * training.Count)).Order()], ThresholdQuantile);
        return Math.Max(ThresholdFactor * quantile, SmallestThreshold);
    }

    private static double[][] Standardised(double[][] readings, int trainingRows)
    {
        int channels = readings.Length == 0 ? 0 : readings[0].Length;
        double[] means = new double[channels], deviations = new double[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            double[] known = [.. readings.Take(trainingRows).Select(row => row[channel]).Where(double.IsFinite)];
            if (known.Length > 0) means[channel] = known.Average();
            double variance = known.Length > 0 ? known.Average(value => (value - means[channel]) * (value - means[channel])) : 0;
            deviations[channel] = variance > 0 ? Math.Sqrt(variance) : 1; // a constant channel stays in its own unit
        }
        return [.. readings.Select(row => row.Select((value, c) => (value - means[c]) / deviations[c]).ToArray())];
    }

    private static double Mean(IEnumerable<double> values)
    {
        double sum = 0;
        int count = 0;
        foreach (double value in values)
        {
            if (!double.IsFinite(value)) continue;
            sum += value;
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }
}
