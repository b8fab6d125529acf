using System.Collections.Generic;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>
/// The ranges of all signals of a model, from a calibration run or from bounds alone. States joined by a state link have one
/// format; the input of a decoder that reads its own output holds all that is copied there.
/// </summary>
public sealed class ValueRanges
{
    private readonly IReadOnlyDictionary<SignalId, ValueRange> _ranges;

    internal ValueRanges(IReadOnlyDictionary<SignalId, ValueRange> ranges, bool uncalibrated, IReadOnlyList<string> warnings)
    {
        _ranges = ranges;
        Uncalibrated = uncalibrated;
        Warnings = warnings;
    }

    /// <summary>True when no recording was seen: the ranges are bounds, and the report says UNCALIBRATED.</summary>
    public bool Uncalibrated { get; }

    /// <summary>What the user should know, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>All signals with their ranges.</summary>
    public IReadOnlyDictionary<SignalId, ValueRange> Signals => _ranges;

    /// <summary>The range of a value: 0 is the graph's input, k the output of node k - 1.</summary>
    /// <exception cref="KeyNotFoundException">The model has no such value.</exception>
    public ValueRange Of(GraphPart graph, int value) => _ranges[new SignalId(graph, value)];

    /// <summary>The range of a signal.</summary>
    /// <exception cref="KeyNotFoundException">The model has no such signal.</exception>
    public ValueRange Of(SignalId signal) => _ranges[signal];
}
