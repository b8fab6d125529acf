using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.StateDict;

/// <summary>Where a layer usually stands in a model, first to last.</summary>
internal enum LayerRank
{
    Embedding,
    Convolution,
    Recurrent,
    Linear,
}

/// <summary>A layer recognised by the names and shapes of its tensors, not yet wired.</summary>
/// <param name="Name">The module's name, with the number of the layer within a stack.</param>
/// <param name="Rank">Its usual place.</param>
/// <param name="InputSize">Features it reads.</param>
/// <param name="OutputSize">Features it makes.</param>
/// <param name="Description">For the user: <c>GRU 8 -> 16, reset after</c>.</param>
/// <param name="Build">Makes the node, given what it reads.</param>
internal sealed record InferredLayer(string Name, LayerRank Rank, int InputSize, int OutputSize, string Description,
    Func<IReadOnlyList<Segment>, GraphNode> Build)
{
    /// <summary>What was assumed beyond names and shapes, or null.</summary>
    public string? Assumption { get; init; }
}

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
