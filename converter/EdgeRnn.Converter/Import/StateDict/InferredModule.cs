using System.Collections.Generic;

namespace EdgeRnn.Converter.Import.StateDict;

/// <summary>The layers of one module: one, or a stack in fixed order.</summary>
/// <param name="Name">The module.</param>
/// <param name="Layers">Its layers, each reading the one before it.</param>
internal sealed record InferredModule(string Name, IReadOnlyList<InferredLayer> Layers)
{
    /// <summary>What else the same tensors may be, if the sizes rule this reading out.</summary>
    public InferredModule? Alternative { get; init; }

    public LayerRank Rank => Layers[0].Rank;

    public int InputSize => Layers[0].InputSize;

    public int OutputSize => Layers[^1].OutputSize;

    /// <summary>For messages: <c>head 16 -> 8</c>.</summary>
    public override string ToString() => $"{Name} {InputSize} -> {OutputSize}";
}
