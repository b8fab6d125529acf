using System;
using System.Threading;
using EdgeRnn.Cli.Record;

namespace EdgeRnn.Cli.Monitor;

/// <summary>Watches a device until a limit, an interrupt, or the end of a source that has one.</summary>
/// <param name="source">Where figures come from.</param>
/// <param name="session">Receives them.</param>
/// <param name="view">Shows them; null: nobody reads text.</param>
/// <param name="limits">When it ends by itself.</param>
/// <param name="time">Time.</param>
internal sealed class MonitorRun(IMonitorSource source, MonitorSession session, MonitorView? view, RecordLimits limits, TimeProvider time)
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _statePeriod = TimeSpan.FromMilliseconds(500);

    /// <summary>Why it ended: samples, duration, interrupt or end.</summary>
    public string Ended { get; private set; } = "";

    /// <summary>Watches.</summary>
    /// <param name="interrupted">Set by Ctrl-C.</param>
    public void Run(CancellationToken interrupted)
    {
        long began = time.GetTimestamp(), sent = began;
        while (Ended.Length == 0)
        {
            source.Advance(session, _look, interrupted);
            view?.Tick();
            if (time.GetElapsedTime(sent) >= _statePeriod)
            {
                sent = time.GetTimestamp();
                session.SendState();
            }
            if (interrupted.IsCancellationRequested) Ended = "interrupt";
            else if (session.IsFull) Ended = "samples";
            else if (limits.Seconds > 0 && time.GetElapsedTime(began).TotalSeconds >= limits.Seconds) Ended = "duration";
            else if (source.IsOver) Ended = "end";
        }
        view?.End();
    }
}
