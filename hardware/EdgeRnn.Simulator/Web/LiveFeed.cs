using System;
using System.Threading;

namespace EdgeRnn.Simulator;

/// <summary>
/// What live pages show, kept in memory that is reserved at creation, whatever runs for however long. Who adds never waits for who
/// reads; a page that is too slow skips. Steps and descriptions come from one thread at a time, all else from any thread.
/// </summary>
public sealed partial class LiveFeed
{
    // 8 channels take 50 bytes a row: 671,088 rows, eleven minutes at 1 kHz.
    private const int BytesKept = 32 << 20;
    private const int MostRows = 1 << 20;
    private const int FewestRows = 1 << 10;

    private readonly int _keptRows;
    private readonly FeedLog _log = new();
    private FeedRun _run;
    private LiveHealth _health = new();
    private LiveRunState _runState = new();
    private int _changes;

    /// <summary>A feed without a step.</summary>
    /// <param name="description">What is shown.</param>
    /// <param name="keptRows">Rows kept at full rate for the export; 0: as many as 32 MB hold, from 1024 to 1,048,576.</param>
    public LiveFeed(LiveDescription description, int keptRows = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keptRows);
        _keptRows = keptRows;
        _run = new FeedRun(description, RowsFor(description));
    }

    /// <summary>What is shown.</summary>
    public LiveDescription Description => Run.Description;

    /// <summary>Rows kept at full rate.</summary>
    public int KeptRows => Run.Rows.Capacity;

    internal FeedRun Run => Volatile.Read(ref _run);

    internal FeedLog Log => _log;

    internal LiveHealth Health => Volatile.Read(ref _health);

    internal LiveRunState RunState => Volatile.Read(ref _runState);

    /// <summary>Grows with everything that is not a step or an event.</summary>
    internal int Changes => Volatile.Read(ref _changes);

    /// <summary>
    /// Starts anew: steps, events, health and recording are gone, and every page is told. Reserves memory only where channels, pins or
    /// hidden units are more or fewer than before.
    /// </summary>
    /// <param name="description">What is shown from now on.</param>
    public void Describe(LiveDescription description)
    {
        FeedRun last = _run;
        FeedRun next = last.Fits(description) ? new FeedRun(description, last) : new FeedRun(description, RowsFor(description));
        _log.Clear();
        Volatile.Write(ref _health, new LiveHealth());
        Volatile.Write(ref _runState, new LiveRunState());
        Begin(next);
    }

    /// <summary>Adds a step. Allocates nothing.</summary>
    /// <param name="step">Copied; as many channels and hidden units as described.</param>
    /// <exception cref="ArgumentException">It has other channels or hidden units.</exception>
    public void Add(LiveStep step)
    {
        FeedRun run = _run;
        if (step.Hidden.Length != run.Hidden.Length)
            throw new ArgumentException($"step: expected {run.Hidden.Length} hidden units as described, found {step.Hidden.Length}");
        run.Row.Take(step);
        step.Hidden.CopyTo(run.Hidden, 0);
        step.Shares.CopyTo(run.Shares, 0);
        step.Faults.CopyTo(run.Faults, 0);
        run.History.Add(run.Row);
        run.Rows.Add(run.Row);
    }

    /// <summary>Adds a line to the log; the oldest of 500 goes.</summary>
    /// <param name="happened">Kept.</param>
    public void Add(LiveEvent happened) => _log.Add(happened);

    /// <summary>Says which pins are active (lit, sounding, pressed: whatever their level means). Allocates nothing.</summary>
    /// <param name="areActive">[pins] in the order of <see cref="LiveDescription.Pins"/>; copied.</param>
    public void SetPins(ReadOnlySpan<bool> areActive)
    {
        FeedRun run = Run;
        if (areActive.SequenceEqual(run.Pins)) return;
        areActive.CopyTo(run.Pins);
        Interlocked.Increment(ref _changes);
    }

    /// <summary>Says how well it runs.</summary>
    /// <param name="health">Kept.</param>
    public void SetHealth(LiveHealth health)
    {
        Volatile.Write(ref _health, health);
        Interlocked.Increment(ref _changes);
    }

    /// <summary>Says where the run stands.</summary>
    /// <param name="run">Kept.</param>
    public void SetRun(LiveRunState run)
    {
        Volatile.Write(ref _runState, run);
        Interlocked.Increment(ref _changes);
    }

    private int RowsFor(LiveDescription description) => _keptRows > 0 ? _keptRows
        : Math.Clamp(BytesKept / FeedRows.BytesOf(description.Channels.Count), FewestRows, MostRows);
}
