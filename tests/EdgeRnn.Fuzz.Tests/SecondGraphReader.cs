using System;
using System.Linq;
using static EdgeRnn.Tests.SecondCursor;

namespace EdgeRnn.Tests;

/// <summary>Graphs, layer records and segments, as FORMAT.md lays them out.</summary>
internal static class SecondGraphReader
{
    private const int MaxFeatures = 65535;

    public static SecondGraph Read(SecondCursor cursor, bool quantized)
    {
        int inputSize = cursor.I32(1, MaxFeatures, "inputSize");
        int layerCount = cursor.I32(0, 1024, "layerCount");
        int outputSegments = cursor.I32(1, 1024, "outputSegmentCount");
        int inputBits = ReadBits(cursor, quantized, "inputBits");
        SecondLayer[] layers = new SecondLayer[layerCount];
        SecondGraph graph = new(quantized, inputSize, inputBits, layers, []);
        for (int i = 0; i < layerCount; i++) layers[i] = ReadLayer(cursor, graph, i + 1, quantized);
        return graph with { Outputs = ReadSegments(cursor, outputSegments, graph, layerCount + 1) };
    }

    /// <summary>Segments that read values below <paramref name="valueCount"/>.</summary>
    public static SecondSegment[] ReadSegments(SecondCursor cursor, int count, SecondGraph graph, int valueCount)
    {
        SecondSegment[] segments = new SecondSegment[count];
        for (int i = 0; i < count; i++)
        {
            segments[i] = new SecondSegment(cursor.U16(), cursor.I32(0, MaxFeatures, "offset"), cursor.I32(1, MaxFeatures, "length"));
            Must(segments[i].Value < valueCount, "a layer reads only values before its own");
            Must(segments[i].Offset + segments[i].Length <= graph.ValueSize(segments[i].Value), "the piece lies inside its value");
        }
        Must(segments.Sum(piece => (long)piece.Length) <= MaxFeatures, "together at most 65535 features");
        return segments;
    }

    private static SecondLayer ReadLayer(SecondCursor cursor, SecondGraph graph, int valueCount, bool quantized)
    {
        int kind = cursor.U8();
        Must(kind is >= 1 and <= 10, "kind is 1 to 10");
        string name = cursor.Text();
        int segments = cursor.U8(), tensors = cursor.U8(), activations = cursor.U8(), parameters = cursor.U8();
        Must(segments >= 1, "segmentCount is 1 to 255");
        int outputSize = cursor.I32(1, MaxFeatures, "outputSize");
        int scheme = cursor.U8(quantized ? 4 : 0, "scheme"), outputBits = ReadBits(cursor, quantized, "outputBits");
        SecondSegment[] inputs = ReadSegments(cursor, segments, graph, valueCount);
        SecondLayer layer = new()
        {
            Kind = kind,
            Name = name,
            OutputSize = outputSize,
            Scheme = scheme,
            OutputBits = outputBits,
            Inputs = inputs,
            InputBits = Array.ConvertAll(inputs, piece => graph.ValueBits(piece.Value)),
        };
        int before = -1;
        for (int i = 0; i < tensors; i++)
        {
            int role = cursor.U8();
            Must(role > before, "roles ascending, each once");
            layer.TensorIndices.Add(before = role, cursor.U16());
        }
        layer.Activations = new SecondActivation[activations];
        for (int i = 0; i < activations; i++)
        {
            layer.Activations[i] = new SecondActivation(cursor.U8(13, "activation"), cursor.FiniteF32("alpha"), cursor.FiniteF32("beta"));
        }
        layer.Parameters = new int[parameters];
        for (int i = 0; i < parameters; i++) layer.Parameters[i] = cursor.I32();
        return layer;
    }

    private static int ReadBits(SecondCursor cursor, bool quantized, string name)
    {
        int bits = (sbyte)cursor.U8();
        Must(quantized ? bits is >= -15 and <= 30 : bits == 0, name + " is -15 to 30, 0 in a float model");
        return bits;
    }
}
