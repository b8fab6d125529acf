using System.Collections.Generic;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>One layer.</summary>
public sealed record LayerReport
{
    /// <summary>Which graph.</summary>
    public required GraphPart Graph { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>gru, dense, ...</summary>
    public required string Kind { get; init; }

    /// <summary>How it computes.</summary>
    public required Scheme Scheme { get; init; }

    /// <summary>Bytes of weights and biases in a float file.</summary>
    public required int FloatBytes { get; init; }

    /// <summary>Bytes of weights, biases and scales in the integer file.</summary>
    public required int StoredBytes { get; init; }

    /// <summary>Bytes saved; negative where a float file is smaller.</summary>
    public int SavedBytes => FloatBytes - StoredBytes;

    /// <summary>Its signals, gates first.</summary>
    public required IReadOnlyList<SignalReport> Signals { get; init; }

    /// <summary>The proof that no accumulator overflows; empty for layers without weights or in float.</summary>
    public required IReadOnlyList<OverflowProof> Overflow { get; init; }
}

/// <summary>One signal of a layer: what it is in float, what its format holds, and what is lost.</summary>
/// <param name="Kind">Which signal.</param>
/// <param name="Gate">Which gate.</param>
/// <param name="Count">Values compared.</param>
/// <param name="Minimum">Of the reference.</param>
/// <param name="Maximum">Of the reference.</param>
/// <param name="Rms">Of the reference.</param>
/// <param name="FractionBits">k: held as v * 2^k; null where only the reference can be seen.</param>
/// <param name="Limit">The largest magnitude the format holds.</param>
/// <param name="Saturated">Values beyond the format.</param>
/// <param name="SignalToNoiseDb">10 log10 of signal power over error power; null without error or without signal.</param>
/// <param name="MaxError">Largest error; null where only the reference can be seen.</param>
public sealed record SignalReport(Signal Kind, Gate Gate, long Count, double Minimum, double Maximum, double Rms,
    int? FractionBits, double Limit, long Saturated, double? SignalToNoiseDb, double? MaxError);

/// <summary>The proof that no accumulator of a matrix overflows.</summary>
/// <param name="Matrix">Which matrix.</param>
/// <param name="WorstRowBound">The largest magnitude any accumulator can reach, over all rows.</param>
/// <param name="ShareOfLimit">That over 2^31; below 1, or the conversion would have failed.</param>
/// <param name="Blocks">Accumulators per row.</param>
public sealed record OverflowProof(string Matrix, long WorstRowBound, double ShareOfLimit, int Blocks);
