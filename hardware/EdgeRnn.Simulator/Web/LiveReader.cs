using System;
using System.Buffers;

namespace EdgeRnn.Simulator;

/// <summary>
/// A page's place in a feed. What it has not read waits nowhere: it reads as far as the feed goes, in coarser columns the longer it has
/// been away. Used by one thread at a time; its memory is its own and of fixed size but for its text, which stays as large as the
/// largest frame.
/// </summary>
internal sealed class LiveReader : IDisposable
{
    /// <summary>The most columns in a `data` frame.</summary>
    public const int ColumnsPerFrame = 50;

    /// <summary>The most fine columns in a `hello` frame.</summary>
    public const int FineColumns = 1024;

    private const double FineSeconds = 60;

    private readonly LiveFeed _feed;
    private readonly ArrayBufferWriter<byte> _text = new(1 << 16);
    private readonly FrameText _frames;
    private readonly LiveEvent?[] _events = new LiveEvent?[FeedLog.Capacity];
    private FeedRun? _run;
    private ColumnSet _columns = new(0, 0);
    private FeedRow _row = new(0);
    private long _nextRow;
    private long _nextEvent;
    private int _changes;

    /// <summary>A page that has seen nothing.</summary>
    public LiveReader(LiveFeed feed)
    {
        _feed = feed;
        _frames = new FrameText(_text);
    }

    /// <inheritdoc/>
    public void Dispose() => _frames.Dispose();

    /// <summary>What is new, as server-sent events: `hello` at first and whenever the run is another one.</summary>
    /// <returns>Empty where nothing is new. Valid until the next call.</returns>
    public ReadOnlyMemory<byte> Next()
    {
        _text.ResetWrittenCount();
        FeedRun run = _feed.Run;
        if (run != _run) Greet(run);
        else Continue(run);
        return _text.WrittenMemory;
    }

    private void Greet(FeedRun run)
    {
        if (_row.Values.Length != run.Shares.Length || _run == null)
        {
            _columns = new ColumnSet(run.Shares.Length, FeedHistory.Columns + FineColumns);
            _row = new FeedRow(run.Shares.Length);
        }
        _run = run;
        _changes = _feed.Changes;
        _columns.Count = 0;
        long end = run.Rows.End, oldest = Math.Max(run.FirstRow, run.Rows.Oldest);
        _nextRow = end;
        if (end > oldest && run.Rows.TryRead(end - 1, _row))
        {
            long fine = run.Rows.FirstAt(oldest, end, _row.Seconds - FineSeconds, _row);
            bool isKept = fine < end && run.Rows.TryRead(fine, _row);
            run.History.CopyTo(_columns, isKept ? _row.Seconds : double.PositiveInfinity);
            if (isKept) Gather(run, fine, end, FineColumns);
        }
        int events = _feed.Log.CopyTo(0, _events, out _nextEvent);
        BeginEvent("hello"u8);
        _frames.WriteHello(_feed, run, _columns, _events.AsSpan(0, events));
        EndEvent();
        Array.Clear(_events);
    }

    private void Continue(FeedRun run)
    {
        int events = _nextEvent == _feed.Log.End ? 0 : _feed.Log.CopyTo(_nextEvent, _events, out _nextEvent);
        for (int i = 0; i < events; i++)
        {
            BeginEvent("event"u8);
            _frames.WriteEvent(_events[i]!);
            EndEvent();
            _events[i] = null;
        }
        int changes = _feed.Changes;
        long end = run.Rows.End;
        if (end == _nextRow && changes == _changes) return;
        _changes = changes;
        _columns.Count = 0;
        Gather(run, Math.Max(_nextRow, run.Rows.Oldest), end, ColumnsPerFrame);
        _nextRow = end;
        BeginEvent("data"u8);
        _frames.WriteData(_feed, run, _columns);
        EndEvent();
    }

    // Rows that are overwritten meanwhile are left out.
    private void Gather(FeedRun run, long from, long end, int mostColumns)
    {
        long rowsPerColumn = Math.Max(1, (end - from + mostColumns - 1) / mostColumns);
        for (long opening = from; opening < end; opening += rowsPerColumn)
        {
            bool isOpen = false;
            long next = Math.Min(end, opening + rowsPerColumn);
            for (long number = opening; number < next; number++)
            {
                if (!run.Rows.TryRead(number, _row)) continue;
                if (isOpen) _columns.Join(_row);
                else _columns.Open(_row);
                isOpen = true;
            }
        }
    }

    private void BeginEvent(ReadOnlySpan<byte> name)
    {
        _text.Write("event: "u8);
        _text.Write(name);
        _text.Write("\ndata: "u8);
    }

    private void EndEvent() => _text.Write("\n\n"u8);
}
