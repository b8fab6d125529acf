using System;
using System.Collections.Generic;

namespace EdgeRnn.Accuracy.Tasks;

/// <summary>How often an alarm and the label agree, counted in rows.</summary>
/// <param name="TruePositives">Alarm in an anomaly.</param>
/// <param name="FalsePositives">Alarm without an anomaly.</param>
/// <param name="FalseNegatives">No alarm in an anomaly.</param>
/// <param name="TrueNegatives">Neither.</param>
public readonly record struct Confusion(long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
{
    /// <summary>2 TP / (2 TP + FP + FN); NaN where nothing is positive.</summary>
    public double F1 => 2.0 * TruePositives / (2 * TruePositives + FalsePositives + FalseNegatives);

    /// <summary>FP / (FP + TN), the share of normal rows that alarm.</summary>
    public double FalseAlarmRate => (double)FalsePositives / (FalsePositives + TrueNegatives);

    /// <summary>FN / (FN + TP), the share of anomalous rows without an alarm.</summary>
    public double MissedAlarmRate => (double)FalseNegatives / (FalseNegatives + TruePositives);

    /// <summary>Matthews' correlation coefficient in [-1, 1]; NaN where a row or column of the table is empty.</summary>
    public double Mcc => ((double)TruePositives * TrueNegatives - (double)FalsePositives * FalseNegatives) /
        Math.Sqrt((double)(TruePositives + FalsePositives) * (TruePositives + FalseNegatives) *
            (TrueNegatives + FalsePositives) * (TrueNegatives + FalseNegatives));

    /// <summary>Counts rows.</summary>
    /// <param name="alarms">One per row.</param>
    /// <param name="anomalies">The labels, as many.</param>
    public static Confusion Count(IReadOnlyList<bool> alarms, IReadOnlyList<bool> anomalies)
    {
        if (alarms.Count != anomalies.Count) throw new ArgumentException($"{alarms.Count} alarms, {anomalies.Count} labels");
        long[] counts = new long[4];
        for (int row = 0; row < alarms.Count; row++) counts[(anomalies[row] ? 0 : 1) + (alarms[row] ? 0 : 2)]++;
        return new Confusion(counts[0], counts[1], counts[2], counts[3]);
    }

    /// <summary>The counts of two sets of rows together.</summary>
    public static Confusion operator +(Confusion a, Confusion b) => new(a.TruePositives + b.TruePositives,
        a.FalsePositives + b.FalsePositives, a.FalseNegatives + b.FalseNegatives, a.TrueNegatives + b.TrueNegatives);
}
