using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using EdgeRnn.Cli.Record;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Monitor;

/// <summary>A device's serial line. One that is unplugged is looked for once a second; boot text and broken lines are counted.</summary>
internal sealed class SerialSource : IMonitorSource
{
    private const int _mostAtOnce = 2000;
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly int _baud;
    private readonly IReadOnlyList<string> _columns;
    private readonly RowSteps _steps;
    private readonly TimeProvider _time;
    private RecordSource? _source;
    private RowAssembler _rows;
    private long _heardTicks;
    private long _badBefore;

    /// <summary>Opens the line.</summary>
    /// <param name="path">As <c>/dev/ttyUSB0</c>.</param>
    /// <param name="baud">Bits a second.</param>
    /// <param name="columns">Names of the columns; empty: the lines have them.</param>
    /// <param name="steps">Makes steps of rows.</param>
    /// <param name="time">Time.</param>
    /// <exception cref="CommandException">It cannot be opened, or is no serial line.</exception>
    public SerialSource(string path, int baud, IReadOnlyList<string> columns, RowSteps steps, TimeProvider time)
    {
        _path = path;
        _baud = baud;
        _columns = columns;
        _steps = steps;
        _time = time;
        _rows = new RowAssembler(columns);
        _source = RecordSource.Port(path, baud, time);
        _heardTicks = time.GetTimestamp();
    }

    /// <inheritdoc/>
    public string Mode => "serial";

    /// <inheritdoc/>
    public bool IsOver => false;

    /// <inheritdoc/>
    public void Dispose() => _source?.Dispose();

    /// <inheritdoc/>
    public void Advance(MonitorSession session, TimeSpan wait, CancellationToken interrupted)
    {
        if (_source == null)
        {
            LookForIt(session, interrupted);
            return;
        }
        TimeSpan patience = wait;
        for (int taken = 0; taken < _mostAtOnce && !session.IsFull; taken++)
        {
            if (!_source.Lines.TryTake(out ArrivedLine line, patience, interrupted)) break;
            Take(session, line);
            patience = TimeSpan.Zero;
        }
        TimeSpan silent = _time.GetElapsedTime(_heardTicks);
        if (_source.Lines.IsAtEnd) Lose(session);
        else if (silent > _silence)
            session.SetHindrance(string.Create(CultureInfo.InvariantCulture, $"{_path}: no line for {silent.TotalSeconds:0} s"));
    }

    /// <inheritdoc/>
    public string Nothing(MonitorSession session) =>
        $"{_path}: expected lines as 'score:0.12 threshold:0.80 alarm:0', 'ax:0.12 ay:9.81' or '0.12,9.81', found " +
        (session.Bad == 0 ? "no line; look at --baud, and whether the device prints"
            : $"{session.Bad} lines without one, the last '{session.LastBad}'; look at --baud and --columns");

    private void Take(MonitorSession session, ArrivedLine line)
    {
        _heardTicks = line.AtTicks;
        session.SetHindrance(null);
        foreach ((IReadOnlyList<string> values, long atTicks) in _rows.Add(line.Text, line.AtTicks))
        {
            _steps.Begin(session, _rows.Columns!);
            _steps.Add(session, values, atTicks);
        }
        session.Bad = _badBefore + _rows.Bad;
        if (_rows.Bad > 0) session.LastBad = _rows.LastBad;
    }

    private void Lose(MonitorSession session)
    {
        _source!.Dispose();
        _source = null;
        _badBefore += _rows.Bad;
        _rows = new RowAssembler(_columns);
        session.SetHindrance($"{_path}: unplugged; looked for once a second");
        session.Tell(LiveEventKind.Note, $"{_path} is gone");
    }

    private void LookForIt(MonitorSession session, CancellationToken interrupted)
    {
        if (interrupted.WaitHandle.WaitOne(_pause)) return;
        try
        {
            _source = RecordSource.Port(_path, _baud, _time);
        }
        catch (CommandException)
        {
            return; // not there yet
        }
        _heardTicks = _time.GetTimestamp();
        session.Reconnects++;
        session.SetHindrance(null);
        session.Tell(LiveEventKind.Note, $"{_path} is back");
    }
}
