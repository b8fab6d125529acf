using System;
using System.IO;
using EdgeRnn.Cli.Files;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Simulate;

/// <summary>Where a run's trace goes: into a file, and to the comparison with one that was written before.</summary>
internal sealed class TraceFile : IDisposable
{
    private readonly StreamWriter? _writer;
    private readonly StreamReader? _old;
    private readonly TraceComparison? _comparison;

    /// <summary>Opens both.</summary>
    /// <param name="path">The file to write; null: none.</param>
    /// <param name="comparedWith">The file to compare with; null: none.</param>
    /// <exception cref="CommandException">One of them cannot be used.</exception>
    public TraceFile(string? path, string? comparedWith)
    {
        try
        {
            if (comparedWith != null) _old = new StreamReader(comparedWith);
        }
        catch (Exception error) when (FileErrors.IsOne(error))
        {
            throw new CommandException($"{comparedWith}: expected a trace: {FileErrors.Reason(error, comparedWith!)}", error);
        }
        try
        {
            if (path != null) _writer = new StreamWriter(path) { NewLine = "\n" };
        }
        catch (Exception error) when (FileErrors.IsOne(error))
        {
            throw new CommandException($"{path}: cannot be written: {FileErrors.Reason(error, path!)}; choose another name", error);
        }
        if (_old != null) _comparison = new TraceComparison(_old);
        if (path != null || comparedWith != null) Trace = new Trace(Take);
    }

    /// <summary>Sees the steps; null where nobody wants them.</summary>
    public Trace? Trace { get; }

    /// <summary>The first difference from the file compared with; null: none.</summary>
    public string? Difference => _comparison?.Difference;

    /// <summary>The run has come to its end: what the other trace has beyond is a difference.</summary>
    public void End() => _comparison?.End();

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer?.Dispose();
        _old?.Dispose();
    }

    private void Take(ReadOnlySpan<char> line)
    {
        _writer?.WriteLine(line);
        _comparison?.Take(line);
    }
}
