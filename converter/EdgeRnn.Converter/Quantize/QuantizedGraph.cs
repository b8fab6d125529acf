using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>A graph in integers: what the writer stores and the report describes.</summary>
public sealed class QuantizedGraph
{
    internal QuantizedGraph(RecurrentGraph source, QuantizedSubgraph main, QuantizedSubgraph? decoder)
    {
        Source = source;
        Main = main;
        Decoder = decoder;
    }

    /// <summary>The float graph with the layers that bring values to one format.</summary>
    public RecurrentGraph Source { get; }

    /// <summary>The graph of every time step.</summary>
    public QuantizedSubgraph Main { get; }

    /// <summary>The decoder, or null.</summary>
    public QuantizedSubgraph? Decoder { get; }

    /// <summary>Bytes of weights, biases and scales of all layers; a tensor that layers share counts in each.</summary>
    public int StoredBytes => TotalBytes(node => node.Fields);

    /// <summary>Bytes of weights and biases in a float file.</summary>
    public int FloatBytes => TotalBytes(node => LayerFields.Of(node.Source));

    /// <summary>
    /// The float graph with the weights and biases the integers stand for: what is left to compare is the arithmetic alone.
    /// </summary>
    public RecurrentGraph Dequantized()
    {
        RecurrentGraph graph = new()
        {
            Name = Source.Name,
            Main = Main.Dequantized(Source.Main),
            Decoder = Decoder?.Dequantized(Source.Decoder!),
            Window = Source.Window,
            Preprocessing = Source.Preprocessing,
            BatchAxis = Source.BatchAxis,
            BatchSize = Source.BatchSize,
        };
        return graph;
    }

    private int TotalBytes(Func<QuantizedNode, LayerFields> fields) => Main.Nodes.Concat(Decoder?.Nodes ?? []).Select(fields)
        .Sum(layer => layer.Bytes);
}

/// <summary>The layers of one graph in integers.</summary>
public sealed class QuantizedSubgraph
{
    internal QuantizedSubgraph(int inputBits, IReadOnlyList<QuantizedNode> nodes)
    {
        InputBits = inputBits;
        Nodes = nodes;
    }

    /// <summary>Fraction bits of the graph's input.</summary>
    public int InputBits { get; }

    /// <summary>The layers in execution order, those of the source graph.</summary>
    public IReadOnlyList<QuantizedNode> Nodes { get; }

    internal LayerFields FieldsOf(GraphNode node) => Nodes.First(candidate => ReferenceEquals(candidate.Source, node)).Fields;

    internal Subgraph Dequantized(Subgraph source) => new()
    {
        InputSize = source.InputSize,
        Nodes = [.. Nodes.Select(node => node.Dequantized)],
        Outputs = source.Outputs,
    };
}

/// <summary>One layer in integers.</summary>
public sealed class QuantizedNode
{
    internal QuantizedNode(GraphNode source, GraphNode dequantized, LayerFields fields, IReadOnlyList<QuantizedWeights> weights)
    {
        Source = source;
        Dequantized = dequantized;
        Fields = fields;
        Weights = weights;
    }

    /// <summary>The float layer.</summary>
    public GraphNode Source { get; }

    /// <summary>The float layer with the weights the integers stand for.</summary>
    public GraphNode Dequantized { get; }

    /// <summary>How it computes.</summary>
    public Scheme Scheme => Fields.Scheme;

    /// <summary>Fraction bits of its output.</summary>
    public int OutputBits => Fields.OutputBits;

    /// <summary>Its weight matrices with the proof that no accumulator overflows; empty for layers without or in float.</summary>
    public IReadOnlyList<QuantizedWeights> Weights { get; }

    /// <summary>Bytes of its weights, biases and scales in the file.</summary>
    public int StoredBytes => Fields.Bytes;

    /// <summary>Bytes of its weights and biases in a float file.</summary>
    public int FloatBytes => LayerFields.Of(Source).Bytes;

    internal LayerFields Fields { get; }
}
