using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace EdgeRnn.Cli.Monitor;

/// <summary>The latest scores as bars of one line: <c>▁▂▅█</c>.</summary>
/// <param name="columns">How many.</param>
internal sealed class Sparkline(int columns)
{
    private const string _bars = "▁▂▃▄▅▆▇█";

    private readonly Queue<float> _values = new(columns);

    /// <summary>Adds a score; the oldest goes.</summary>
    public void Add(float value)
    {
        if (_values.Count == columns) _values.Dequeue();
        _values.Enqueue(value);
    }

    /// <summary>The bars, from 0 to the largest of the scores and the threshold; a blank where there was none.</summary>
    /// <param name="threshold">The threshold; NaN: none.</param>
    public string Text(float threshold)
    {
        float top = _values.Where(float.IsFinite).Append(float.IsFinite(threshold) ? threshold : 0).Max();
        StringBuilder text = new(columns);
        foreach (float value in _values)
        {
            int bar = top <= 0 || !float.IsFinite(value) ? 0 : Math.Clamp((int)(value / top * _bars.Length), 0, _bars.Length - 1);
            text.Append(float.IsFinite(value) ? _bars[bar] : ' ');
        }
        return text.ToString();
    }
}
