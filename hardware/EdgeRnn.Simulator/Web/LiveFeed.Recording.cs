using System;
using System.Threading;

namespace EdgeRnn.Simulator;

// A recording is a span of the rows that are kept anyway.
public sealed partial class LiveFeed
{
    private readonly Lock _recordingLock = new();
    private Recording? _recording;

    /// <summary>What is recorded, or was last; null: nothing.</summary>
    internal Recording? LastRecording => Volatile.Read(ref _recording);

    /// <summary>Begins a recording at the next step; the one before is forgotten.</summary>
    /// <returns>Null; one line where a recording runs already.</returns>
    public string? StartRecording()
    {
        lock (_recordingLock)
        {
            if (_recording is { To: null }) return "a recording runs already; stop it first";
            Keep(new Recording(Run, Run.Rows.End, null));
            return null;
        }
    }

    /// <summary>Ends the recording after the latest step.</summary>
    /// <returns>Null; one line where none runs.</returns>
    public string? StopRecording()
    {
        lock (_recordingLock)
        {
            if (_recording is not { To: null } running) return "no recording runs; start one first";
            Keep(running with { To = running.Run.Rows.End });
            return null;
        }
    }

    // In one go: a recording that starts meanwhile is either forgotten or of the new run.
    private void Begin(FeedRun run)
    {
        lock (_recordingLock)
        {
            Volatile.Write(ref _run, run);
            Keep(null);
        }
    }

    private void Keep(Recording? recording)
    {
        Volatile.Write(ref _recording, recording);
        Interlocked.Increment(ref _changes);
    }

    /// <summary>A span of rows.</summary>
    /// <param name="Run">Of this run.</param>
    /// <param name="From">The first row's number.</param>
    /// <param name="To">The number after the last row's; null: it goes on.</param>
    internal sealed record Recording(FeedRun Run, long From, long? To)
    {
        /// <summary>The number after the last row's so far.</summary>
        public long End => To ?? Run.Rows.End;

        /// <summary>Rows that were recorded and are no longer kept.</summary>
        public long Lost => Math.Clamp(Run.Rows.Oldest - From, 0, End - From);
    }
}
