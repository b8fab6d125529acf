using System;
using System.Collections.Generic;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>The scores of a detector for every row of a series.</summary>
public sealed class NabTrace
{
    /// <param name="file">The series.</param>
    /// <param name="scores">[rows], those of the probation too; higher is more anomalous, on one scale in all series.</param>
    /// <exception cref="ArgumentException">There are not as many scores as rows.</exception>
    public NabTrace(NabFile file, IReadOnlyList<double> scores)
    {
        if (scores.Count != file.RowCount)
            throw new ArgumentException($"{file.Name}: {scores.Count} scores, {file.RowCount} rows");
        File = file;
        Scores = scores;
    }

    /// <summary>The series.</summary>
    public NabFile File { get; }

    /// <summary>[rows].</summary>
    public IReadOnlyList<double> Scores { get; }
}
