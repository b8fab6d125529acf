using System;
using System.Collections.Generic;
using System.Threading;

namespace EdgeRnn.Cli.Record;

/// <summary>When a recording ends by itself.</summary>
/// <param name="Samples">After so many rows; 0: never.</param>
/// <param name="Seconds">After so many seconds; 0: never.</param>
internal sealed record RecordLimits(int Samples, double Seconds);

/// <summary>Lines of a device into rows of a file, until a limit, the end of the lines, or an interrupt.</summary>
/// <param name="rows">Makes rows.</param>
/// <param name="file">Takes them.</param>
/// <param name="limits">When it ends.</param>
/// <param name="time">Time.</param>
internal sealed class Recorder(RowAssembler rows, RecordingFile file, RecordLimits limits, TimeProvider time)
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(200);

    /// <summary>Why it ended: samples, duration, interrupt or end.</summary>
    public string Ended { get; private set; } = "";

    /// <summary>Records.</summary>
    /// <param name="lines">Where lines come from.</param>
    /// <param name="stopSource">Asks what writes the lines to end; gives whether the lines then end.</param>
    /// <param name="interrupted">Set by Ctrl-C.</param>
    /// <param name="progress">Called about five times a second.</param>
    public void Run(LineSource lines, Func<bool> stopSource, CancellationToken interrupted, Action? progress = null)
    {
        long began = time.GetTimestamp();
        while (Ended.Length == 0)
        {
            if (interrupted.IsCancellationRequested) Ended = "interrupt";
            else if (limits.Seconds > 0 && time.GetElapsedTime(began).TotalSeconds >= limits.Seconds) Ended = "duration";
            else if (lines.TryTake(out ArrivedLine line, _look, interrupted)) Take(rows.Add(line.Text, line.AtTicks));
            else if (lines.IsAtEnd) Ended = "end";
            progress?.Invoke();
        }
        long ended = time.GetTimestamp();
        bool endsNow = stopSource();
        // What had come by then is kept; a device that goes on printing is not waited for.
        while (Ended != "samples" && lines.TryTakeLast(out ArrivedLine line, endsNow) && (endsNow || line.AtTicks <= ended))
            Take(rows.Add(line.Text, line.AtTicks));
        if (Ended != "samples") Take(rows.End());
    }

    private void Take(IReadOnlyList<(IReadOnlyList<string> Values, long AtTicks)> complete)
    {
        foreach ((IReadOnlyList<string> values, long atTicks) in complete)
        {
            if (limits.Samples > 0 && file.Rows >= limits.Samples) return;
            file.Add(rows.Columns!, values, atTicks);
            if (limits.Samples > 0 && file.Rows >= limits.Samples) Ended = "samples";
        }
    }
}
