using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>Scores detections by NAB's rule.</summary>
public static class NabScorer
{
    /// <summary>
    /// Of one series: each window counts its best detection, or minus the weight of a miss; each detection outside counts.
    /// </summary>
    /// <param name="file">The series and its windows.</param>
    /// <param name="detections">[rows].</param>
    /// <param name="profile">The weights.</param>
    /// <exception cref="ArgumentException">There are not as many detections as rows.</exception>
    public static NabFileScore Score(NabFile file, IReadOnlyList<bool> detections, NabProfile profile)
    {
        if (detections.Count != file.RowCount)
            throw new ArgumentException($"{file.Name}: {detections.Count} detections, {file.RowCount} rows");
        double[] best = new double[file.Windows.Count]; // 0: no detection
        double outside = 0;
        long[] counts = new long[4];
        for (int row = file.Probation; row < file.RowCount; row++)
        {
            int window = file.WindowOf(row);
            counts[(window >= 0 ? 0 : 1) + (detections[row] ? 0 : 2)]++;
            if (!detections[row]) continue;
            if (window < 0) outside += file.Worth(row, profile);
            else best[window] = Math.Max(best[window], file.Worth(row, profile));
        }
        double[] scored = [.. best.Where((_, window) => file.IsScored(file.Windows[window]))];
        double raw = outside + scored.Sum(worth => worth > 0 ? worth : -profile.FalseNegativeWeight);
        return new NabFileScore(file.Name, raw, scored.Length, scored.Count(worth => worth > 0),
            new Confusion(counts[0], counts[1], counts[2], counts[3]));
    }

    /// <summary>Whether each score reaches a threshold; NaN never does.</summary>
    /// <param name="scores">[rows].</param>
    /// <param name="threshold">A score equal to it is a detection.</param>
    public static bool[] Detections(IEnumerable<double> scores, double threshold) =>
        [.. scores.Select(score => score >= threshold)];

    /// <summary>Of a corpus, from the scores of its rows and one threshold for all.</summary>
    /// <param name="traces">One per series.</param>
    /// <param name="threshold">A score equal to it is a detection.</param>
    /// <param name="profile">The weights.</param>
    public static NabScore Score(IReadOnlyList<NabTrace> traces, double threshold, NabProfile profile) => new(profile, threshold,
        [.. traces.Select(trace => Score(trace.File, Detections(trace.Scores, threshold), profile))]);
}
