namespace EdgeRnn.Runtime;

/// <summary>
/// A matrix of quantized weights and the product every quantized layer is made of, block after block:
/// <code>
/// acc = sum of w * x                                             int32; the converter proves that it does not wrap
/// acc = sum over groups of multiplier * (sum of w * x)           4-bit weights
/// t   = clamp((acc * mantissa + 2^(shift - 1)) >> shift)         int64; clamp: to +-2^29
/// y   = clamp(y + t)
/// </code>
/// Immutable after construction and shared by all sessions. This file defines the bits; the vector versions give the same.
/// </summary>
internal sealed partial class QuantizedMatrix
{
    // The vector code packs the inputs into two ints for four columns, a chunk of columns at a time.
    internal const int ChunkColumns = 32;
    internal const int ChunkInts = ChunkColumns / 2;

    private readonly int _firstRow;
    private readonly int _rows;
    private readonly bool _narrowInputs;

    // As in the file; packed copies take their place where vectors are available.
    private QuantizedBlock[] _blocks;

    // In place of the blocks where the caller of Load asked for it.
    private readonly RowPairs[]? _rowPairs;

    /// <summary>Takes some rows of blocks that may have more.</summary>
    /// <param name="blocks">At least firstRow + rows rows each; added up in this order.</param>
    /// <param name="firstRow">First row of the blocks.</param>
    /// <param name="rows">Rows of this matrix: units or gates times units.</param>
    /// <param name="narrowInputs">Whether every input lies in [-127, 127] (w8a8), which vectors make use of.</param>
    /// <param name="packing">How the model's weights are laid out; null for what this machine is best at.</param>
    /// <param name="isPackedElsewhere">Whether the weights are used in another form alone: this matrix then only knows its sizes.</param>
    public QuantizedMatrix(QuantizedBlock[] blocks, int firstRow, int rows, bool narrowInputs, WeightPacking? packing = null,
        bool isPackedElsewhere = false)
    {
        _blocks = blocks;
        _firstRow = firstRow;
        _rows = rows;
        _narrowInputs = narrowInputs;
        int columns = 0;
        for (int i = 0; i < blocks.Length; i++) columns += blocks[i].ColumnCount;
        Macs = (long)rows * columns;
        ScratchSize = ScratchOf(blocks);
        if (isPackedElsewhere)
        {
            _blocks = new QuantizedBlock[0];
            return;
        }
        int inputLimit = narrowInputs ? QuantizedPointwise.Limit8 : QuantizedLimits.MaxValue;
        if (packing != null) _rowPairs = RowPairs.Of(blocks, firstRow, rows, inputLimit, packing);
        if (_rowPairs != null) _blocks = new QuantizedBlock[0];
        else Pack(packing);
    }

    /// <summary>Multiply-accumulates of one product.</summary>
    public long Macs { get; }

    /// <summary>Ints a product needs for itself. The same in every build, for it is part of the memory plan.</summary>
    public int ScratchSize { get; }

    /// <summary>Ints that a product of these blocks needs for itself.</summary>
    public static int ScratchOf(QuantizedBlock[] blocks)
    {
        int widest = 0;
        for (int i = 0; i < blocks.Length; i++)
        {
            if (blocks[i].ColumnCount > widest) widest = blocks[i].ColumnCount;
        }
        return (widest + ChunkColumns - 1) / ChunkColumns * ChunkInts;
    }

    /// <summary>memory[y .. y + rows) += W memory[x .. x + columns), scaled and clamped.</summary>
    /// <param name="memory">Holds all three runs, which do not overlap.</param>
    /// <param name="x">First input: 16-bit numbers in [-32767, 32767], or in [-127, 127] with narrow inputs.</param>
    /// <param name="y">First pre-activation, of magnitude <see cref="QuantizedLimits.MaxPreActivation"/> at most.</param>
    /// <param name="scratch">First of ScratchSize ints to overwrite. Behind x, because vectors read past its end.</param>
    public void AddProduct(int[] memory, int x, int y, int scratch)
    {
        RowPairs[]? pairs = _rowPairs;
        if (pairs != null)
        {
            for (int i = 0; i < pairs.Length; i++) pairs[i].AddProduct(memory, x, y);
            return;
        }
        bool done = false;
        AddProductVector(memory, x, y, scratch, ref done);
        if (!done) AddProductPortable(_blocks, _firstRow, _rows, memory, x, y);
    }

    /// <summary>The definition of the product; the vector version is compared with it.</summary>
    internal static void AddProductPortable(QuantizedBlock[] blocks, int firstRow, int rows, int[] memory, int x, int y)
    {
        for (int i = 0; i < blocks.Length; i++)
        {
            QuantizedBlock block = blocks[i];
            sbyte[]? weights = block.Weights;
            byte[]? nibbles = block.Nibbles;
            byte[]? multipliers = block.GroupMultipliers;
            int first = x + block.FirstColumn;
            if (weights != null)
                AddBytes(block, weights, firstRow, rows, memory, first, y);
            else if (nibbles != null && multipliers != null)
                AddNibbles(block, nibbles, multipliers, firstRow, rows, memory, first, y);
        }
    }

    // Unrolled, without calls and without fields in the loops: on the device each of these costs more than a multiplication.
    private static void AddBytes(QuantizedBlock block, sbyte[] w, int firstRow, int rows, int[] memory, int x, int y)
    {
        int[] mantissas = block.Mantissas, shifts = block.Shifts;
        int columns = block.ColumnCount, at = firstRow * columns, end = x + columns, unrolledEnd = end - 7;
        for (int row = 0; row < rows; row++)
        {
            int sum = 0, i = x;
            for (; i < unrolledEnd; i += 8)
            {
                sum += w[at] * memory[i] + w[at + 1] * memory[i + 1] + w[at + 2] * memory[i + 2] + w[at + 3] * memory[i + 3] +
                    w[at + 4] * memory[i + 4] + w[at + 5] * memory[i + 5] + w[at + 6] * memory[i + 6] + w[at + 7] * memory[i + 7];
                at += 8;
            }
            for (; i < end; i++) sum += w[at++] * memory[i];
            memory[y + row] = Rescale(sum, mantissas[firstRow + row], shifts[firstRow + row], memory[y + row]);
        }
    }

    private static void AddNibbles(QuantizedBlock block, byte[] w, byte[] multipliers, int firstRow, int rows, int[] memory,
        int x, int y)
    {
        int[] mantissas = block.Mantissas, shifts = block.Shifts;
        int columns = block.ColumnCount, end = x + columns, at = firstRow * ((columns + 1) / 2);
        int group = firstRow * ((columns + QuantizedBlock.GroupColumns - 1) / QuantizedBlock.GroupColumns);
        for (int row = 0; row < rows; row++)
        {
            int total = 0, i = x;
            while (i < end)
            {
                int sum = 0, groupEnd = end - i > QuantizedBlock.GroupColumns ? i + QuantizedBlock.GroupColumns : end;
                for (; i < groupEnd - 1; i += 2)
                {
                    int pair = w[at++];
                    sum += (pair << 28 >> 28) * memory[i] + (pair << 24 >> 28) * memory[i + 1];
                }
                if (i < groupEnd) sum += (w[at++] << 28 >> 28) * memory[i++];
                total += multipliers[group++] * sum;
            }
            memory[y + row] = Rescale(total, mantissas[firstRow + row], shifts[firstRow + row], memory[y + row]);
        }
    }

    // acc * mantissa < 2^55 and the half is at most 2^61, so nothing wraps before the shift.
    internal static int Rescale(int sum, int mantissa, int shift, int pre)
    {
        long scaled = (sum * (long)mantissa + (1L << (shift - 1))) >> shift;
        if (scaled > QuantizedLimits.MaxPreActivation) scaled = QuantizedLimits.MaxPreActivation;
        else if (scaled < -QuantizedLimits.MaxPreActivation) scaled = -QuantizedLimits.MaxPreActivation;
        int next = pre + (int)scaled;
        if (next > QuantizedLimits.MaxPreActivation) return QuantizedLimits.MaxPreActivation;
        return next < -QuantizedLimits.MaxPreActivation ? -QuantizedLimits.MaxPreActivation : next;
    }

    partial void Pack(WeightPacking? packing);

    partial void AddProductVector(int[] memory, int x, int y, int scratch, ref bool done);
}
