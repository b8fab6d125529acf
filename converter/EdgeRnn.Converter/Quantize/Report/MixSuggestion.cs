using System.Collections.Generic;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>Which layers to keep at higher precision so that the weights stay within a share of their size in float.</summary>
/// <remarks>
/// Sizes are bytes of weights, biases and scales; the structure of a file, the same in float, is not counted.
/// </remarks>
public sealed record MixSuggestion
{
    /// <summary>The largest size allowed, as a share of the size in float.</summary>
    public required double Budget { get; init; }

    /// <summary>Layers and their schemes, in execution order; empty where no change helps or fits.</summary>
    public required IReadOnlyList<LayerChoice> Layers { get; init; }

    /// <summary>Error ratio of the answer before; null when nothing could be measured.</summary>
    public required double? ErrorRatioBefore { get; init; }

    /// <summary>Error ratio of the answer with the suggestion.</summary>
    public required double? ErrorRatio { get; init; }

    /// <summary>Size with the suggestion, as a share of the size in float.</summary>
    public required double Share { get; init; }

    /// <summary>What raising each layer alone does, the most effective first.</summary>
    public required IReadOnlyList<LayerChoice> Alone { get; init; }
}

/// <summary>One layer at another precision.</summary>
/// <param name="Layer">Its name.</param>
/// <param name="Scheme">How it would compute.</param>
/// <param name="ErrorRatio">Error ratio of the answer then.</param>
/// <param name="AddedBytes">Bytes it would cost.</param>
public sealed record LayerChoice(string Layer, Scheme Scheme, double ErrorRatio, int AddedBytes);
