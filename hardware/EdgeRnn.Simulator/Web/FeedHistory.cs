using System.Threading;

namespace EdgeRnn.Simulator;

/// <summary>
/// The whole run in few columns: when they are used up, each is joined with the next, and from then on they are twice as wide. One
/// thread adds and never waits; any thread copies.
/// </summary>
internal sealed class FeedHistory(int channels)
{
    /// <summary>The most columns; there are at least half as many once they were used up.</summary>
    public const int Columns = 1024;

    private readonly ColumnSet _columns = new(channels, Columns);
    private long _rowsPerColumn = 1;
    private long _rowsInLast;
    private int _changes;      // odd while columns move

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        BeginMove();
        _columns.Count = 0;
        _rowsPerColumn = 1;
        _rowsInLast = 0;
        EndMove();
    }

    /// <summary>Adds a row.</summary>
    public void Add(FeedRow row)
    {
        if (_rowsInLast == 0) _columns.Open(row);
        else _columns.Join(row);
        if (++_rowsInLast < _rowsPerColumn) return;
        _rowsInLast = 0;
        if (_columns.Count < Columns) return;
        BeginMove();
        _columns.Halve();
        _rowsPerColumn *= 2;
        EndMove();
    }

    /// <summary>Copies the columns that begin before a time; the last may still grow.</summary>
    /// <param name="to">Room for <see cref="Columns"/>.</param>
    /// <param name="beforeSeconds">The time.</param>
    public void CopyTo(ColumnSet to, double beforeSeconds)
    {
        SpinWait wait = default;
        while (true)
        {
            int changes = Volatile.Read(ref _changes);
            to.CopyFrom(_columns, _columns.Count);
            Interlocked.MemoryBarrier();
            if ((changes & 1) == 0 && changes == Volatile.Read(ref _changes)) break;
            wait.SpinOnce();
        }
        while (to.Count > 0 && to.Seconds(to.Count - 1) >= beforeSeconds) to.Count--;
    }

    private void BeginMove()
    {
        Volatile.Write(ref _changes, _changes + 1);
        Interlocked.MemoryBarrier();
    }

    private void EndMove() => Volatile.Write(ref _changes, _changes + 1);
}
