using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>The figures for recordings of one's own: row by row, and event by event.</summary>
public static class CsvProtocol
{
    /// <summary>Scores a detector.</summary>
    /// <param name="traces">One per file, of all its rows, at least one file.</param>
    /// <param name="trainingRows">Rows from the start of each file that are not scored, 0 or more.</param>
    /// <param name="seed">Of the bootstrap over files.</param>
    /// <exception cref="ConversionException">A file has no row to score.</exception>
    public static CsvFigures Score(IReadOnlyList<FileTrace> traces, int trainingRows, int seed)
    {
        FileTrace[] scored = [.. traces.Select(trace => Scored(trace, trainingRows))];
        return new CsvFigures(PooledFigures.Of(scored, seed), scored.Select(EventFigures.Of).Aggregate((a, b) => a + b));
    }

    /// <summary>Scores a detector that needs no network.</summary>
    /// <param name="baseline">The detector.</param>
    /// <param name="recordings">By name.</param>
    /// <param name="trainingRows">Rows from the start of each file, at least 1; it learns from them, they are not scored.</param>
    /// <param name="seed">Of the bootstrap over files.</param>
    /// <exception cref="ConversionException">A file has no row to score.</exception>
    public static CsvFigures Score(Baseline baseline, IReadOnlyList<(string Name, LabelledRecording Recording)> recordings,
        int trainingRows, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trainingRows, 1);
        return Score([.. recordings.Select(Trace)], trainingRows, seed);

        FileTrace Trace((string Name, LabelledRecording Recording) file) => file.Recording.Labels.Length > trainingRows
            ? BaselineScores.Trace(baseline, file.Name, file.Recording.Readings, file.Recording.Labels, trainingRows)
            : throw TooShort(file.Name, file.Recording.Labels.Length, trainingRows);
    }

    private static FileTrace Scored(FileTrace trace, int trainingRows) => trace.Labels.Count > trainingRows
        ? trace.From(trainingRows) : throw TooShort(trace.Name, trace.Labels.Count, trainingRows);

    private static ConversionException TooShort(string name, int rows, int trainingRows) =>
        new($"{name}: {rows} rows; the first {trainingRows} train, expected more to score");
}
