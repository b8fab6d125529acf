using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Simulator;

/// <summary>A recording of any kind from a CSV file: its columns are the outputs, in whatever unit they have.</summary>
internal sealed class Playback : ISource
{
    public const string Name = "csv";

    private readonly Recording _recording;
    private readonly bool _isLinear;
    private readonly bool _isLoop;
    private readonly double _lengthSeconds;
    private int _row;

    public Playback(Recording recording, bool isLinear, bool isLoop)
    {
        _recording = recording;
        _isLinear = isLinear;
        _isLoop = isLoop;
        int last = recording.Rows - 1;
        // The last row lasts as long as the one before it.
        _lengthSeconds = last == 0 ? 1 : 2 * recording.Seconds(last) - recording.Seconds(last - 1);
        Outputs = [.. recording.Names.Select(name => new Quantity(name, ""))];
    }

    public string Kind => Name;

    public IReadOnlyList<Quantity> Outputs { get; }

    public IReadOnlyList<SourceSetting> Settings => [];

    public static ISource Make(SourceOptions options, ulong seed)
    {
        if (options.Text("file") is not { } file)
            throw new SourceException("file", "expected the path of a CSV file, found nothing; a csv source needs it");
        bool isLinear = options.Word("between", 0, "hold", "linear") == 1, isLoop = options.Flag("loop", false);
        Recording recording = Recording.Read(System.IO.Path.Combine(options.BaseFolder, file), options.Number("rate", 0, 0.001, 1e6));
        return new Playback(recording, isLinear, isLoop);
    }

    public double ValueOf(int output, long atMicros)
    {
        // A row's time and a device's are both rounded: half a microsecond before a row is at the row.
        double seconds = Math.Max(0, (atMicros + 0.5) * 1e-6);
        if (_isLoop) seconds -= Math.Floor(seconds / _lengthSeconds) * _lengthSeconds;
        Find(seconds);
        double value = _recording.Value(output, _row);
        if (!_isLinear || _row == _recording.Rows - 1) return value;
        double from = _recording.Seconds(_row), part = (seconds - from) / (_recording.Seconds(_row + 1) - from);
        double next = _recording.Value(output, _row + 1);
        return double.IsNaN(value) ? value : value + (next - value) * part;
    }

    public void Change(int setting, double to, long atMicros, long overMicros) =>
        throw new ArgumentOutOfRangeException(nameof(setting), "a recording has no settings");

    // The last row that is not later. Mostly it is the one of the call before, or the next.
    private void Find(double seconds)
    {
        if (_recording.Seconds(_row) <= seconds)
        {
            for (int steps = 0; steps < 4; steps++)
            {
                if (_row == _recording.Rows - 1 || _recording.Seconds(_row + 1) > seconds) return;
                _row++;
            }
        }
        int low = 0, high = _recording.Rows - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_recording.Seconds(middle) <= seconds) low = middle;
            else high = middle - 1;
        }
        _row = low;
    }
}
