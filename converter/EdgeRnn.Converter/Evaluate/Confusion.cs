using System;
using System.Collections.Generic;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>How often an alarm and the label agree, counted in rows.</summary>
/// <param name="TruePositives">Alarm in an anomaly.</param>
/// <param name="FalsePositives">Alarm without an anomaly.</param>
/// <param name="FalseNegatives">No alarm in an anomaly.</param>
/// <param name="TrueNegatives">Neither.</param>
public readonly record struct Confusion(long TruePositives, long FalsePositives, long FalseNegatives, long TrueNegatives)
{
    /// <summary>2 TP / (2 TP + FP + FN) in [0, 1]; NaN where there is neither an alarm nor an anomaly.</summary>
    public double F1 => 2.0 * TruePositives / (2 * TruePositives + FalsePositives + FalseNegatives);

    /// <summary>FP / (FP + TN), the share of normal rows that alarm; NaN without normal rows.</summary>
    public double FalseAlarmRate => (double)FalsePositives / (FalsePositives + TrueNegatives);

    /// <summary>FN / (FN + TP), the share of anomalous rows without an alarm; NaN without anomalous rows.</summary>
    public double MissedAlarmRate => (double)FalseNegatives / (FalseNegatives + TruePositives);

    /// <summary>
    /// Matthews' correlation coefficient in [-1, 1]. Where a row or a column of the table is empty, as for a detector that
    /// always or never alarms, it is 0, its limit and the custom of the field: such alarms tell nothing.
    /// </summary>
    public double Mcc
    {
        get
        {
            double alarms = TruePositives + FalsePositives, anomalies = TruePositives + FalseNegatives;
            double quiet = TrueNegatives + FalseNegatives, normal = TrueNegatives + FalsePositives;
            double scale = Math.Sqrt(alarms * anomalies * quiet * normal);
            return scale == 0 ? 0
                : ((double)TruePositives * TrueNegatives - (double)FalsePositives * FalseNegatives) / scale;
        }
    }

    /// <summary>TP + FP + FN + TN.</summary>
    public long Rows => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>Counts rows.</summary>
    /// <param name="alarms">One per row.</param>
    /// <param name="anomalies">The labels, as many.</param>
    /// <exception cref="ArgumentException">There are not as many alarms as labels.</exception>
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

    /// <summary>The counts of the same rows several times.</summary>
    public static Confusion operator *(int times, Confusion a) => new(times * a.TruePositives, times * a.FalsePositives,
        times * a.FalseNegatives, times * a.TrueNegatives);
}
