using System;
using System.Linq;
using static EdgeRnn.Tests.SecondCursor;
using static EdgeRnn.Tests.SecondLayerRules;

namespace EdgeRnn.Tests;

/// <summary>What each kind of integer layer takes, and which formats go together.</summary>
internal static class SecondIntegerRules
{
    private const int GateBits = 15, CellBits = 17, MostPreBits = 38, MostStateBits = 29, MostShift = 31;
    private const int Sigmoid = 3, HardSigmoid = 4, Tanh = 5;

    public static void Check(SecondLayer layer)
    {
        int i = layer.InputSize, o = layer.OutputSize, k = layer.OutputBits;
        switch (layer.Kind)
        {
            case SecondLayer.Dense:
                Takes(layer, [1], [2], activations: 1, parameters: 1);
                CheckDense(layer, o, i);
                break;
            case SecondLayer.Rnn:
                Takes(layer, [1, 2, 3], [4], activations: 1, parameters: 2);
                CheckCell(layer, o, biasBlocks: 1, hiddenBits: k);
                CheckOutput(layer);
                break;
            case SecondLayer.Lstm:
                CheckLstm(layer);
                break;
            case SecondLayer.Gru:
                CheckGru(layer);
                break;
            case SecondLayer.Embedding:
                Takes(layer, [9], [], activations: 0, parameters: 0);
                Must(i == 1, "an embedding reads one feature");
                SecondTensor table = layer.Tensors[9];
                Must(table.Shape is [_, int width] && width == o, "table is [vocabulary, O]");
                Must(table.Type is SecondTensor.Int16 or SecondTensor.Int8 && table.Blocks.Length == 1, "a table is int16 or int8, in one block");
                CheckShifts(table, table.Blocks[0], -k);
                break;
            case SecondLayer.Conv:
                CheckConv(layer);
                break;
            case SecondLayer.Activation:
                Takes(layer, [], [], activations: 1, parameters: 1);
                Must(o == i, "O = I");
                PreBits(layer, 0);
                Must(layer.InputBits.All(bits => Math.Abs(layer.PreBits - bits) <= MostShift), "each piece is shifted by at most 31 bits");
                CheckOutput(layer);
                break;
            case SecondLayer.Standardise:
                CheckStandardise(layer);
                break;
            case SecondLayer.Pairwise:
                Takes(layer, [], [], activations: 0, parameters: 1);
                Must(layer.Parameters[0] is 0 or 1, "0 add, 1 multiply");
                Must(i == 2 * o, "I = 2 O");
                Must(Math.Abs(k - OneFormat(layer) * (1 + layer.Parameters[0])) <= MostShift, "a result is shifted by at most 31 bits");
                break;
            default:
                Takes(layer, [], [], activations: 0, parameters: 0);
                Must(o == 1 && k == 0, "O = 1, without fraction bits");
                Must(i <= 32768, "an index is a 16-bit value");
                OneFormat(layer);
                break;
        }
    }

    private static void CheckDense(SecondLayer layer, int rows, int columns)
    {
        PreBits(layer, 0);
        Shape(layer, 1, rows, columns);
        CheckWeights(layer, 1, layer.ColumnBits, layer.PreBits);
        Integers(layer, 2, layer.PreBits, rows);
        CheckOutput(layer);
    }

    private static void CheckConv(SecondLayer layer)
    {
        Takes(layer, [1], [2], activations: 1, parameters: 6);
        CheckTaps(layer);
        PreBits(layer, 5);
        int bits = OneFormat(layer), inputs = layer.InputSize / layer.Groups;
        Shape(layer, 1, layer.OutputSize, layer.Kernel, inputs);
        CheckWeights(layer, 1, [.. Enumerable.Repeat(bits, layer.Kernel * inputs)], layer.PreBits);
        Integers(layer, 2, layer.PreBits, layer.OutputSize);
        Elementwise(layer);
        CheckOutput(layer);
    }

    private static void CheckStandardise(SecondLayer layer)
    {
        Takes(layer, [10, 11], [], activations: 0, parameters: 2);
        int size = layer.InputSize;
        Must(layer.OutputSize == size, "O = I");
        CheckClip(layer);
        PreBits(layer, 1);
        Must(layer.PreBits - layer.OutputBits is >= 0 and <= MostShift, "preBits is outputBits to 31 more");
        Shape(layer, 11, size, 1);
        SecondTensor factors = layer.Tensors[11];
        Must(factors.Type == SecondTensor.Int16, "inverseScale is int16");
        CheckShifts(factors, factors.Blocks[0], OneFormat(layer) - layer.PreBits);
        Integers(layer, 10, layer.PreBits, size);
    }

    private static void CheckGru(SecondLayer layer)
    {
        Takes(layer, [1, 2, 3], [4], activations: 2, parameters: 3);
        Must(layer.Parameters[0] is 0 or 1, "reset after is 0 or 1");
        int k = layer.OutputBits, s = layer.StateBits;
        Must(s >= GateBits && s >= k && s <= MostStateBits, "stateBits is 15 to 29, at least outputBits");
        Must(s - k <= MostShift, "stateBits is at most outputBits + 31");
        CheckCell(layer, layer.OutputSize, biasBlocks: 3 + layer.Parameters[0], hiddenBits: s);
        CheckGate(layer.Activations[0]);
        int result = CheckFunction(layer.Activations[1], GateBits, k);
        Must(result - k is >= 0 and <= MostShift, "outputBits is at most the candidate's, and at most 31 less");
        Must(s - result is >= 0 and <= 29, "stateBits is at most 29 more than the candidate's bits");
    }

    private static void CheckLstm(SecondLayer layer)
    {
        Takes(layer, [1, 2, 3], [4, 5, 6, 7, 8], activations: 3, parameters: 4);
        Must(layer.Parameters[0] is >= 0 and <= 2, "coupling is 0 to 2");
        int c = layer.CellSize, h = layer.OutputSize, k = layer.OutputBits;
        Must(c is >= 1 and <= 65535, "C is 1 to 65535");
        PreBits(layer, 3);
        CheckCell(layer, c, biasBlocks: layer.Gates, hiddenBits: k);
        Integers(layer, 8, CellBits, c);
        if (layer.Tensors.TryGetValue(5, out SecondTensor? peepholes))
        {
            Shape(layer, 5, 3, c);
            Must(peepholes.Type == SecondTensor.Int16 && peepholes.Blocks.Length == 1, "peepholes are int16, in one block");
            CheckShifts(peepholes, peepholes.Blocks[0], -8);
        }
        if (layer.Tensors.ContainsKey(6))
        {
            Must(layer.ProjectionBits - k is >= 0 and <= MostShift, "projectionBits is outputBits to 31 more");
            Shape(layer, 6, h, c);
            CheckWeights(layer, 6, [.. Enumerable.Repeat(GateBits, c)], layer.ProjectionBits);
            Integers(layer, 7, layer.ProjectionBits, h);
        }
        else
        {
            Must(h == c && !layer.Tensors.ContainsKey(7), "W_p is required when H is not C, and by b_p");
            Must(k == GateBits && layer.ProjectionBits == GateBits, "without W_p outputBits and projectionBits are 15");
        }
        CheckGate(layer.Activations[0]);
        foreach (SecondActivation bounded in layer.Activations[1..])
        {
            Must(bounded.Kind is Sigmoid or HardSigmoid or Tanh, "cell and output activation are bounded");
            CheckFunction(bounded, GateBits, GateBits);
        }
    }

    private static void CheckCell(SecondLayer layer, int rows, int biasBlocks, int hiddenBits)
    {
        if (layer.Kind == SecondLayer.Rnn) PreBits(layer, 1);
        CheckClip(layer);
        Shape(layer, 1, layer.Gates * rows, layer.InputSize);
        CheckWeights(layer, 1, layer.ColumnBits, layer.PreBits);
        Shape(layer, 3, layer.Gates * rows, layer.OutputSize);
        CheckWeights(layer, 3, [.. Enumerable.Repeat(layer.OutputBits, layer.OutputSize)], layer.PreBits);
        Integers(layer, 2, layer.PreBits, biasBlocks * rows);
        Integers(layer, 4, hiddenBits, layer.OutputSize);
        Elementwise(layer);
    }

    private static void PreBits(SecondLayer layer, int parameter) =>
        Must(layer.Parameters[parameter] is >= -15 and <= MostPreBits, "preBits is -15 to 38");

    private static int OneFormat(SecondLayer layer)
    {
        Must(layer.InputBits.All(bits => bits == layer.InputBits[0]), "all pieces have one format");
        return layer.InputBits[0];
    }

    private static void Integers(SecondLayer layer, int role, int bits, int size)
    {
        if (!layer.Tensors.TryGetValue(role, out SecondTensor? tensor)) return;
        Shape(layer, role, size);
        Must(tensor.Type == SecondTensor.Int32 && tensor.FractionBits == bits, $"tensor {role} is int32 with {bits} fraction bits");
    }

    private static void CheckWeights(SecondLayer layer, int role, int[] columnBits, int preBits)
    {
        SecondTensor weights = layer.Tensors[role];
        Must(weights.Type == (layer.Scheme switch { 1 => SecondTensor.Int16, 4 => SecondTensor.Int4, _ => SecondTensor.Int8 }), "weights are as the scheme says");
        foreach (SecondBlock block in weights.Blocks)
        {
            int bits = columnBits[block.First];
            Must(columnBits.AsSpan(block.First, block.Columns).IndexOfAnyExcept(bits) < 0, "the columns of a block have one format");
            if (layer.Scheme == 3) bits -= 8;
            CheckShifts(weights, block, bits - preBits);
            if (layer.Scheme == 1) CheckShifts(weights, block, bits - preBits - 8);
        }
    }

    private static void CheckShifts(SecondTensor tensor, SecondBlock block, int extra)
    {
        for (int row = 0; row < tensor.Rows; row++) Must(150 - block.Scale(row).E + extra is >= 1 and <= 62, "a scale leads to a shift of 1 to 62");
    }

    private static void CheckGate(SecondActivation gate)
    {
        Must(gate.Kind is Sigmoid or HardSigmoid, "a gate is sigmoid or hard sigmoid");
        if (gate.Kind != HardSigmoid) return;
        SecondMap.Check(gate.Alpha, GateBits, 15);
        SecondMap.Check(gate.Alpha, GateBits, 24);
    }

    // The function whose result is the output.
    private static void CheckOutput(SecondLayer layer)
    {
        int result = CheckFunction(layer.Activations[0], layer.PreBits, layer.OutputBits);
        Must(result - layer.OutputBits is >= 0 and <= MostShift, "outputBits is at most the result's, and at most 31 less");
    }

    // Returns the fraction bits of the result.
    private static int CheckFunction(SecondActivation f, int preBits, int outputBits)
    {
        int result = SecondIntegers.ResultBits(f, preBits, outputBits);
        Must(f.Kind is not (10 or 11 or 12), "elu, softsign and softplus have no integer form");
        Must(f.Kind is not (Sigmoid or Tanh) || preBits == GateBits, "sigmoid and tanh have 15 fraction bits before them");
        if (f.Kind == 2) SecondMap.Check(f.Alpha, preBits, preBits);
        if (f.Kind == 7) SecondMap.Check(f.Alpha, preBits, outputBits);
        if (f.Kind == HardSigmoid) SecondMap.Check(f.Alpha, preBits, GateBits);
        if (f.Kind == 9)
        {
            SecondMap.Check(f.Beta, preBits, GateBits);
            SecondMap.Check(f.Alpha, GateBits, outputBits);
        }
        return result;
    }
}
