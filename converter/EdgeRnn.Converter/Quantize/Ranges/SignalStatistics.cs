using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Quantize.Reference;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>Collects the statistics of every signal a run shows.</summary>
public sealed class SignalStatistics : ISignalObserver
{
    private readonly Dictionary<SignalId, RangeStatistics> _signals = [];

    /// <summary>The statistics so far.</summary>
    public IReadOnlyDictionary<SignalId, RangeStatistics> Signals => _signals;

    /// <inheritdoc/>
    public void Observe(SignalId signal, ReadOnlySpan<double> values)
    {
        if (!_signals.TryGetValue(signal, out RangeStatistics? statistics)) _signals[signal] = statistics = new RangeStatistics();
        statistics.Add(values);
    }

    internal void Replace(SignalId signal, RangeStatistics statistics) => _signals[signal] = statistics;
}
