using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>
/// The rule of SKAB's leaderboard for outliers: the first 400 rows of each recording train, all others are scored, and the
/// counts of all recordings are pooled.
/// </summary>
public static class SkabProtocol
{
    /// <summary>Scores a detector.</summary>
    /// <param name="traces">
    /// One per recording, of all its rows; the first <see cref="SkabRecording.TrainingRows"/> are left out here. Scores are in
    /// units of the recording's threshold.
    /// </param>
    /// <param name="seed">Of the bootstrap over recordings.</param>
    /// <exception cref="ConversionException">A recording has no row to score.</exception>
    public static PooledFigures Score(IReadOnlyList<FileTrace> traces, int seed) =>
        PooledFigures.Of([.. traces.Select(Scored)], seed);

    /// <summary>Scores the detectors that need no network.</summary>
    /// <param name="recordings">Labelled, by name.</param>
    /// <param name="seed">Of the bootstrap over recordings.</param>
    /// <exception cref="ConversionException">A recording is too short or has no labels.</exception>
    public static IReadOnlyList<BaselineFigures> Baselines(IReadOnlyList<(string Name, SkabRecording Recording)> recordings,
        int seed)
    {
        return [.. Enum.GetValues<Baseline>().Select(baseline => new BaselineFigures(baseline, Score(Traces(baseline), seed)))];

        FileTrace[] Traces(Baseline baseline) => [.. recordings.Select(file => Trace(baseline, file.Name, file.Recording))];
    }

    private static FileTrace Trace(Baseline baseline, string name, SkabRecording recording)
    {
        if (!recording.HasLabels)
            throw new ConversionException($"{name}: has no column 'anomaly'; only labelled recordings can be scored");
        if (recording.Readings.Length <= SkabRecording.TrainingRows) throw TooShort(name, recording.Readings.Length);
        return BaselineScores.Trace(baseline, name, recording.Readings, recording.Anomalies, SkabRecording.TrainingRows);
    }

    private static FileTrace Scored(FileTrace trace) => trace.Labels.Count > SkabRecording.TrainingRows
        ? trace.From(SkabRecording.TrainingRows) : throw TooShort(trace.Name, trace.Labels.Count);

    private static ConversionException TooShort(string name, int rows) =>
        new($"{name}: {rows} rows; the first {SkabRecording.TrainingRows} train, expected more to score");
}
