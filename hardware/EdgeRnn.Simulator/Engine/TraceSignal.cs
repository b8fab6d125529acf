using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Simulator;

/// <summary>A channel of a trace as a function of time: what was read at a time was measured since the reading before.</summary>
internal sealed class TraceSignal
{
    private readonly long[] _ends;
    private readonly double[] _values;
    private int _at;

    private TraceSignal(int sensor, int input, long[] ends, double[] values)
    {
        Sensor = sensor;
        Input = input;
        _ends = ends;
        _values = values;
    }

    public int Sensor { get; }

    public int Input { get; }

    public static TraceSignal Of(int sensor, int input, long[] ends, List<double> values)
    {
        int[] kept = [.. Enumerable.Range(0, ends.Length).Where(i => !double.IsNaN(values[i]))];
        return new TraceSignal(sensor, input, [.. kept.Select(i => ends[i])], [.. kept.Select(i => values[i])]);
    }

    // The first row that is not before the time; behind the last row, that one.
    public double ValueAt(long atMicros)
    {
        if (_values.Length == 0) return double.NaN;
        while (_at > 0 && _ends[_at - 1] >= atMicros) _at--;
        while (_at < _ends.Length - 1 && _ends[_at] < atMicros) _at++;
        return _values[_at];
    }
}
