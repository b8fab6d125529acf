using System;
using System.IO;

namespace EdgeRnn.Simulator;

/// <summary>Compares the rows of a run with those of a trace that was written before.</summary>
/// <param name="old">The trace; not owned.</param>
public sealed class TraceComparison(TextReader old)
{
    private string[] _columns = [];

    /// <summary>Lines compared so far, the header included.</summary>
    public int Lines { get; private set; }

    /// <summary>The first difference, as <c>line 12, column ax: 1.5, was 1.25</c>; null: none yet.</summary>
    public string? Difference { get; private set; }

    /// <summary>Compares a line of the run; takes what <see cref="Trace"/> gives.</summary>
    /// <param name="line">The line.</param>
    public void Take(ReadOnlySpan<char> line)
    {
        if (Difference != null) return;
        Lines++;
        string? before = old.ReadLine();
        if (Lines == 1) _columns = line.ToString().Split(',');
        if (before == null) Difference = $"line {Lines}: the run goes on, the trace has ended";
        else if (line.SequenceEqual(before)) return;
        else if (Lines == 1) Difference = $"line 1: the columns are {line}, were {before}";
        else Difference = Describe(line.ToString().Split(','), before.Split(','));
    }

    /// <summary>The run has ended.</summary>
    public void End()
    {
        if (Difference == null && old.ReadLine() != null) Difference = $"line {Lines + 1}: the run has ended, the trace goes on";
    }

    private string Describe(string[] now, string[] before)
    {
        int column = 0;
        while (column < now.Length && column < before.Length && now[column] == before[column]) column++;
        return $"line {Lines}, {(column < _columns.Length ? $"column {_columns[column]}" : "behind the last column")}: " +
            $"{(column < now.Length ? now[column] : "nothing")}, was {(column < before.Length ? before[column] : "nothing")}";
    }
}
