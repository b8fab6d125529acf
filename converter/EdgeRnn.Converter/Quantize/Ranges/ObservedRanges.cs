using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize.Reference;
using EdgeRnn.Converter.Verify;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>Ranges from a recording: the largest magnitudes seen.</summary>
internal sealed class ObservedRanges : ISignalObserver
{
    private readonly Dictionary<SignalId, double> _largest = [];

    public void Observe(SignalId signal, ReadOnlySpan<double> values)
    {
        double largest = _largest.GetValueOrDefault(signal);
        foreach (double value in values) largest = Math.Max(largest, Math.Abs(value));
        _largest[signal] = largest;
    }

    public static ValueRanges Of(RecurrentGraph graph, StepArray recording)
    {
        ObservedRanges seen = new();
        ReferenceRun run = new(graph, seen);
        foreach (float[] sequence in recording.Sequences)
        {
            run.Reset();
            foreach (float[] row in sequence.Chunk(recording.Features))
            {
                if (row.All(float.IsFinite)) run.Step(row);
            }
        }
        Dictionary<SignalId, ValueRange> ranges = new(IntervalBounds.Of(graph).Signals);
        foreach ((SignalId signal, double magnitude) in seen._largest) ranges[signal] = ValueRange.Of(magnitude);
        RangeRules rules = new(graph);
        return new ValueRanges(rules.Apply(ranges), uncalibrated: false, rules.Warnings);
    }
}
