using System.Collections.Generic;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize;

/// <summary>A weight matrix in integers, with the proof that its accumulators hold.</summary>
public sealed class QuantizedWeights
{
    internal QuantizedWeights(string name, StoredTensor stored, Tensor dequantized, IReadOnlyList<long> rowBounds,
        double[] biasCorrections, int blocks)
    {
        Name = name;
        Stored = stored;
        Dequantized = dequantized;
        RowBounds = rowBounds;
        BiasCorrections = biasCorrections;
        Blocks = blocks;
    }

    /// <summary>The matrix in reports: input weights, recurrent weights, projection.</summary>
    public string Name { get; }

    /// <summary>What the integers stand for, in the shape of the float tensor.</summary>
    public Tensor Dequantized { get; }

    /// <summary>
    /// For each row the largest magnitude any accumulator of it can reach, over its blocks and bytes; all are below 2^31.
    /// </summary>
    public IReadOnlyList<long> RowBounds { get; }

    /// <summary>Accumulators per row: pieces of input in different formats, and parts of rows too long for one.</summary>
    public int Blocks { get; }

    /// <summary>
    /// [rows] what the bias takes over: the mean of what rounding took from each row's output; zeros without a bias.
    /// </summary>
    internal double[] BiasCorrections { get; }

    internal StoredTensor Stored { get; }
}
