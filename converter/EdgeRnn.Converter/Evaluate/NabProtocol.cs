using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>NAB's protocol: one threshold for all series, the best one, for each profile.</summary>
public static class NabProtocol
{
    /// <summary>Scores a detector.</summary>
    /// <param name="traces">One per series, at least one.</param>
    /// <param name="profiles">At least one; the first sets the threshold of the row-wise figures.</param>
    /// <param name="seed">Of the bootstrap over series.</param>
    public static NabFigures Score(IReadOnlyList<NabTrace> traces, IReadOnlyList<NabProfile> profiles, int seed) =>
        Figures(traces, [.. profiles.Select(profile => NabThreshold.Best(traces, profile))], seed);

    /// <summary>Scores a detector that needs no network; it learns from the probation.</summary>
    /// <param name="baseline">The detector.</param>
    /// <param name="data">The corpus.</param>
    /// <param name="seed">Of the bootstrap over series.</param>
    public static NabFigures Score(Baseline baseline, NabDataSet data, int seed)
    {
        NabTrace[] traces = [.. data.Series.Zip(data.Files, (series, file) => new NabTrace(file,
            BaselineScores.Of(baseline, [.. series.Values.Select(value => new[] { value })], Math.Max(file.Probation, 1))))];
        if (baseline != Baseline.AlwaysAlarm) return Score(traces, data.Profiles, seed);
        // The best threshold would never alarm.
        NabScore[] always = [.. data.Profiles.Select(profile => NabScorer.Score(traces, BaselineScores.AlwaysScore, profile))];
        return Figures(traces, always, seed);
    }

    private static NabFigures Figures(IReadOnlyList<NabTrace> traces, NabScore[] scores, int seed)
    {
        FileTrace[] rows = [.. traces.Select(trace => Rows(trace, scores[0].Threshold))];
        return new NabFigures(scores, [.. scores.Select(score => score.Interval(seed))], PooledFigures.Of(rows, seed));
    }

    private static FileTrace Rows(NabTrace trace, double threshold) => new FileTrace(trace.File.Name, [.. trace.Scores],
        NabScorer.Detections(trace.Scores, threshold), trace.File.Labels()).From(trace.File.Probation);
}
