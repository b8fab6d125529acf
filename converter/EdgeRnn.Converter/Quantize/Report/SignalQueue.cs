using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Quantize.Reference;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>
/// Keeps the signals of one time step of the reference until the integer run has come as far. A layer may run several times
/// within one time step, where windows are read again or a decoder unrolls.
/// </summary>
internal sealed class SignalQueue : ISignalObserver
{
    private readonly Dictionary<SignalId, Queued> _signals = [];

    public void Observe(SignalId signal, ReadOnlySpan<double> values)
    {
        if (!_signals.TryGetValue(signal, out Queued? queued)) _signals[signal] = queued = new Queued();
        queued.Add(values);
    }

    /// <summary>Forgets the step before.</summary>
    public void NextStep()
    {
        foreach (Queued queued in _signals.Values) queued.Clear();
    }

    /// <summary>The signal of the layer's next turn, [count]; empty when the reference has none.</summary>
    public ReadOnlySpan<double> Take(SignalId signal, int count) =>
        _signals.TryGetValue(signal, out Queued? queued) ? queued.Take(count) : [];

    private sealed class Queued
    {
        private double[] _values = [];
        private int _length;
        private int _taken;

        public void Add(ReadOnlySpan<double> values)
        {
            int needed = _length + values.Length;
            if (needed > _values.Length) Array.Resize(ref _values, Math.Max(needed, 2 * _values.Length));
            values.CopyTo(_values.AsSpan(_length));
            _length = needed;
        }

        public void Clear() => _length = _taken = 0;

        public ReadOnlySpan<double> Take(int count)
        {
            if (_length - _taken < count) return [];
            _taken += count;
            return _values.AsSpan(_taken - count, count);
        }
    }
}
