using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Import.Onnx.Proto;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace EdgeRnn.Converter.Tests.Onnx;

/// <summary>Changes one thing in a graph that is still well-formed protobuf.</summary>
internal static class StructureDamage
{
    private static readonly long[] _numbers = [0, 1, -1, 2, 3, 7, -7, 13, 1 << 20, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];

    public static void Apply(GraphProto graph, Random random)
    {
        Action[] ways =
        [
            () => Rename(Any(graph.Node, random)?.Input, graph, random),
            () => Rename(Any(graph.Output.Select(output => output).ToList(), random), graph, random),
            () => Retype(Any(graph.Node, random), graph, random),
            () => Attribute(Any(graph.Node, random), random),
            () => Attribute(Any(graph.Node, random), random),
            () => Drop(Any(graph.Node, random)?.Attribute, random),
            () => Drop(Any(graph.Node, random)?.Input, random),
            () => Drop(graph.Node, random),
            () => Resize(Any(graph.Initializer, random), random),
            () => Resize(Any(graph.Initializer, random), random),
            () => Values(Any(graph.Initializer.Concat(Stored(graph)).ToList(), random), random),
            () => Values(Any(graph.Initializer.Concat(Stored(graph)).ToList(), random), random),
            () => Axis(Any(graph.Input, random), random),
        ];
        ways[random.Next(ways.Length)]();
    }

    private static IEnumerable<TensorProto> Stored(GraphProto graph) =>
        graph.Node.SelectMany(node => node.Attribute).Where(attribute => attribute.T != null).Select(attribute => attribute.T);

    private static T? Any<T>(IList<T> items, Random random) where T : class => items.Count == 0 ? null : items[random.Next(items.Count)];

    private static string AnyName(GraphProto graph, Random random) =>
        Any(graph.Node.SelectMany(node => node.Input.Concat(node.Output)).ToList(), random) ?? "";

    private static void Rename(RepeatedField<string>? names, GraphProto graph, Random random)
    {
        if (names is { Count: > 0 }) names[random.Next(names.Count)] = AnyName(graph, random);
    }

    private static void Rename(ValueInfoProto? output, GraphProto graph, Random random)
    {
        if (output != null) output.Name = AnyName(graph, random);
    }

    private static void Retype(NodeProto? node, GraphProto graph, Random random)
    {
        if (node != null) node.OpType = Any(graph.Node, random)!.OpType;
    }

    private static void Attribute(NodeProto? node, Random random)
    {
        if (node == null || node.Attribute.Count == 0) return;
        AttributeProto attribute = node.Attribute[random.Next(node.Attribute.Count)];
        attribute.I = Number(random);
        attribute.F = Number(random);
        if (attribute.Ints.Count > 0) attribute.Ints[random.Next(attribute.Ints.Count)] = Number(random);
    }

    private static void Drop<T>(RepeatedField<T>? items, Random random)
    {
        if (items is { Count: > 0 }) items.RemoveAt(random.Next(items.Count));
    }

    private static void Resize(TensorProto? tensor, Random random)
    {
        if (tensor == null) return;
        switch (random.Next(3))
        {
            case 0: tensor.Dims.Add(1); break;
            case 1: Drop(tensor.Dims, random); break;
            default: if (tensor.Dims.Count > 0) tensor.Dims[random.Next(tensor.Dims.Count)] = Number(random); break;
        }
        if (random.Next(2) == 0) FitData(tensor);
    }

    // Gives the tensor as many bytes as its new shape needs, so that the next check is reached.
    private static void FitData(TensorProto tensor)
    {
        long count = tensor.Dims.Aggregate(1L, (product, size) => size is < 0 or > 4096 || product > 4096 ? -1 : product * size);
        if (count < 0) return;
        tensor.RawData = ByteString.CopyFrom(new byte[count * (tensor.DataType == 7 ? 8 : 4)]);
    }

    private static void Values(TensorProto? tensor, Random random)
    {
        if (tensor is not { DataType: 7, RawData.Length: >= 8 }) return;
        byte[] raw = tensor.RawData.ToByteArray();
        BitConverter.TryWriteBytes(raw.AsSpan(random.Next(raw.Length / 8) * 8), Number(random));
        tensor.RawData = ByteString.CopyFrom(raw);
    }

    private static void Axis(ValueInfoProto? input, Random random)
    {
        ShapeProto? shape = input?.Type?.TensorType?.Shape;
        if (shape == null || shape.Dim.Count == 0) return;
        if (random.Next(3) == 0) shape.Dim.RemoveAt(random.Next(shape.Dim.Count));
        else shape.Dim[random.Next(shape.Dim.Count)] = new DimensionProto { DimValue = Number(random) };
    }

    private static long Number(Random random) => _numbers[random.Next(_numbers.Length)];
}
