using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>Writes section GRPH: the layers of one or two graphs as records (FORMAT.md, "Layer record").</summary>
internal static class GraphSectionWriter
{
    /// <summary>A float model.</summary>
    public static byte[] Write(RecurrentGraph graph, TensorWriter tensors)
    {
        ByteWriter writer = new();
        writer.Byte(graph.Decoder == null ? 1 : 2);
        WriteGraph(writer, graph.Main, 0, node => LayerFields.Of(node), tensors);
        if (graph.Decoder != null) WriteGraph(writer, graph.Decoder, 0, node => LayerFields.Of(node), tensors);
        return writer.ToArray();
    }

    /// <summary>A quantized model.</summary>
    public static byte[] Write(QuantizedGraph graph, TensorWriter tensors)
    {
        ByteWriter writer = new();
        writer.Byte(graph.Decoder == null ? 1 : 2);
        WriteGraph(writer, graph.Source.Main, graph.Main.InputBits, graph.Main.FieldsOf, tensors);
        if (graph.Decoder != null)
            WriteGraph(writer, graph.Source.Decoder!, graph.Decoder.InputBits, graph.Decoder.FieldsOf, tensors);
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

    private static void WriteGraph(ByteWriter writer, Subgraph graph, int inputBits, Func<GraphNode, LayerFields> fieldsOf,
        TensorWriter tensors)
    {
        if (graph.Nodes.Count > ModelLimits.MaxNodes)
        {
            throw new ConversionException($"the graph has {graph.Nodes.Count} layers, at most {ModelLimits.MaxNodes} are allowed; " +
                "split the model");
        }
        writer.Int32(graph.InputSize);
        writer.Int32(graph.Nodes.Count);
        writer.Int32(graph.Outputs.Count);
        writer.Byte(inputBits & 0xFF);
        foreach (GraphNode node in graph.Nodes) WriteNode(writer, node, fieldsOf(node), tensors);
        WriteSegments(writer, graph.Outputs);
    }

    private static void WriteNode(ByteWriter writer, GraphNode node, LayerFields fields, TensorWriter tensors)
    {
        if (node.Inputs.Count > byte.MaxValue)
        {
            throw new ConversionException($"{node.Name}: reads {node.Inputs.Count} pieces, at most {byte.MaxValue} are allowed; " +
                "join them in a layer of their own");
        }
        writer.Byte(fields.Kind);
        writer.ShortText(node.Name);
        writer.Byte(node.Inputs.Count);
        writer.Byte(fields.Tensors.Count);
        writer.Byte(fields.Activations.Count);
        writer.Byte(fields.Parameters.Count);
        writer.Int32(node.OutputSize);
        writer.Byte((int)fields.Scheme);
        writer.Byte(fields.OutputBits & 0xFF);
        WriteSegments(writer, node.Inputs);
        foreach ((int role, StoredTensor tensor) in fields.Tensors)
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
