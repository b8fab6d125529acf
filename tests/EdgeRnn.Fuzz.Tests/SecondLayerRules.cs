using System;
using System.Linq;
using static EdgeRnn.Tests.SecondCursor;

namespace EdgeRnn.Tests;

/// <summary>What each kind of layer takes: tensors with their shapes, activations, parameters.</summary>
internal static class SecondLayerRules
{
    public const int Softmax = 6;
    private const int MostTaps = 1 << 20;

    public static void Check(SecondModel model)
    {
        foreach (SecondLayer layer in model.Graphs.SelectMany(graph => graph.Layers))
        {
            if (layer.IsInteger) SecondIntegerRules.Check(layer);
            else CheckLayer(layer);
        }
    }

    private static void CheckLayer(SecondLayer layer)
    {
        int i = layer.InputSize, o = layer.OutputSize;
        Must(layer.Tensors.Values.All(tensor => tensor.Type == SecondTensor.Float32), "the tensors of a float layer are float32");
        switch (layer.Kind)
        {
            case SecondLayer.Dense:
                Takes(layer, [1], [2], activations: 1, parameters: 0);
                Shape(layer, 1, o, i);
                Shape(layer, 2, o);
                break;
            case SecondLayer.Rnn:
                Takes(layer, [1, 2, 3], [4], activations: 1, parameters: 1);
                CheckCell(layer, o, biasBlocks: 1);
                break;
            case SecondLayer.Lstm:
                CheckLstm(layer);
                break;
            case SecondLayer.Gru:
                Takes(layer, [1, 2, 3], [4], activations: 2, parameters: 2);
                Must(layer.Parameters[0] is 0 or 1, "reset after is 0 or 1");
                CheckCell(layer, o, biasBlocks: 3 + layer.Parameters[0]);
                break;
            case SecondLayer.Embedding:
                Takes(layer, [9], [], activations: 0, parameters: 0);
                Must(i == 1, "an embedding reads one feature");
                Must(layer.Tensors[9].Shape is [_, int width] && width == o, "table is [vocabulary, O]");
                break;
            case SecondLayer.Conv:
                CheckConv(layer);
                break;
            case SecondLayer.Activation:
                Takes(layer, [], [], activations: 1, parameters: 0);
                Must(o == i, "O = I");
                break;
            case SecondLayer.Standardise:
                Takes(layer, [10, 11], [], activations: 0, parameters: 1);
                Must(o == i, "O = I");
                Shape(layer, 10, i);
                Shape(layer, 11, i);
                CheckClip(layer);
                break;
            case SecondLayer.Pairwise:
                Takes(layer, [], [], activations: 0, parameters: 1);
                Must(layer.Parameters[0] is 0 or 1, "0 add, 1 multiply");
                Must(i == 2 * o, "I = 2 O");
                break;
            default:
                Takes(layer, [], [], activations: 0, parameters: 0);
                Must(o == 1, "O = 1");
                break;
        }
    }

    private static void CheckLstm(SecondLayer layer)
    {
        Takes(layer, [1, 2, 3], [4, 5, 6, 7, 8], activations: 3, parameters: 3);
        Must(layer.Parameters[0] is >= 0 and <= 2, "coupling is 0 to 2");
        int c = layer.CellSize, h = layer.OutputSize;
        Must(c is >= 1 and <= 65535, "C is 1 to 65535");
        CheckCell(layer, c, biasBlocks: layer.Gates);
        Shape(layer, 5, 3 * c);
        Shape(layer, 6, h, c);
        Shape(layer, 7, h);
        Shape(layer, 8, c);
        Must(layer.Tensors.ContainsKey(6) || !layer.Tensors.ContainsKey(7), "b_p needs W_p");
        Must(layer.Tensors.ContainsKey(6) || h == c, "W_p is required when H is not C");
    }

    private static void CheckCell(SecondLayer layer, int rows, int biasBlocks)
    {
        Shape(layer, 1, layer.Gates * rows, layer.InputSize);
        Shape(layer, 2, biasBlocks * rows);
        Shape(layer, 3, layer.Gates * rows, layer.OutputSize);
        Shape(layer, 4, layer.OutputSize);
        CheckClip(layer);
        Elementwise(layer);
    }

    private static void CheckConv(SecondLayer layer)
    {
        Takes(layer, [1], [2], activations: 1, parameters: 5);
        CheckTaps(layer);
        Shape(layer, 1, layer.OutputSize, layer.InputSize / layer.Groups, layer.Kernel);
        Shape(layer, 2, layer.OutputSize);
        Elementwise(layer);
    }

    public static void CheckTaps(SecondLayer layer)
    {
        foreach (int parameter in new[] { layer.Kernel, layer.Dilation, layer.Stride })
            Must(parameter is >= 1 and <= MostTaps, "kernel, dilation and stride are 1 to 2^20");
        Must(layer.Groups >= 1 && layer.InputSize % layer.Groups == 0 && layer.OutputSize % layer.Groups == 0, "groups divides I and O");
        Must(layer.Parameters[4] is 0 or 1, "padded start is 0 or 1");
    }

    public static void Elementwise(SecondLayer layer) =>
        Must(layer.Activations.All(activation => activation.Kind != Softmax), "softmax only in dense and activation layers");

    public static void CheckClip(SecondLayer layer) => Must(float.IsFinite(layer.Clip) && layer.Clip >= 0, "clip is finite, at least 0");

    public static void Takes(SecondLayer layer, int[] required, int[] optional, int activations, int parameters)
    {
        Must(required.All(layer.Tensors.ContainsKey), "every required tensor is there");
        Must(layer.Tensors.Keys.All(role => required.Contains(role) || optional.Contains(role)), "no tensor of another kind is there");
        Must(layer.Activations.Length == activations, $"{activations} activations");
        Must(layer.Parameters.Length == parameters, $"{parameters} parameters");
    }

    public static void Shape(SecondLayer layer, int role, params int[] shape)
    {
        if (layer.Tensors.TryGetValue(role, out SecondTensor? tensor))
            Must(tensor.Shape.AsSpan().SequenceEqual(shape), $"tensor {role} is [{string.Join(", ", shape)}]");
    }
}
