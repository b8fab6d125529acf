using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>
/// Chooses the range of every signal from what a run showed. What a layer bounds by itself needs no recording, and no range is
/// larger than what the layers can reach with the input they are given.
/// </summary>
/// <param name="graph">The model.</param>
/// <param name="options">The method.</param>
/// <param name="statistics">Of each signal that ran.</param>
/// <param name="limits">What the input's format is to hold; null leaves it to the method.</param>
internal sealed class RangeChoice(RecurrentGraph graph, CalibrationOptions options,
    IReadOnlyDictionary<SignalId, RangeStatistics> statistics, InputLimits? limits)
{
    private static readonly SignalId _input = new(GraphPart.Main, 0);

    private readonly List<string> _warnings = [];

    public ValueRanges Choose(IReadOnlyList<string> warnings)
    {
        double input = InputMagnitude();
        BoundsTable bounds = IntervalBounds.Compute(graph, IntervalMath.Fill(Interval.Symmetric(ValueRange.Of(input).Limit),
            graph.Main.InputSize));
        Dictionary<SignalId, ValueRange> ranges = bounds.Signals.ToDictionary(pair => pair.Key,
            pair => ValueRange.Of(pair.Key == _input ? input : MagnitudeOf(pair.Key, pair.Value, bounds.Guaranteed)));
        if (graph.Decoder != null && !statistics.ContainsKey(new SignalId(GraphPart.Decoder, 0)))
        {
            _warnings.Add("calibration: no window of the recording is complete, the decoder's ranges are bounds; " +
                "use a longer recording");
        }
        if (limits?.WarningFor(ranges[_input], graph) is { } warning) _warnings.Add(warning);

        RangeRules rules = new(graph);
        ranges = rules.Apply(ranges)
            .ToDictionary(pair => pair.Key, pair => pair.Value with { ClippedShare = ClippedShareOf(pair) });
        return new ValueRanges(ranges, uncalibrated: false, [.. warnings, .. _warnings, .. rules.Warnings]);
    }

    // Nothing arrives beyond the clip of the standardiser.
    private double InputMagnitude()
    {
        double magnitude = limits?.HeldMagnitude ?? 0;
        if (magnitude == 0) magnitude = Magnitude(statistics[_input]);
        if (graph.Preprocessing is not { Clip: > 0 } scaling) return magnitude;
        return limits != null && scaling.Clip <= 16 * magnitude ? scaling.Clip : Math.Min(magnitude, scaling.Clip);
    }

    private double MagnitudeOf(SignalId signal, SignalBound bound, bool guaranteed)
    {
        if (bound.Intrinsic || !statistics.TryGetValue(signal, out RangeStatistics? seen)) return bound.Interval.Magnitude;
        Warn(signal, seen);
        double magnitude = Magnitude(seen), reachable = bound.Interval.Magnitude;
        bool known = guaranteed && double.IsFinite(reachable);
        if (magnitude == 0) return known ? reachable : 1;
        return known ? Math.Min(magnitude, reachable) : magnitude;
    }

    private double Magnitude(RangeStatistics seen) => options.Method switch
    {
        RangeMethod.MinMax => seen.LargestMagnitude,
        RangeMethod.Percentile => seen.Percentile(options.Percent),
        RangeMethod.MeanSquareError => LeastError(seen),
        _ => InputLimits.Headroom * seen.LargestMagnitude,
    };

    private static double LeastError(RangeStatistics seen)
    {
        if (seen.LargestMagnitude == 0) return 0;
        int best = ValueRange.MinFractionBits;
        for (int bits = best + 1; bits <= ValueRange.MaxFractionBits; bits++)
        {
            if (seen.MeanSquareError(bits) < seen.MeanSquareError(best)) best = bits;
        }
        return new ValueRange(0, best).Limit;
    }

    private double ClippedShareOf(KeyValuePair<SignalId, ValueRange> pair) =>
        statistics.TryGetValue(pair.Key, out RangeStatistics? seen) ? seen.ClippedShare(pair.Value.FractionBits) : 0;

    private void Warn(SignalId signal, RangeStatistics seen)
    {
        Subgraph subgraph = signal.Graph == GraphPart.Main ? graph.Main : graph.Decoder!;
        string name = signal.Value == 0 ? "decoder input" : subgraph.Nodes[signal.Value - 1].Name;
        if (seen.NonFinite > 0 && signal.Kind == Signal.Output)
            _warnings.Add($"{name}: {seen.NonFinite} values were not finite while calibrating; check the recording's units");
        if (signal.Kind == Signal.CellState && seen.LargestMagnitude > LstmBounds.CellLimit)
        {
            _warnings.Add($"{name}: the cell reaches {seen.LargestMagnitude:g4}, the integer path saturates at " +
                $"{LstmBounds.CellLimit:g}; keep the layer in float");
        }
    }
}
