using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeRnn.Benchmarks;

/// <summary>
/// A <see cref="BenchmarkCase"/> as an ONNX model of one step: inputs x [1, 1, inputSize], h and for LSTM c [1, 1, hiddenSize]; outputs
/// y [1, 1, 1], hn and cn. Only the few messages of the format that this takes.
/// </summary>
public static class OnnxFile
{
    private const int IrVersion = 8, Opset = 14, FloatElement = 1;
    private const int AttributeInt = 2;

    /// <summary>The network.</summary>
    public static byte[] Step(BenchmarkCase network)
    {
        CellWeights weights = network.Weights();
        int hidden = network.HiddenSize, input = network.InputSize, gates = network.Gates;
        // Canonical LSTM i f g o, in ONNX i o f g.
        int[] order = network.Cell == "lstm" ? [0, 3, 1, 2] : [.. Enumerable.Range(0, gates)];
        float[] ordered(float[] values, int width) => [.. order.SelectMany(gate => values.AsSpan(gate * width, width).ToArray())];
        float[] recurrentBias = new float[gates * hidden];
        if (network.Cell == "gru") weights.Bias.AsSpan(3 * hidden).CopyTo(recurrentBias.AsSpan(2 * hidden));
        float[] bias = [.. ordered(weights.Bias, hidden), .. recurrentBias];
        bool hasCell = network.Cell == "lstm";
        string[] states = hasCell ? ["h", "c"] : ["h"];
        List<byte[]> attributes = [Attribute("hidden_size", hidden)];
        if (network.Cell == "gru") attributes.Add(Attribute("linear_before_reset", 1));
        byte[] cell = Node(network.Cell.ToUpperInvariant(), ["x", "W", "R", "B", "", .. states], ["", .. states.Select(state => state + "n")], attributes);
        return Model(
            [cell, Node("MatMul", ["hn", "V"], ["product"], []), Node("Add", ["product", "v"], ["y"], [])],
            [
                Floats("W", ordered(weights.Input, hidden * input), 1, gates * hidden, input),
                Floats("R", ordered(weights.Recurrent, hidden * hidden), 1, gates * hidden, hidden),
                Floats("B", bias, 1, 2 * gates * hidden),
                Floats("V", weights.Head, hidden, 1),
                Floats("v", [weights.HeadBias], 1),
            ],
            [Value("x", input), .. states.Select(state => Value(state, hidden))],
            [Value("y", 1), .. states.Select(state => Value(state + "n", hidden))]);
    }

    /// <summary>Takes and gives as many numbers and computes nothing: what a call costs alone.</summary>
    public static byte[] Identity(BenchmarkCase network)
    {
        string[] states = network.Cell == "lstm" ? ["h", "c"] : ["h"];
        return Model(
            [Node("Identity", ["x"], ["y"], []), .. states.Select(state => Node("Identity", [state], [state + "n"], []))], [],
            [Value("x", network.InputSize), .. states.Select(state => Value(state, network.HiddenSize))],
            [Value("y", network.InputSize), .. states.Select(state => Value(state + "n", network.HiddenSize))]);
    }

    private static byte[] Model(IEnumerable<byte[]> nodes, IEnumerable<byte[]> tensors, IEnumerable<byte[]> inputs, IEnumerable<byte[]> outputs)
    {
        byte[] graph = [.. nodes.SelectMany(node => Field(1, node)), .. Field(2, "step"), .. tensors.SelectMany(tensor => Field(5, tensor)),
            .. inputs.SelectMany(value => Field(11, value)), .. outputs.SelectMany(value => Field(12, value))];
        return [.. Field(1, IrVersion), .. Field(2, "edgernn"), .. Field(7, graph), .. Field(8, Field(2, Opset))];
    }

    private static byte[] Node(string kind, IEnumerable<string> inputs, IEnumerable<string> outputs, IEnumerable<byte[]> attributes) =>
        [.. inputs.SelectMany(name => Field(1, name)), .. outputs.SelectMany(name => Field(2, name)), .. Field(4, kind),
            .. attributes.SelectMany(attribute => Field(5, attribute))];

    private static byte[] Attribute(string name, int value) => [.. Field(1, name), .. Field(3, value), .. Field(20, AttributeInt)];

    private static byte[] Floats(string name, float[] values, params int[] shape) => [.. shape.SelectMany(size => Field(1, size)),
        .. Field(2, FloatElement), .. Field(8, name), .. Field(9, MemoryMarshal.AsBytes(values.AsSpan()).ToArray())];

    private static byte[] Value(string name, int features)
    {
        byte[] shape = [.. new[] { 1, 1, features }.SelectMany(size => Field(1, Field(1, size)))];
        return [.. Field(1, name), .. Field(2, Field(1, (byte[])[.. Field(1, FloatElement), .. Field(2, shape)]))];
    }

    private static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int number, byte[] content) => [.. Varint((uint)number << 3 | 2), .. Varint((uint)content.Length), .. content];

    private static byte[] Field(int number, int value) => [.. Varint((uint)number << 3), .. Varint((uint)value)];

    private static byte[] Varint(uint value)
    {
        using MemoryStream bytes = new();
        for (; value >= 0x80; value >>= 7) bytes.WriteByte((byte)(value | 0x80));
        bytes.WriteByte((byte)value);
        return bytes.ToArray();
    }
}
