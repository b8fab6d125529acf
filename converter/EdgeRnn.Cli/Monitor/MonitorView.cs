using System;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Cli.Output;
using EdgeRnn.Simulator;
using Quantity = EdgeRnn.Cli.Output.Quantity;

namespace EdgeRnn.Cli.Monitor;

/// <summary>
/// What a person reads of a monitored device: a line per event, and how it is; on a terminal one line that is written over, else one
/// every ten seconds.
/// </summary>
/// <param name="session">What is shown.</param>
/// <param name="terminal">Where.</param>
/// <param name="width">Columns of the terminal.</param>
/// <param name="time">Time.</param>
internal sealed class MonitorView(MonitorSession session, Terminal terminal, int width, TimeProvider time)
{
    private const string _clearLine = "\r\e[K";
    private static readonly TimeSpan _redraw = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _repeat = TimeSpan.FromSeconds(10);

    private readonly Sparkline _scores = new(24);
    private readonly TextWriter _output = terminal.Output;
    private long _shownTicks = time.GetTimestamp();
    private long _shownSteps;
    private double _shownAt;

    /// <summary>Writes an event.</summary>
    public void Write(LiveEvent happened)
    {
        if (terminal.OutputIsTerminal) _output.Write(_clearLine);
        string shares = string.Join(", ", happened.Shares.Take(3).Select(share => $"{share.Name} {share.Percent} %"));
        _output.WriteLine(OneLine.Of(string.Create(CultureInfo.InvariantCulture, $"{happened.Seconds,10:0.00} s  {happened.Text}") +
            (shares.Length > 0 ? $"; {shares}" : "")));
        _output.Flush();
    }

    /// <summary>Writes how it is, where it is time for that.</summary>
    public void Tick()
    {
        TimeSpan since = time.GetElapsedTime(_shownTicks);
        if (since < (terminal.OutputIsTerminal ? _redraw : _repeat)) return;
        double rate = (session.Steps - _shownSteps) / Math.Max(since.TotalSeconds, 1e-3);
        // Over about a second, or it flickers.
        _shownAt = _shownAt == 0 ? rate : _shownAt + Math.Min(1, since.TotalSeconds) * (rate - _shownAt);
        _shownTicks = time.GetTimestamp();
        if (session.Steps > _shownSteps) _scores.Add(session.Step.Score);
        _shownSteps = session.Steps;
        string line = Status();
        if (terminal.OutputIsTerminal) _output.Write(_clearLine + (line.Length < width ? line : line[..Math.Max(0, width - 1)]));
        else _output.WriteLine(line);
        _output.Flush();
    }

    /// <summary>Leaves the line that is written over.</summary>
    public void End()
    {
        if (terminal.OutputIsTerminal) _output.Write(_clearLine);
    }

    private string Status()
    {
        LiveStep step = session.Step;
        if (session.Steps == 0)
        {
            string bad = session.Bad > 0 ? $", {session.Bad} lines without a row" : "";
            return OneLine.Of(session.Hindrance ?? $"waiting for {session.Description.Source}{bad}");
        }
        string at = string.Create(CultureInfo.InvariantCulture, $"{step.Seconds,10:0.00} s  ");
        string score = float.IsNaN(step.Score) ? "no score" : string.Create(CultureInfo.InvariantCulture, $"score {step.Score:0.0000}");
        string threshold = float.IsNaN(step.Threshold) ? "" : string.Create(CultureInfo.InvariantCulture, $" of {step.Threshold:0.0000}");
        string state = session.StateText.Length > 0 ? session.StateText : step.IsAlarming ? "alarm" : "";
        string counts = string.Create(CultureInfo.InvariantCulture,
            $"{Quantity.Count(session.Steps)} samples, {_shownAt:0.#} /s, {session.Alarms} alarms") +
            (session.Bad > 0 ? $", {session.Bad} bad" : "");
        string bars = terminal.OutputIsTerminal && !float.IsNaN(step.Score) ? _scores.Text(step.Threshold) : "";
        string[] parts = [at + score + threshold, state, bars, counts, session.Hindrance ?? ""];
        return OneLine.Of(string.Join("  ", parts.Where(part => part.Length > 0)));
    }
}
