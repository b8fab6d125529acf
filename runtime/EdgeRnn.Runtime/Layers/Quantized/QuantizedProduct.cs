namespace EdgeRnn.Runtime;

/// <summary>
/// A product of a quantized layer, y += W x, with what its scheme does to x first: w8a8 rounds x to 8 bits,
/// x8 = clamp((x + 128) >> 8).
/// </summary>
internal sealed class QuantizedProduct
{
    private const int NarrowShift = 8;

    private readonly QuantizedMatrix _matrix;
    private readonly int _columns;
    private readonly bool _narrows;

    /// <summary>Takes some rows of weights.</summary>
    /// <param name="record">The layer, for its scheme.</param>
    /// <param name="blocks">From BlocksOf; shared, not copied.</param>
    /// <param name="firstRow">First row taken.</param>
    /// <param name="rows">Rows taken.</param>
    /// <param name="columns">Features of x.</param>
    /// <param name="isPackedElsewhere">Whether the layer has the weights in another form and never asks for the product.</param>
    public QuantizedProduct(LayerRecord record, QuantizedBlock[] blocks, int firstRow, int rows, int columns,
        bool isPackedElsewhere = false)
    {
        _columns = columns;
        _narrows = record.Scheme == Scheme.W8A8;
        _matrix = new QuantizedMatrix(blocks, firstRow, rows, _narrows, record.Packing, isPackedElsewhere);
        Macs = (long)rows * columns;
        // High and low bytes of 16-bit weights are two blocks over the same columns.
        PackedPieces = record.Scheme == Scheme.W16A16 ? blocks.Length / 2 : blocks.Length;
    }

    /// <summary>Multiply-accumulates of one product.</summary>
    public long Macs { get; }

    /// <summary>Column blocks.</summary>
    public int PackedPieces { get; }

    /// <summary>Ints a product needs for itself.</summary>
    public int ScratchSize => _matrix.ScratchSize + (_narrows ? _columns : 0);

    /// <summary>What <see cref="ScratchSize"/> will be.</summary>
    /// <param name="record">The layer, for its scheme.</param>
    /// <param name="blocks">From BlocksOf.</param>
    /// <param name="columns">Features of x.</param>
    public static int ScratchOf(LayerRecord record, QuantizedBlock[] blocks, int columns) =>
        QuantizedMatrix.ScratchOf(blocks) + (record.Scheme == Scheme.W8A8 ? columns : 0);

    /// <summary>The weights in a role over the layer's whole input, whose pieces may differ in format.</summary>
    /// <param name="record">The layer.</param>
    /// <param name="role">Role of the weights.</param>
    /// <param name="rows">All rows of the tensor.</param>
    /// <param name="preBits">Fraction bits of y.</param>
    public static QuantizedProduct OfInput(LayerRecord record, int role, int rows, int preBits) =>
        new QuantizedProduct(record, BlocksOfInput(record, role, rows, preBits), 0, rows, record.InputSize);

    /// <summary>The weights of <see cref="OfInput"/>.</summary>
    /// <param name="record">The layer.</param>
    /// <param name="role">Role of the weights.</param>
    /// <param name="rows">All rows of the tensor.</param>
    /// <param name="preBits">Fraction bits of y.</param>
    public static QuantizedBlock[] BlocksOfInput(LayerRecord record, int role, int rows, int preBits)
    {
        int[] columnBits = new int[record.InputSize];
        int column = 0;
        for (int i = 0; i < record.Segments.Count; i++)
        {
            for (int k = 0; k < record.Segments.Lengths[i]; k++) columnBits[column++] = record.SegmentBits(i);
        }
        return BlocksOf(record, record.Weights(role, rows, record.InputSize), columnBits, preBits);
    }

    /// <summary>The weights over a state or any other input of one format.</summary>
    /// <param name="record">The layer.</param>
    /// <param name="weights">All rows.</param>
    /// <param name="inputBits">Fraction bits of x before it is narrowed.</param>
    /// <param name="preBits">Fraction bits of y.</param>
    public static QuantizedBlock[] BlocksOf(LayerRecord record, QuantizedTensor weights, int inputBits, int preBits)
    {
        int[] columnBits = new int[weights.Columns];
        for (int i = 0; i < columnBits.Length; i++) columnBits[i] = inputBits;
        return BlocksOf(record, weights, columnBits, preBits);
    }

    /// <summary>memory[y .. y + rows) += W memory[x .. x + columns), scaled and clamped.</summary>
    public void AddTo(int[] memory, int x, int y, int scratch)
    {
        if (_narrows)
        {
            QuantizedPointwise.Round(memory, x, scratch, NarrowShift, QuantizedPointwise.Limit8, _columns);
            x = scratch;
            scratch += _columns;
        }
        _matrix.AddProduct(memory, x, y, scratch);
    }

    private static QuantizedBlock[] BlocksOf(LayerRecord record, QuantizedTensor weights, int[] columnBits, int preBits)
    {
        RequireType(record, weights);
        int parts = weights.Type == ElementType.Int16 ? 2 : 1;
        QuantizedBlock[] blocks = new QuantizedBlock[parts * weights.BlockColumns.Length];
        int column = 0;
        for (int i = 0; i < weights.BlockColumns.Length; i++)
        {
            int count = weights.BlockColumns[i], bits = columnBits[column];
            for (int k = 1; k < count; k++)
            {
                if (columnBits[column + k] == bits) continue;
                record.RequireSize("fraction bits of column " + (column + k).ToString(), columnBits[column + k], bits);
            }
            if (record.Scheme == Scheme.W8A8) bits -= NarrowShift;
            QuantizedBlockReader reader = new QuantizedBlockReader(record.Name, weights, i, column, bits - preBits);
            if (parts == 1)
            {
                blocks[i] = reader.Read();
            }
            else
            {
                blocks[2 * i] = reader.ReadHigh();
                blocks[2 * i + 1] = reader.ReadLow();
            }
            column += count;
        }
        return blocks;
    }

    private static void RequireType(LayerRecord record, QuantizedTensor weights)
    {
        int expected = record.Scheme == Scheme.W16A16 ? ElementType.Int16
            : record.Scheme == Scheme.W4A16 ? ElementType.Int4 : ElementType.Int8;
        if (weights.Type != expected)
        {
            throw new ModelException(ModelErrorCode.BadTensor, record.Name + ": the weights are " +
                ElementType.Name(weights.Type) + ", its scheme needs " + ElementType.Name(expected));
        }
    }
}
