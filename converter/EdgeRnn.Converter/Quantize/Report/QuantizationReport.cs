using System.Collections.Generic;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>
/// What becoming integers did to a model. <see cref="ReportBuilder"/> measures it, <see cref="ReportFile"/> writes it.
/// </summary>
/// <remarks>
/// Error ratios are sum (y - reference)^2 / sum reference^2 and null where there is nothing to compare. The reference is the
/// float graph in double precision with the true exponential.
/// </remarks>
public sealed record QuantizationReport
{
    /// <summary>Grows when a field changes its meaning; new fields may come at any time.</summary>
    public const int CurrentSchema = 1;

    /// <summary>See <see cref="CurrentSchema"/>.</summary>
    public int SchemaVersion { get; init; } = CurrentSchema;

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>One sentence: what loses most.</summary>
    public required string Headline { get; init; }

    /// <summary>True when ranges are bounds because no recording was given.</summary>
    public required bool Uncalibrated { get; init; }

    /// <summary>What was fed.</summary>
    public required DataReport Data { get; init; }

    /// <summary>Answers of the integer model against the reference.</summary>
    public required TaskReport Task { get; init; }

    /// <summary>What each gate contributes to the error of the answer, the worst first.</summary>
    public required IReadOnlyList<GateDamage> Damage { get; init; }

    /// <summary>The input after standardisation, against its rounded form; null when nothing was fed.</summary>
    public required SignalReport? Input { get; init; }

    /// <summary>The layers in execution order, the decoder's last.</summary>
    public required IReadOnlyList<LayerReport> Layers { get; init; }

    /// <summary>How far states run away; null when it was not asked for.</summary>
    public required DriftReport? Drift { get; init; }

    /// <summary>Bytes of weights.</summary>
    public required SizeReport Size { get; init; }

    /// <summary>Layers to keep at higher precision; null when it was not asked for.</summary>
    public required MixSuggestion? Suggestion { get; init; }

    /// <summary>What the user should know, one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>What the models were fed to be compared.</summary>
/// <param name="IsNoise">Standard-normal noise (in standardised units) instead of a recording.</param>
/// <param name="Seed">Of the noise; null for a recording.</param>
/// <param name="Steps">Steps compared.</param>
/// <param name="SkippedSteps">Steps of the recording left out because values were missing.</param>
public sealed record DataReport(bool IsNoise, int? Seed, long Steps, long SkippedSteps);

/// <summary>Answers against the reference.</summary>
/// <param name="Answers">Frames compared.</param>
/// <param name="ErrorRatio">Over all features; null when no answer came or all were zero.</param>
/// <param name="Rms">Root mean square of the error.</param>
/// <param name="Max">Largest error.</param>
/// <param name="Outputs">The same per feature of a frame.</param>
public sealed record TaskReport(long Answers, double? ErrorRatio, double Rms, double Max, IReadOnlyList<OutputError> Outputs);

/// <summary>One feature of the answer against the reference.</summary>
/// <param name="Index">Which feature.</param>
/// <param name="ErrorRatio">Null when no answer came or all were zero.</param>
/// <param name="Rms">Root mean square of the error.</param>
/// <param name="Max">Largest error.</param>
/// <param name="SignalRms">Root mean square of the reference.</param>
public sealed record OutputError(int Index, double? ErrorRatio, double Rms, double Max, double SignalRms);

/// <summary>
/// What one part of a model costs: the error of the answer when it alone is rounded and all else is float.
/// </summary>
/// <param name="Graph">Which graph.</param>
/// <param name="Layer">The layer; an empty text for what concerns the whole model.</param>
/// <param name="Gate">Which gate; <see cref="Quantize.Gate.None"/> for layers without.</param>
/// <param name="Part">The words for it: "update gate", "weights", "projection", "input rounding", "16-bit arithmetic".</param>
/// <param name="ErrorRatio">Of the answer.</param>
/// <param name="Share">Of the sum over all parts, 0 to 1.</param>
public sealed record GateDamage(GraphPart Graph, string Layer, Gate Gate, string Part, double ErrorRatio, double Share);

/// <summary>Bytes of weights, biases and scales. The structure of a file is the same in float and is not counted.</summary>
/// <param name="FloatBytes">In a float file.</param>
/// <param name="StoredBytes">In the integer file.</param>
/// <param name="FileBytes">The whole integer file.</param>
public sealed record SizeReport(int FloatBytes, int StoredBytes, int FileBytes)
{
    /// <summary>Bytes saved; negative where a float file is smaller.</summary>
    public int SavedBytes => FloatBytes - StoredBytes;

    /// <summary>Stored over float.</summary>
    public double Share => FloatBytes == 0 ? 1 : (double)StoredBytes / FloatBytes;
}
