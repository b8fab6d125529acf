using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>Reads the keys <c>layers</c> and <c>outputs</c> into a graph; used for the main graph and for the decoder.</summary>
internal sealed class SubgraphReader
{
    private const int LongestName = 64;

    private static readonly Dictionary<string, Func<LayerSource, GraphNode>> _kinds = new(StringComparer.Ordinal)
    {
        ["rnn"] = RecurrentLayers.Rnn,
        ["gru"] = RecurrentLayers.Gru,
        ["lstm"] = RecurrentLayers.Lstm,
        ["dense"] = FeedForwardLayers.Dense,
        ["conv1d"] = ConvolutionLayer.Read,
        ["activation"] = FeedForwardLayers.ActivationOnly,
        ["embedding"] = FeedForwardLayers.Embedding,
        ["standardise"] = FeedForwardLayers.Standardise,
        ["add"] = FeedForwardLayers.Add,
        ["multiply"] = FeedForwardLayers.Multiply,
        ["argmax"] = FeedForwardLayers.ArgMax,
    };

    private readonly TensorReferences _tensors;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal) { Wiring.Input };

    public SubgraphReader(TensorReferences tensors) => _tensors = tensors;

    /// <summary>The words <c>kind</c> may hold.</summary>
    public static IEnumerable<string> Kinds => _kinds.Keys;

    /// <summary>Reads one graph.</summary>
    /// <param name="body">The object that holds the two keys.</param>
    /// <param name="inputSize">Features per step of its input.</param>
    /// <returns>The graph, and the names of its values for whatever refers to them.</returns>
    public (Subgraph Graph, Wiring Wiring) Read(SourceObject body, int inputSize)
    {
        Wiring wiring = new(inputSize);
        List<GraphNode> nodes = [];
        SourceValue layers = body.Required("layers");
        foreach (SourceValue layer in layers.AsList())
        {
            if (nodes.Count == ModelLimits.MaxNodes) throw layers.Fail($"expected at most {ModelLimits.MaxNodes} layers");
            GraphNode node = ReadLayer(layer, wiring);
            nodes.Add(node);
            wiring.Add(node.Name, node.OutputSize);
        }
        Subgraph graph = new() { InputSize = inputSize, Nodes = nodes, Outputs = wiring.Read(body.Required("outputs")) };
        return (graph, wiring);
    }

    private GraphNode ReadLayer(SourceValue value, Wiring wiring)
    {
        SourceObject body = value.AsObject();
        string name = ReadName(body.Required("name"));
        Func<LayerSource, GraphNode> reader = body.Required("kind").AsChoice(_kinds);
        IReadOnlyList<Segment> inputs = body.Optional("inputs") is { } read ? wiring.Read(read) : [wiring.Latest];
        GraphNode node = reader(new LayerSource(body, name, inputs, _tensors));
        body.Close();
        return node;
    }

    private string ReadName(SourceValue value)
    {
        string name = value.AsText();
        if (name.Length is 0 or > LongestName) throw value.Fail($"expected 1 to {LongestName} characters, found {name.Length}");
        return _names.Add(name) ? name
            : throw value.Fail($"{SourceValue.Quote(name)} is taken; names are unique over the whole file, " +
                $"and '{Wiring.Input}' is the input");
    }
}
