using System;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.StateDict;

/// <summary>nn.Linear, nn.Embedding and nn.Conv1d, told apart by the axes of <c>weight</c>, the bias and the name.</summary>
internal static class FeedForwardModules
{
    /// <summary>The module, if the group has the parameters of one.</summary>
    /// <param name="group">Tensors of one module; those used are taken out.</param>
    public static InferredModule? TryRead(ParameterGroup group)
    {
        if (!group.Has("weight")) return null;
        string name = group.Name.Length > 0 ? group.Name : "layer";
        return group.RankOf("weight") switch
        {
            2 when group.Has("bias") => Linear(group, name),
            2 => LinearOrEmbedding(group, name),
            3 => new InferredModule(name, [Convolution(group, name)]),
            _ => null,
        };
    }

    private static InferredModule Linear(ParameterGroup group, string name)
    {
        Tensor weights = group.Take("weight", rank: 2);
        return new InferredModule(name, [Linear(name, weights, group.TakeBias("bias", weights.Shape[0]))]);
    }

    /// <summary>A matrix alone may be either; the name decides, and then whether the next layer can read the result.</summary>
    private static InferredModule LinearOrEmbedding(ParameterGroup group, string name)
    {
        Tensor weights = group.Take("weight", rank: 2);
        InferredModule embedding = new(name, [Embedding(name, weights)]);
        if (name.Contains("emb", StringComparison.OrdinalIgnoreCase)) return embedding;
        string assumption = $"{name}: a linear layer without bias is assumed; an nn.Embedding is recognised by \"emb\" in its name";
        return new InferredModule(name, [Linear(name, weights, null) with { Assumption = assumption }]) { Alternative = embedding };
    }

    private static InferredLayer Embedding(string name, Tensor table) => new(name, LayerRank.Embedding, 1, table.Shape[1],
        $"embedding of {table.Shape[0]} indices -> {table.Shape[1]}", inputs => new EmbeddingNode(name, inputs, table));

    private static InferredLayer Linear(string name, Tensor weights, Tensor? bias) => new(name, LayerRank.Linear, weights.Shape[1],
        weights.Shape[0], $"linear {weights.Shape[1]} -> {weights.Shape[0]}",
        inputs => new DenseNode(name, inputs, weights, bias, Activation.Linear));

    private static InferredLayer Convolution(ParameterGroup group, string name)
    {
        Tensor weights = group.Take("weight", rank: 3);
        Tensor? bias = group.TakeBias("bias", weights.Shape[0]);
        string description = $"convolution {weights.Shape[1]} -> {weights.Shape[0]} over {weights.Shape[2]} steps";
        return new InferredLayer(name, LayerRank.Convolution, weights.Shape[1], weights.Shape[0], description,
            inputs => new ConvNode(name, inputs, weights, bias, Activation.Linear))
        {
            Assumption = $"{name}: stride 1, dilation 1, one group and no padding are assumed, so the first {weights.Shape[2] - 1} samples " +
                "have no answer",
        };
    }
}
