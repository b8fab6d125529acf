using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>Writes section GRPH: the layers of one or two graphs as records (FORMAT.md, "Layer record").</summary>
internal static class GraphSectionWriter
{
    public static byte[] Write(RecurrentGraph graph, TensorWriter tensors)
    {
        ByteWriter writer = new();
        writer.Byte(graph.Decoder == null ? 1 : 2);
        WriteGraph(writer, graph.Main, tensors);
        if (graph.Decoder != null) WriteGraph(writer, graph.Decoder, tensors);
        return writer.ToArray();
    }

    public static void WriteSegments(ByteWriter writer, IReadOnlyList<Segment> segments)
    {
        foreach (Segment segment in segments)
        {
            writer.UInt16(segment.Value);
            writer.Int32(segment.Offset);
            writer.Int32(segment.Length);
        }
    }

    private static void WriteGraph(ByteWriter writer, Subgraph graph, TensorWriter tensors)
    {
        if (graph.Nodes.Count > ModelLimits.MaxNodes)
        {
            throw new ConversionException($"the graph has {graph.Nodes.Count} layers, at most {ModelLimits.MaxNodes} are allowed; " +
                "split the model");
        }
        writer.Int32(graph.InputSize);
        writer.Int32(graph.Nodes.Count);
        writer.Int32(graph.Outputs.Count);
        foreach (GraphNode node in graph.Nodes) WriteNode(writer, node, tensors);
        WriteSegments(writer, graph.Outputs);
    }

    private static void WriteNode(ByteWriter writer, GraphNode node, TensorWriter tensors)
    {
        if (node.Inputs.Count > byte.MaxValue)
        {
            throw new ConversionException($"{node.Name}: reads {node.Inputs.Count} pieces, at most {byte.MaxValue} are allowed; " +
                "join them in a layer of their own");
        }
        LayerFields fields = LayerFields.Of(node);
        writer.Byte(fields.Kind);
        writer.ShortText(node.Name);
        writer.Byte(node.Inputs.Count);
        writer.Byte(fields.Tensors.Count);
        writer.Byte(fields.Activations.Count);
        writer.Byte(fields.Parameters.Count);
        writer.Int32(node.OutputSize);
        WriteSegments(writer, node.Inputs);
        foreach ((int role, Tensor tensor) in fields.Tensors)
        {
            writer.Byte(role);
            writer.UInt16(tensors.Add(tensor));
        }
        foreach (Activation activation in fields.Activations)
        {
            writer.Byte((int)activation.Kind);
            writer.Single(activation.Alpha);
            writer.Single(activation.Beta);
        }
        foreach (int parameter in fields.Parameters) writer.Int32(parameter);
    }
}

/// <summary>What a node puts into its record: kind, tensors by role, activations, parameters.</summary>
internal sealed class LayerFields
{
    private LayerFields(int kind) => Kind = kind;

    public int Kind { get; }

    public SortedDictionary<int, Tensor> Tensors { get; } = [];

    public List<Activation> Activations { get; } = [];

    public List<int> Parameters { get; } = [];

    public static LayerFields Of(GraphNode node) => node switch
    {
        DenseNode dense => new LayerFields(LayerKind.Dense)
            .With(TensorRole.InputWeights, dense.Weights).With(TensorRole.Bias, dense.Bias).With(dense.Activation),
        RnnNode rnn => new LayerFields(LayerKind.Rnn)
            .With(TensorRole.InputWeights, rnn.InputWeights).With(TensorRole.RecurrentWeights, rnn.RecurrentWeights)
            .With(TensorRole.Bias, rnn.Bias).With(TensorRole.InitialHidden, rnn.InitialHidden)
            .With(rnn.Activation).With(rnn.PreActivationClip),
        LstmNode lstm => new LayerFields(LayerKind.Lstm)
            .With(TensorRole.InputWeights, lstm.InputWeights).With(TensorRole.RecurrentWeights, lstm.RecurrentWeights)
            .With(TensorRole.Bias, lstm.Bias).With(TensorRole.Peepholes, lstm.Peepholes)
            .With(TensorRole.Projection, lstm.Projection).With(TensorRole.ProjectionBias, lstm.ProjectionBias)
            .With(TensorRole.InitialHidden, lstm.InitialHidden).With(TensorRole.InitialCell, lstm.InitialCell)
            .With(lstm.GateActivation).With(lstm.CellActivation).With(lstm.OutputActivation)
            .With((int)lstm.Coupling).With(lstm.PreActivationClip).With(lstm.CellSize),
        GruNode gru => new LayerFields(LayerKind.Gru)
            .With(TensorRole.InputWeights, gru.InputWeights).With(TensorRole.RecurrentWeights, gru.RecurrentWeights)
            .With(TensorRole.Bias, gru.Bias).With(TensorRole.InitialHidden, gru.InitialHidden)
            .With(gru.GateActivation).With(gru.CandidateActivation)
            .With(gru.ResetAfter ? 1 : 0).With(gru.PreActivationClip),
        EmbeddingNode embedding => new LayerFields(LayerKind.Embedding).With(TensorRole.Table, embedding.Table),
        ConvNode conv => new LayerFields(LayerKind.Conv)
            .With(TensorRole.InputWeights, conv.Weights).With(TensorRole.Bias, conv.Bias).With(conv.Activation)
            .With(conv.Weights.Shape[2]).With(conv.Dilation).With(conv.Groups).With(conv.Stride).With(conv.PaddedStart ? 1 : 0),
        ActivationNode activation => new LayerFields(LayerKind.Activation).With(activation.Activation),
        StandardiseNode standardise => new LayerFields(LayerKind.Standardise)
            .With(TensorRole.Mean, standardise.Mean).With(TensorRole.InverseScale, standardise.InverseScale)
            .With(standardise.Clip),
        PairwiseNode pairwise => new LayerFields(LayerKind.Pairwise).With(pairwise.Multiply ? 1 : 0),
        ArgMaxNode => new LayerFields(LayerKind.ArgMax),
        _ => throw new ConversionException($"{node.Name}: {node.GetType().Name} has no form in the .ernn format"),
    };

    private LayerFields With(int role, Tensor? tensor)
    {
        if (tensor != null) Tensors.Add(role, tensor);
        return this;
    }

    private LayerFields With(Activation activation)
    {
        Activations.Add(activation);
        return this;
    }

    private LayerFields With(int parameter)
    {
        Parameters.Add(parameter);
        return this;
    }

    private LayerFields With(float parameter) => With(BitConverter.SingleToInt32Bits(parameter));
}
