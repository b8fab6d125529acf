using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import;

/// <summary>
/// Brings the weights of one recurrent cell from a framework's layout into the canonical one. Every importer goes through
/// here, so gate order and bias folding have one home. Gate orders are written as letters: LSTM <c>ifgo</c> (PyTorch, Keras,
/// TFLite), <c>iofg</c> (ONNX); GRU <c>zrn</c> (Keras, ONNX), <c>rzn</c> (PyTorch).
/// </summary>
public static class CellBuilder
{
    /// <summary>An Elman cell.</summary>
    /// <param name="name">Layer name.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="w">Input weights [hiddenSize, inputSize].</param>
    /// <param name="u">Recurrent weights [hiddenSize, hiddenSize].</param>
    /// <param name="inputBias">[hiddenSize] or null.</param>
    /// <param name="recurrentBias">[hiddenSize] or null; added to the input bias.</param>
    /// <param name="activation">The cell's activation.</param>
    /// <exception cref="ConversionException">The shapes disagree.</exception>
    public static RnnNode Rnn(string name, IReadOnlyList<Segment> inputs, Tensor w, Tensor u, Tensor? inputBias,
        Tensor? recurrentBias, Activation activation)
    {
        int hiddenSize = CheckShapes(name, inputs, w, u, inputBias, recurrentBias, gates: 1);
        return new RnnNode(name, inputs, w, u, Sum(inputBias, recurrentBias, hiddenSize), activation);
    }

    /// <summary>An LSTM. Peepholes, coupling, projection and activations are set on the result with <c>with</c>.</summary>
    /// <param name="name">Layer name.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="gateOrder">The letters i f g o in the order of the source's row blocks; three letters when one gate is
    /// absent.</param>
    /// <param name="w">Input weights [gates * cellSize, inputSize].</param>
    /// <param name="u">Recurrent weights [gates * cellSize, outputSize].</param>
    /// <param name="inputBias">[gates * cellSize] or null.</param>
    /// <param name="recurrentBias">[gates * cellSize] or null; added to the input bias.</param>
    /// <exception cref="ConversionException">The shapes disagree.</exception>
    public static LstmNode Lstm(string name, IReadOnlyList<Segment> inputs, string gateOrder, Tensor w, Tensor u,
        Tensor? inputBias, Tensor? recurrentBias)
    {
        CheckShapes(name, inputs, w, u, inputBias, recurrentBias, gateOrder.Length);
        string canonical = Canonical("ifgo", gateOrder);
        Tensor bias = Sum(inputBias, recurrentBias, w.Shape[0]);
        return new LstmNode(name, inputs, Reorder(w, gateOrder, canonical), Reorder(u, gateOrder, canonical),
            Reorder(bias, gateOrder, canonical))
        {
            Coupling = canonical switch
            {
                "ifgo" => Runtime.GateCoupling.None,
                "igo" => Runtime.GateCoupling.ForgetFromInput,
                "fgo" => Runtime.GateCoupling.InputFromForget,
                _ => throw new ConversionException(
                    $"{name}: gate order '{gateOrder}' is not an LSTM's; expected a permutation of ifgo, igo or fgo"),
            },
        };
    }

    /// <summary>A GRU.</summary>
    /// <param name="name">Layer name.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="gateOrder">The letters z r n in the order of the source's row blocks.</param>
    /// <param name="w">Input weights [3 * hiddenSize, inputSize].</param>
    /// <param name="u">Recurrent weights [3 * hiddenSize, hiddenSize].</param>
    /// <param name="inputBias">[3 * hiddenSize] or null.</param>
    /// <param name="recurrentBias">[3 * hiddenSize] or null. Its n block stays inside r * (...) with reset after.</param>
    /// <param name="resetAfter">Whether the reset gate multiplies the recurrent product (true) or the state (false).</param>
    /// <exception cref="ConversionException">The shapes disagree.</exception>
    public static GruNode Gru(string name, IReadOnlyList<Segment> inputs, string gateOrder, Tensor w, Tensor u,
        Tensor? inputBias, Tensor? recurrentBias, bool resetAfter)
    {
        int hiddenSize = CheckShapes(name, inputs, w, u, inputBias, recurrentBias, gates: 3);
        if (Canonical("zrn", gateOrder) != "zrn")
            throw new ConversionException($"{name}: gate order '{gateOrder}' is not a GRU's; expected a permutation of zrn");
        Tensor bias = Reorder(Sum(inputBias, recurrentBias, w.Shape[0]), gateOrder, "zrn");
        if (resetAfter)
        {
            int candidate = gateOrder.IndexOf('n', StringComparison.Ordinal) * hiddenSize;
            float[] four = new float[4 * hiddenSize];
            Array.Copy(bias.Data, four, 2 * hiddenSize);
            if (inputBias != null) Array.Copy(inputBias.Data, candidate, four, 2 * hiddenSize, hiddenSize);
            if (recurrentBias != null) Array.Copy(recurrentBias.Data, candidate, four, 3 * hiddenSize, hiddenSize);
            bias = new Tensor(four, four.Length);
        }
        return new GruNode(name, inputs, Reorder(w, gateOrder, "zrn"), Reorder(u, gateOrder, "zrn"), bias, resetAfter);
    }

    /// <summary>Equal row blocks of a tensor in another order (or without some of them).</summary>
    /// <param name="tensor">[blocks * size, ...], one block per letter of <paramref name="from"/>.</param>
    /// <param name="from">The letters of the blocks as they stand.</param>
    /// <param name="to">The letters of the blocks wanted.</param>
    public static Tensor Reorder(Tensor tensor, string from, string to)
    {
        if (from == to) return tensor;
        int blockLength = tensor.Data.Length / from.Length;
        float[] data = new float[blockLength * to.Length];
        for (int block = 0; block < to.Length; block++)
        {
            int source = from.IndexOf(to[block], StringComparison.Ordinal);
            Array.Copy(tensor.Data, source * blockLength, data, block * blockLength, blockLength);
        }
        int[] shape = (int[])tensor.Shape.Clone();
        shape[0] = shape[0] / from.Length * to.Length;
        return new Tensor(data, shape);
    }

    private static string Canonical(string all, string given)
    {
        string present = "";
        foreach (char gate in all)
        {
            if (given.Contains(gate, StringComparison.Ordinal)) present += gate;
        }
        return present.Length == given.Length ? present : "";
    }

    private static Tensor Sum(Tensor? a, Tensor? b, int length)
    {
        float[] sum = new float[length];
        for (int i = 0; i < length; i++) sum[i] = (a?.Data[i] ?? 0) + (b?.Data[i] ?? 0);
        return new Tensor(sum, length);
    }

    private static int CheckShapes(string name, IReadOnlyList<Segment> inputs, Tensor w, Tensor u, Tensor? inputBias,
        Tensor? recurrentBias, int gates)
    {
        if (w.Rank != 2 || u.Rank != 2 || w.Shape[0] != u.Shape[0] || w.Shape[0] % gates != 0 || w.Shape[0] == 0)
        {
            throw new ConversionException($"{name}: input weights {w.ShapeText} and recurrent weights {u.ShapeText} must be " +
                $"matrices with the same number of rows, {gates} per unit; check the cell type and the transposes");
        }
        int rows = w.Shape[0], inputSize = Segment.TotalLength(inputs);
        if (w.Shape[1] != inputSize)
            throw new ConversionException($"{name}: input weights {w.ShapeText} read {w.Shape[1]} features, the layer is given {inputSize}");
        foreach (Tensor? bias in new[] { inputBias, recurrentBias })
        {
            if (bias != null && bias.Data.Length != rows)
                throw new ConversionException($"{name}: a bias has {bias.Data.Length} elements, expected {rows}, one per weight row");
        }
        return rows / gates;
    }
}
