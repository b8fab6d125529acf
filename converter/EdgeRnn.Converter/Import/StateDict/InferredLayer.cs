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
