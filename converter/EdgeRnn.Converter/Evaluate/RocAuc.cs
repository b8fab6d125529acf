using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>
/// The area under the ROC curve: the share of pairs of an anomalous and a normal row in which the anomalous one has the
/// higher score; equal scores count half. Rows of all files are pooled. NaN scores are lower than every number.
/// </summary>
/// <remarks>The rows are sorted once, so that resampling the files costs one pass over them.</remarks>
public sealed class RocAuc
{
    private readonly double[] _scores; // ascending
    private readonly int[] _files;
    private readonly bool[] _labels;
    private readonly int _fileCount;

    /// <param name="traces">One per file.</param>
    public RocAuc(IReadOnlyList<FileTrace> traces)
    {
        _fileCount = traces.Count;
        _scores = [.. traces.SelectMany(trace => trace.Scores)];
        int[] order = [.. Enumerable.Range(0, _scores.Length)];
        Array.Sort(_scores, order);
        bool[] labels = [.. traces.SelectMany(trace => trace.Labels)];
        int[] files = [.. traces.SelectMany((trace, file) => Enumerable.Repeat(file, trace.Labels.Count))];
        _labels = Array.ConvertAll(order, row => labels[row]);
        _files = Array.ConvertAll(order, row => files[row]);
    }

    /// <summary>Of all files, in [0, 1]; NaN where no row is anomalous or none is normal.</summary>
    public double Value
    {
        get
        {
            int[] once = new int[_fileCount];
            Array.Fill(once, 1);
            return Resampled(once);
        }
    }

    /// <summary>Of one sequence of rows, in [0, 1]; NaN where no row is anomalous or none is normal.</summary>
    /// <param name="scores">One per row.</param>
    /// <param name="labels">As many, true in an anomaly.</param>
    public static double Of(IReadOnlyList<double> scores, IReadOnlyList<bool> labels) =>
        new RocAuc([new FileTrace("rows", [.. scores], new bool[labels.Count], [.. labels])]).Value;

    /// <summary>The area when each file is there several times or not at all.</summary>
    /// <param name="draws">[files], how often.</param>
    public double Resampled(IReadOnlyList<int> draws)
    {
        double wins = 0, normalBelow = 0, anomalous = 0;
        for (int row = 0; row < _scores.Length;)
        {
            double score = _scores[row], tiedNormal = 0, tiedAnomalous = 0;
            // Equals, unlike ==, holds for NaN, too.
            for (; row < _scores.Length && _scores[row].Equals(score); row++)
            {
                if (_labels[row]) tiedAnomalous += draws[_files[row]];
                else tiedNormal += draws[_files[row]];
            }
            wins += tiedAnomalous * (normalBelow + tiedNormal / 2);
            normalBelow += tiedNormal;
            anomalous += tiedAnomalous;
        }
        return wins / (anomalous * normalBelow);
    }
}
