using System;
using System.Collections.Generic;
using System.Globalization;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Monitor;

/// <summary>A Pi's metrics, Prometheus text, as a step a second: what the detector says, and no samples.</summary>
internal sealed class MetricsSteps
{
    private const string _prefix = "edgernn_";
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);
    private long? _firstTicks;
    private long _lastTicks;

    /// <summary>Whether a text is what edgernn-pi serves.</summary>
    public static bool IsOurs(string text) => text.Contains("\nedgernn_detector_state ", StringComparison.Ordinal);

    /// <summary>Whether a second has passed since the last one.</summary>
    public bool IsDue(TimeProvider time) => _firstTicks == null || time.GetElapsedTime(_lastTicks) >= _period;

    /// <summary>Takes the metrics as they are now.</summary>
    /// <param name="session">Receives them.</param>
    /// <param name="text">What was served.</param>
    /// <param name="time">Says when.</param>
    /// <exception cref="FormatException">They are not those of edgernn-pi.</exception>
    public void Add(MonitorSession session, string text, TimeProvider time)
    {
        Read(text);
        _lastTicks = time.GetTimestamp();
        if (_firstTicks == null)
        {
            _firstTicks = _lastTicks;
            if (session.Description.RateHz == 0) session.Describe(session.Description with { RateHz = 1 / _period.TotalSeconds });
        }
        session.Health = new LiveHealth
        {
            Samples = (long)Value("steps_total"),
            MissingSamples = (long)Value("missing_samples_total"),
            MissedDeadlines = (long)Value("late_ticks_total"),
            DroppedSamples = (long)Value("sensor_overflows_total"),
            Restarts = (long)Value("sensor_restarts_total"),
        };
        LiveStep step = session.Step;
        step.Seconds = Math.Max(step.Seconds, time.GetElapsedTime(_firstTicks.Value, _lastTicks).TotalSeconds);
        step.Score = (float)Value("score");
        step.Threshold = Value("threshold") > 0 ? (float)Value("threshold") : float.NaN;
        step.State = (int)Value("detector_state");
        step.IsAlarming = Value("alarm") > 0;
        session.AddStep();
    }

    private double Value(string name) =>
        _values.TryGetValue(name, out double value) ? value : throw new FormatException($"the metrics have no {_prefix}{name}");

    private void Read(string text)
    {
        _values.Clear();
        foreach (string line in text.Split('\n'))
        {
            if (!line.StartsWith(_prefix, StringComparison.Ordinal) || line.Contains('{', StringComparison.Ordinal)) continue;
            string[] words = line[_prefix.Length..].Split(' ');
            if (words.Length == 2 && double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                _values[words[0]] = value;
        }
    }
}
