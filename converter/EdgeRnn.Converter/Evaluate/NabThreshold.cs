using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>
/// The threshold by NAB's own rule: the one, the same for all series, with the best sum of scores over the corpus; the highest
/// of equally good ones. It looks at the labels, so a score it gives is an upper bound for a detector in use.
/// </summary>
public static class NabThreshold
{
    /// <summary>Sums are updated row by row; a gain below this is their rounding.</summary>
    private const double SmallestGain = 1e-9;

    /// <summary>
    /// Tries every score of the corpus and, as the highest threshold, positive infinity: rows are added in the order of their
    /// scores, so it takes a sort and one pass.
    /// </summary>
    /// <param name="traces">One per series.</param>
    /// <param name="profile">The weights.</param>
    public static NabScore Best(IReadOnlyList<NabTrace> traces, NabProfile profile)
    {
        (double[] scores, int[] files, int[] rows) = SortedRows(traces);
        double[][] noticed = [.. traces.Select(trace => new double[trace.File.Windows.Count])];
        double sum = -profile.FalseNegativeWeight * traces.Sum(trace => trace.File.ScoredWindows);
        double bestSum = sum, bestThreshold = double.PositiveInfinity;
        for (int i = 0; i < scores.Length; i++)
        {
            sum += Gain(traces[files[i]].File, rows[i], noticed[files[i]], profile);
            bool isLastOfEqual = i + 1 == scores.Length || scores[i + 1] != scores[i];
            if (!isLastOfEqual || sum <= bestSum + SmallestGain) continue;
            bestSum = sum;
            bestThreshold = scores[i];
        }
        return NabScorer.Score(traces, bestThreshold, profile);
    }

    /// <summary>Tries given thresholds on a detector whose detections follow from the threshold in any way.</summary>
    /// <param name="files">The series.</param>
    /// <param name="candidates">The thresholds to try, at least one, in any order.</param>
    /// <param name="detect">Threshold to detections, [files][rows].</param>
    /// <param name="profile">The weights.</param>
    public static NabScore Best(IReadOnlyList<NabFile> files, IEnumerable<double> candidates,
        Func<double, IReadOnlyList<bool[]>> detect, NabProfile profile)
    {
        NabScore? best = null;
        foreach (double threshold in candidates.OrderDescending())
        {
            IReadOnlyList<bool[]> detections = detect(threshold);
            NabScore score = new(profile, threshold,
                [.. files.Select((file, i) => NabScorer.Score(file, detections[i], profile))]);
            if (best == null || score.Raw > best.Raw + SmallestGain) best = score;
        }
        return best ?? throw new ArgumentException("no threshold to try", nameof(candidates));
    }

    // What one more detection changes; the best of its window is kept up to date.
    private static double Gain(NabFile file, int row, double[] noticed, NabProfile profile)
    {
        double worth = file.Worth(row, profile);
        int window = file.WindowOf(row);
        if (window < 0) return worth;
        double before = noticed[window] > 0 ? noticed[window] : -profile.FalseNegativeWeight;
        noticed[window] = Math.Max(noticed[window], worth);
        return noticed[window] - before;
    }

    // The rows that are scored, the highest score first.
    private static (double[] Scores, int[] Files, int[] Rows) SortedRows(IReadOnlyList<NabTrace> traces)
    {
        List<double> scores = [];
        List<(int File, int Row)> places = [];
        for (int file = 0; file < traces.Count; file++)
        {
            for (int row = traces[file].File.Probation; row < traces[file].File.RowCount; row++)
            {
                if (double.IsNaN(traces[file].Scores[row])) continue;
                scores.Add(traces[file].Scores[row]);
                places.Add((file, row));
            }
        }
        double[] sorted = [.. scores];
        (int File, int Row)[] order = [.. places];
        Array.Sort(sorted, order);
        Array.Reverse(sorted);
        Array.Reverse(order);
        return (sorted, Array.ConvertAll(order, place => place.File), Array.ConvertAll(order, place => place.Row));
    }
}
