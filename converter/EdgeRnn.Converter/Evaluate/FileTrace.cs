using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>What a detector said about the rows of one file, beside the labels: the input of every row-wise figure.</summary>
public sealed class FileTrace
{
    /// <summary>Holds the arrays; it does not copy them.</summary>
    /// <param name="name">The file, for tables.</param>
    /// <param name="scores">[rows], higher is more anomalous; comparable between files (see <see cref="ByThreshold"/>).</param>
    /// <param name="alarms">[rows].</param>
    /// <param name="labels">[rows], true in an anomaly.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public FileTrace(string name, double[] scores, bool[] alarms, bool[] labels)
    {
        if (scores.Length != labels.Length || alarms.Length != labels.Length)
            throw new ArgumentException($"{name}: {scores.Length} scores, {alarms.Length} alarms, {labels.Length} labels");
        Name = name;
        Scores = scores;
        Alarms = alarms;
        Labels = labels;
    }

    /// <summary>The file.</summary>
    public string Name { get; }

    /// <summary>[rows], higher is more anomalous. NaN counts as lower than every number.</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>[rows].</summary>
    public IReadOnlyList<bool> Alarms { get; }

    /// <summary>[rows], true in an anomaly.</summary>
    public IReadOnlyList<bool> Labels { get; }

    /// <summary>Alarms where the score is above a threshold, and scores in units of it, so that files can be pooled.</summary>
    /// <param name="name">The file.</param>
    /// <param name="scores">[rows].</param>
    /// <param name="threshold">Of this file, above 0.</param>
    /// <param name="labels">[rows].</param>
    /// <exception cref="ArgumentException">The lengths differ, or the threshold is not above 0.</exception>
    public static FileTrace ByThreshold(string name, IReadOnlyList<double> scores, double threshold, bool[] labels)
    {
        if (!(threshold > 0)) throw new ArgumentException($"{name}: the threshold {threshold} is not above 0");
        return new FileTrace(name, [.. scores.Select(score => score / threshold)],
            [.. scores.Select(score => score > threshold)], labels);
    }

    /// <summary>The rows from one on; those before it trained or calibrated the detector and are not scored.</summary>
    /// <param name="firstRow">From 0 to the number of rows.</param>
    public FileTrace From(int firstRow) =>
        new(Name, [.. Scores.Skip(firstRow)], [.. Alarms.Skip(firstRow)], [.. Labels.Skip(firstRow)]);
}
