using System;
using System.IO;
using EdgeRnn.Cli.Files;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Simulate;

/// <summary>Where a run's trace goes: into a file, and to the comparison with one that was written before.</summary>
internal sealed class TraceFile : IDisposable
{
    private const string FirstColumn = "time,";

    private readonly string? _path;
    private readonly StreamReader? _old;
    private readonly TraceComparison? _comparison;
    private StreamWriter? _writer;

    /// <summary>Opens the file to compare with.</summary>
    /// <param name="path">The file to write; null: none.</param>
    /// <param name="comparedWith">The file to compare with; null: none.</param>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public TraceFile(string? path, string? comparedWith)
    {
        _path = path;
        try
        {
            if (comparedWith != null) _old = new StreamReader(comparedWith);
        }
        catch (Exception error) when (FileErrors.IsOne(error))
        {
            throw new CommandException($"{comparedWith}: expected a trace: {FileErrors.Reason(error, comparedWith!)}", error);
        }
        if (_old != null && !IsTrace(_old))
            throw new CommandException($"{comparedWith}: expected a trace, whose first line begins with time, found something else; " +
                "`edgernn simulate SCENARIO --trace OUT.csv` writes one");
        if (_old != null) _comparison = new TraceComparison(_old);
        if (path != null || comparedWith != null) Trace = new Trace(Take);
    }

    /// <summary>Sees the steps; null where nobody wants them.</summary>
    public Trace? Trace { get; }

    /// <summary>The first difference from the file compared with; null: none.</summary>
    public string? Difference => _comparison?.Difference;

    /// <summary>Empties the file to write. Before the first step, and only where there is one: a run that cannot start leaves it.</summary>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public void Begin()
    {
        try
        {
            if (_path != null) _writer = new StreamWriter(_path) { NewLine = "\n" };
        }
        catch (Exception error) when (FileErrors.IsOne(error))
        {
            throw new CommandException($"{_path}: cannot be written: {FileErrors.Reason(error, _path!)}; choose another name", error);
        }
    }

    /// <summary>The run has come to its end: what the other trace has beyond is a difference.</summary>
    public void End() => _comparison?.End();

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer?.Dispose();
        _old?.Dispose();
    }

    // Looks without taking: the comparison begins with the first line.
    private static bool IsTrace(StreamReader reader)
    {
        char[] begin = new char[FirstColumn.Length];
        int read = reader.ReadBlock(begin);
        reader.BaseStream.Position = 0;
        reader.DiscardBufferedData();
        return new string(begin, 0, read) == FirstColumn;
    }

    private void Take(ReadOnlySpan<char> line)
    {
        _writer?.WriteLine(line);
        _comparison?.Take(line);
    }
}
