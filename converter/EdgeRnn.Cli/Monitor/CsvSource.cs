using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using EdgeRnn.Cli.Record;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Monitor;

/// <summary>
/// A CSV that another program writes: read from its begin, then followed as it grows. One that is cut off or replaced is begun anew.
/// </summary>
internal sealed class CsvSource : IMonitorSource
{
    private const int _mostAtOnce = 5000;
    private const int _hopeless = 20; // lines without a number, and none with

    private readonly string _path;
    private readonly IReadOnlyList<string> _names;
    private readonly RowSteps _steps;
    private readonly TimeProvider _time;
    private RecordSource? _source;
    private string[] _columns = [];
    private bool _hasRow;
    private char _delimiter = ',';

    /// <summary>Opens the file.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="names">Names of the columns; empty: as its first line says.</param>
    /// <param name="steps">Makes steps of rows.</param>
    /// <param name="time">Time.</param>
    /// <exception cref="CommandException">It cannot be opened.</exception>
    public CsvSource(string path, IReadOnlyList<string> names, RowSteps steps, TimeProvider time)
    {
        _path = path;
        _names = names;
        _steps = steps;
        _time = time;
        _source = RecordSource.OfFile(path, time);
    }

    /// <inheritdoc/>
    public string Mode => "csv";

    /// <inheritdoc/>
    public bool IsOver => _source is { Lines.IsAtEnd: true };

    /// <inheritdoc/>
    public void Dispose() => _source?.Dispose();

    /// <inheritdoc/>
    public void Advance(MonitorSession session, TimeSpan wait, CancellationToken interrupted)
    {
        if (_source == null)
        {
            Reopen(session, wait, interrupted);
            return;
        }
        TimeSpan patience = wait;
        int taken = 0;
        for (; taken < _mostAtOnce && !session.IsFull && _source.Lines.TryTake(out ArrivedLine line, patience, interrupted); taken++)
        {
            Take(session, line);
            patience = TimeSpan.Zero;
        }
        if (taken > 0 || !_source.HasBegunAnew()) return;
        _source.Dispose();
        _source = null;
    }

    /// <inheritdoc/>
    public string Nothing(MonitorSession session) => $"{_path}: expected rows of numbers, found " +
        (session.Bad == 0 ? _columns.Length == 0 ? "no line" : $"no row below the header '{string.Join(", ", _columns)}'"
            : $"{session.Bad} lines without one, the last '{session.LastBad}'") + "; pass the CSV that a device or a program writes";

    private void Reopen(MonitorSession session, TimeSpan wait, CancellationToken interrupted)
    {
        try
        {
            _source = RecordSource.OfFile(_path, _time);
        }
        catch (CommandException)
        {
            session.SetHindrance($"{_path}: is away; looked for until it is back");
            interrupted.WaitHandle.WaitOne(wait);
            return;
        }
        _columns = [];
        _hasRow = false;
        session.Reconnects++;
        session.SetHindrance(null);
        session.Tell(LiveEventKind.Note, $"{_path} was cut off or replaced, and is read from its begin");
    }

    private void Take(MonitorSession session, ArrivedLine line)
    {
        // Lines come byte by byte; names may be UTF-8.
        string text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(line.Text)).TrimStart('\uFEFF');
        if (string.IsNullOrWhiteSpace(text)) return;
        if (_columns.Length == 0)
        {
            if (Begin(text)) return;
        }
        string[] cells = CsvCells.Of(text, _delimiter);
        bool hasNumber = cells.Any(cell => float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        if (cells.Length != _columns.Length || !(hasNumber || cells.Skip(cells.Length > 1 ? 1 : 0).All(cell => cell.Length == 0)))
        {
            session.Bad++;
            session.LastBad = text.Length <= 60 ? text : text[..60] + "...";
            if (session.Steps == 0 && session.Bad >= _hopeless) throw new CommandException(Nothing(session));
            return;
        }
        if (!_hasRow && _columns.Length > 1 && !CsvColumns.IsTimeName(_columns[0]) &&
            new CsvColumns(_path, _columns, cells).LeadingTimeColumns() > 0)
        {
            _columns[0] = "time"; // whatever its name, it holds dates
        }
        _hasRow = true;
        _steps.Begin(session, _columns);
        _steps.Add(session, cells, line.AtTicks);
    }

    // Whether the line is a header, and no row.
    private bool Begin(string text)
    {
        _delimiter = CsvDialect.Delimiter(text);
        string[] cells = CsvCells.Of(text, _delimiter);
        CsvColumns first = new(_path, cells, []);
        if (_names.Count > 0 && _names.Count != cells.Length && _names.Count != cells.Length - first.LeadingTimeColumns())
        {
            throw new CommandException($"{_path}: expected {_names.Count} columns, as --columns names, found {cells.Length}; " +
                "name every column of the file");
        }
        int leading = cells.Length - _names.Count;
        _columns = _names.Count > 0 ? [.. cells.Take(leading).Select(_ => "time"), .. _names]
            : first.HasHeader ? cells
            : [.. cells.Select((_, i) => i < first.LeadingTimeColumns() ? "time" : $"channel{i + 1 - first.LeadingTimeColumns()}")];
        return first.HasHeader;
    }
}
