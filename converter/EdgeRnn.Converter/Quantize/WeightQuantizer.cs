using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize.Rounding;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>
/// Rounds a weight matrix row by row, for the inputs it is known to have or else to the nearest integers. Proves for each row that no
/// accumulator overflows; rows that could are split into blocks.
/// </summary>
internal sealed class WeightQuantizer
{
    // A block of so many columns never overflows: 128 * 32767 * 480 < 2^31. A multiple of the int4 group size.
    private const int SafeColumns = 480;
    private const int SafeInt4Columns = 128;
    private const long AccumulatorLimit = 1L << 31;
    private const int ExponentBias = 150;
    private const int MaxShift = 62;

    private readonly string _layer;
    private readonly Scheme _scheme;
    private readonly bool _sums;

    /// <param name="layer">The layer in messages.</param>
    /// <param name="scheme">Bits of the weights.</param>
    /// <param name="sums">False for peepholes and tables, whose numbers are used one by one: nothing is added up that could overflow.</param>
    public WeightQuantizer(string layer, Scheme scheme, bool sums = true)
    {
        _layer = layer;
        _scheme = scheme;
        _sums = sums;
    }

    /// <summary>Quantizes [rows, columns].</summary>
    /// <param name="name">The matrix in messages and reports.</param>
    /// <param name="matrix">Row-major; not changed.</param>
    /// <param name="columnBits">Fraction bits of each column's input, as 16-bit values.</param>
    /// <param name="preBits">Fraction bits of the pre-activation.</param>
    /// <param name="inputs">What its rows multiply; null where nothing is known, which makes rounding plain.</param>
    public QuantizedWeights Quantize(string name, Tensor matrix, int[] columnBits, int preBits, RowInputs? inputs = null)
    {
        int rows = matrix.Shape[0], columns = matrix.Data.Length / rows;
        List<int> blocks = Runs(columnBits, columns);
        WeightBlock[] quantized = QuantizeBlocks(matrix, rows, blocks, columnBits, preBits, inputs);
        if (_sums && quantized.Any(block => block.WorstBound >= AccumulatorLimit))
        {
            blocks = [.. blocks.SelectMany(Split)];
            quantized = QuantizeBlocks(matrix, rows, blocks, columnBits, preBits, inputs);
        }
        if (blocks.Count > ModelLimits.MaxBlocks)
        {
            throw new ConversionException($"{_layer}: the {name} need {blocks.Count} column blocks, at most {ModelLimits.MaxBlocks} are " +
                $"allowed; keep this layer in float: --layer \"{_layer}\"=f32");
        }
        const long LargestProduct = (long)QuantizedLimits.MaxWeight16 * QuantizedLimits.MaxValue;
        long[] bounds = [.. Enumerable.Range(0, rows).Select(row => _sums ? quantized.Max(block => block.RowBounds[row]) : LargestProduct)];
        double[] corrections = [.. Enumerable.Range(0, rows).Select(row => quantized.Sum(block => block.BiasCorrections[row]))];
        return new QuantizedWeights(name, Store(matrix.Shape, quantized, rows, columns),
            Dequantize(matrix, quantized, rows, columns), bounds, corrections, quantized.Length);
    }

    private WeightBlock[] QuantizeBlocks(Tensor matrix, int rows, List<int> blocks, int[] columnBits, int preBits,
        RowInputs? inputs)
    {
        WeightBlock[] result = new WeightBlock[blocks.Count];
        int first = 0, columns = matrix.Data.Length / rows;
        for (int i = 0; i < result.Length; i++)
        {
            int inputBits = columnBits[first] - (_scheme == Scheme.W8A8 ? 8 : 0);
            // shift = 150 - exponent + input bits - preBits <= 62 bounds the exponent from below.
            int leastExponent = Math.Max(1, ExponentBias + inputBits - preBits - MaxShift);
            int greatestExponent = ExponentBias + inputBits - preBits - 1;
            WeightBlock block = new(_scheme, rows, first, blocks[i], leastExponent, greatestExponent);
            CalibratedRounding?[] roundings = inputs?.Rounding(first, blocks[i]) ?? [null];
            int rowsOfPart = rows / roundings.Length;
            for (int row = 0; row < rows; row++)
                block.SetRow(row, matrix.Data.AsSpan(row * columns + first, blocks[i]), roundings[row / rowsOfPart]);
            int worstShift = block.LeastShift(inputBits - preBits);
            if (worstShift < 1)
            {
                throw new ConversionException($"{_layer}: weights are too large for integers, the scale of a row needs a shift of " +
                    $"{worstShift} bits, expected at least 1; keep this layer in float: --layer \"{_layer}\"=f32");
            }
            result[i] = block;
            first += blocks[i];
        }
        return result;
    }

    // Runs of columns whose inputs have one format.
    private static List<int> Runs(int[] columnBits, int columns)
    {
        List<int> runs = [];
        for (int column = 0; column < columns; column++)
        {
            if (column == 0 || columnBits[column] != columnBits[column - 1]) runs.Add(0);
            runs[^1]++;
        }
        return runs;
    }

    private IEnumerable<int> Split(int columns)
    {
        int safe = _scheme == Scheme.W4A16 ? SafeInt4Columns : SafeColumns;
        for (int left = columns; left > 0; left -= safe) yield return Math.Min(left, safe);
    }

    private StoredTensor Store(int[] shape, WeightBlock[] blocks, int rows, int columns)
    {
        ByteWriter data = new(), scales = new();
        for (int row = 0; row < rows; row++) WriteRow(data, blocks, row, columns);
        scales.Int32(blocks.Length);
        foreach (WeightBlock block in blocks) scales.Int32(block.Columns);
        foreach (WeightBlock block in blocks) scales.Singles(block.Scales);
        if (_scheme == Scheme.W4A16)
        {
            for (int row = 0; row < rows; row++)
            {
                foreach (WeightBlock block in blocks) scales.Bytes(block.Multipliers(row));
            }
        }
        return new StoredTensor(ElementTypeOf(_scheme), 0, shape, data.ToArray(), scales.ToArray());
    }

    private void WriteRow(ByteWriter data, WeightBlock[] blocks, int row, int columns)
    {
        short[] weights = new short[columns];
        foreach (WeightBlock block in blocks) block.Row(row).CopyTo(weights.AsSpan(block.First));
        switch (ElementTypeOf(_scheme))
        {
            case ElementType.Int16:
                data.Bytes(MemoryMarshal.AsBytes(weights.AsSpan()).ToArray());
                break;
            case ElementType.Int8:
                data.Bytes(Array.ConvertAll(weights, weight => (byte)weight));
                break;
            default:
                byte[] nibbles = new byte[(columns + 1) / 2];
                for (int i = 0; i < columns; i++) nibbles[i / 2] |= (byte)((weights[i] & 0x0F) << (4 * (i & 1)));
                data.Bytes(nibbles);
                break;
        }
    }

    private static Tensor Dequantize(Tensor matrix, WeightBlock[] blocks, int rows, int columns)
    {
        float[] values = new float[matrix.Data.Length];
        foreach (WeightBlock block in blocks)
        {
            for (int row = 0; row < rows; row++) block.Dequantize(row, values.AsSpan(row * columns + block.First, block.Columns));
        }
        return new Tensor(values, matrix.Shape);
    }

    private static int ElementTypeOf(Scheme scheme) => scheme switch
    {
        Scheme.W16A16 => ElementType.Int16,
        Scheme.W4A16 => ElementType.Int4,
        _ => ElementType.Int8,
    };
}
