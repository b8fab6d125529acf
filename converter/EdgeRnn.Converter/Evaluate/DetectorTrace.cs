using System;
using System.Collections.Generic;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>What the product's own detector said of every row of a recording.</summary>
/// <param name="Scores">
/// [rows] the smoothed score in units of the threshold; of a two-sided detector the larger of that and of how many times the score is
/// below the lower threshold. NaN before both are there.
/// </param>
/// <param name="Alarms">[rows] whether an alarm was on.</param>
/// <param name="Begins">[rows] whether an alarm began.</param>
public sealed record DetectorTrace(double[] Scores, bool[] Alarms, bool[] Begins)
{
    // Half of the least score there is: a threshold learnt where nothing ever moved is 0.
    private const double SmallestBound = 0.5 / 65536;

    /// <summary>Runs a new detector over a recording.</summary>
    /// <param name="model">The network.</param>
    /// <param name="settings">What the detector does.</param>
    /// <param name="rows">[rows][channels] raw.</param>
    /// <exception cref="ModelException">The settings do not fit the model.</exception>
    public static DetectorTrace Run(Model model, DetectorSettings settings, IReadOnlyList<float[]> rows)
    {
        Detector detector = new(model, settings, counts: false);
        DetectorTrace trace = new(new double[rows.Count], new bool[rows.Count], new bool[rows.Count]);
        for (int row = 0; row < rows.Count; row++)
        {
            detector.Step(rows[row], 0);
            trace.Scores[row] = SeverityOf(detector);
            trace.Alarms[row] = detector.IsAlarming;
            trace.Begins[row] = detector.AlarmBegan;
        }
        return trace;
    }

    /// <summary>The trace beside labels.</summary>
    /// <param name="name">The file.</param>
    /// <param name="labels">[rows].</param>
    public FileTrace Labelled(string name, bool[] labels) => new(name, Scores, Alarms, labels);

    private static double SeverityOf(Detector detector)
    {
        if (!detector.HasScore || !detector.IsCalibrated) return double.NaN;
        double above = detector.Score / Math.Max(detector.Threshold, SmallestBound);
        return Math.Max(above, detector.LowerThreshold / Math.Max(detector.Score, SmallestBound));
    }
}
