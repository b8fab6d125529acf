using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Converter.Quantize.Reference;

namespace EdgeRnn.Tests.Quantized;

/// <summary>The largest magnitude of every signal in a float64 run: the least a test needs to choose formats.</summary>
internal sealed class ObservedRanges : ISignalObserver
{
    // Rounded weights make other signals, larger ones among them.
    private const double Headroom = 1.25;

    private readonly Dictionary<SignalId, double> _largest = [];

    /// <summary>Ranges that hold what the signal brings about.</summary>
    /// <param name="prepared">From Quantizer.Prepare.</param>
    /// <param name="signal">[steps][inputSize] raw; long enough that every layer runs.</param>
    public static ValueRanges Of(RecurrentGraph prepared, float[][] signal)
    {
        ObservedRanges seen = new();
        ReferenceRun run = new(prepared, seen);
        foreach (float[] x in signal) run.Step(x);
        // Layers that never run, behind a convolution that a window never fills, keep the range of their bounds.
        Dictionary<SignalId, ValueRange> ranges = new(IntervalBounds.Of(prepared).Signals);
        foreach ((SignalId id, double largest) in seen._largest) ranges[id] = ValueRange.Of(largest * Headroom);
        return new ValueRanges(new RangeRules(prepared).Apply(ranges), uncalibrated: false, []);
    }

    public void Observe(SignalId signal, ReadOnlySpan<double> values)
    {
        double largest = _largest.GetValueOrDefault(signal);
        foreach (double value in values) largest = Math.Max(largest, Math.Abs(value));
        _largest[signal] = largest;
    }
}
