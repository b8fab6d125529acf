using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Monitor;

/// <summary>
/// Rows with named columns as steps: a leading time, what a detector says (score, threshold, state, alarm, as devices print it and `detect`
/// writes it), and channels.
/// </summary>
/// <param name="source">Where they come from.</param>
/// <param name="rateHz">Rows a second where they have no time; null: as they come.</param>
/// <param name="scorer">Computes the score; null: it is what the rows say.</param>
/// <param name="time">The clock of their arrival.</param>
internal sealed class RowSteps(string source, double? rateHz, ModelScorer? scorer, TimeProvider time)
{
    private static readonly string[] _told = ["score", "threshold", "state", "alarm"];
    private static readonly string[] _leftOut = ["step", "fault", "lower threshold"];

    private readonly int[] _toldAt = new int[_told.Length]; // columns; negative: not there
    private int[] _channels = [];
    private float[] _values = [];
    private bool _hasTime;
    private double _offset; // of the rows' own time
    private long _firstTicks;
    private long _rows;

    /// <summary>The columns; empty until they are known.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Takes columns that rows have from now on; nothing changes where they are the ones before.</summary>
    public void Begin(MonitorSession session, IReadOnlyList<string> columns)
    {
        if (columns.SequenceEqual(Columns)) return;
        scorer?.Bind(source, columns);
        Columns = columns;
        _hasTime = columns.Count > 1 && CsvColumns.IsTimeName(columns[0]);
        for (int i = 0; i < _told.Length; i++) _toldAt[i] = Find(columns, _told[i]);
        _channels = [.. Enumerable.Range(_hasTime ? 1 : 0, columns.Count - (_hasTime ? 1 : 0)).Where(column => IsChannel(columns[column]))];
        _values = new float[columns.Count];
        _rows = 0;
        LiveChannel[] channels = [.. _channels.Select(column => new LiveChannel(columns[column], ""))];
        session.Describe(session.Description with
        {
            Title = scorer is { Model.Name.Length: > 0 } ? scorer.Model.Name : session.Description.Title,
            Channels = scorer == null ? channels : scorer.Channels,
            HiddenLayers = scorer == null ? [] : scorer.HiddenLayers,
            RateHz = rateHz ?? scorer?.RateHz ?? 0,
        });
    }

    /// <summary>Takes a row.</summary>
    /// <param name="session">Receives the step.</param>
    /// <param name="cells">A text per column; empty: missing.</param>
    /// <param name="atTicks">When it came.</param>
    public void Add(MonitorSession session, IReadOnlyList<string> cells, long atTicks)
    {
        LiveStep step = session.Step;
        for (int i = 0; i < cells.Count; i++) _values[i] = Number(cells[i]);
        step.Seconds = SecondsOf(session, cells[0], atTicks);
        if (scorer != null)
        {
            scorer.Score(_values, step);
        }
        else
        {
            step.HasSample = _channels.Length == 0;
            for (int i = 0; i < _channels.Length; i++)
            {
                step.Values[i] = _values[_channels[i]];
                step.HasSample |= !float.IsNaN(step.Values[i]);
            }
            TakeTold(step, cells);
        }
        session.AddStep();
    }

    private void TakeTold(LiveStep step, IReadOnlyList<string> cells)
    {
        step.Score = _toldAt[0] < 0 ? float.NaN : _values[_toldAt[0]];
        // A device without a threshold yet prints 0.
        float threshold = _toldAt[1] < 0 ? float.NaN : _values[_toldAt[1]];
        step.Threshold = threshold > 0 ? threshold : float.NaN;
        step.State = _toldAt[2] < 0 ? -1 : StateOf(cells[_toldAt[2]]);
        step.IsAlarming = _toldAt[3] >= 0 ? _values[_toldAt[3]] > 0 : step.State == (int)DetectorState.Alarm;
    }

    private double SecondsOf(MonitorSession session, string cell, long atTicks)
    {
        if (_rows++ == 0) _firstTicks = atTicks;
        double last = _rows == 1 ? 0 : session.Step.Seconds;
        if (!_hasTime)
            return Math.Max(last, rateHz is { } rate ? (_rows - 1) / rate : time.GetElapsedTime(_firstTicks, atTicks).TotalSeconds);
        double own = TimeOf(cell);
        if (double.IsNaN(own)) return last;
        if (_rows == 1) _offset = own;
        if (own - _offset < last)
        {
            session.Tell(LiveEventKind.Note, "The device's time went back, as when it starts again");
            _offset = own - last;
        }
        return own - _offset;
    }

    private static double TimeOf(string cell)
    {
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)) return seconds;
        return DateTime.TryParse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTime at) ? (at - DateTime.UnixEpoch).TotalSeconds : double.NaN;
    }

    private static int StateOf(string cell)
    {
        if (int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= (int)DetectorState.SensorFault)
            return number;
        string word = cell.Replace(" ", "", StringComparison.Ordinal);
        foreach (DetectorState state in Enum.GetValues<DetectorState>())
            if (word.Equals(state.ToString(), StringComparison.OrdinalIgnoreCase)) return (int)state;
        return -1;
    }

    private static bool IsChannel(string name) => !_told.Contains(name, StringComparer.OrdinalIgnoreCase) &&
        !_leftOut.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.StartsWith("fault ", StringComparison.OrdinalIgnoreCase) &&
        !name.StartsWith("share ", StringComparison.OrdinalIgnoreCase);

    private static int Find(IReadOnlyList<string> columns, string name)
    {
        for (int i = 0; i < columns.Count; i++)
            if (columns[i].Equals(name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }

    private static float Number(string cell) =>
        float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value : float.NaN;
}
