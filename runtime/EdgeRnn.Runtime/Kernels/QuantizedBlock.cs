namespace EdgeRnn.Runtime;

/// <summary>
/// The weights of some columns of a quantized matrix, as the file holds them: whole numbers, and a scale for each row, for inputs
/// that all have the same fraction bits. Several matrices may take their rows from one block. Immutable.
/// </summary>
/// <remarks>
/// A scale is mantissa * 2^-shift: it leads from sums of weight times input to pre-activations. Blocks may lie side by side
/// (inputs with different fraction bits, rows too long for one accumulator) or over the same columns (the high and the low part
/// of 16-bit weights).
/// </remarks>
internal sealed class QuantizedBlock
{
    /// <summary>Columns that share a multiplier in a block of 4-bit weights.</summary>
    public const int GroupColumns = 32;

    private QuantizedBlock(int firstColumn, int columnCount, int[] mantissas, int[] shifts)
    {
        FirstColumn = firstColumn;
        ColumnCount = columnCount;
        Mantissas = mantissas;
        Shifts = shifts;
    }

    /// <summary>A block of 8-bit weights.</summary>
    /// <param name="firstColumn">First column of the matrix that the block covers.</param>
    /// <param name="columnCount">Columns it covers.</param>
    /// <param name="weights">[rows, columnCount] row-major; not copied.</param>
    /// <param name="mantissas">[rows], each in [2^23, 2^24); not copied.</param>
    /// <param name="shifts">[rows], each in [1, 62]; not copied.</param>
    public QuantizedBlock(int firstColumn, int columnCount, sbyte[] weights, int[] mantissas, int[] shifts)
        : this(firstColumn, columnCount, mantissas, shifts)
    {
        Weights = weights;
    }

    /// <summary>A block of 4-bit weights, each times the multiplier of its group of 32 columns of the block.</summary>
    /// <param name="firstColumn">First column of the matrix that the block covers.</param>
    /// <param name="columnCount">Columns it covers.</param>
    /// <param name="nibbles">[rows, ceil(columnCount / 2)] row-major, low nibble first, two's complement; not copied.</param>
    /// <param name="groupMultipliers">[rows, ceil(columnCount / 32)] row-major; not copied.</param>
    /// <param name="mantissas">[rows], each in [2^23, 2^24); not copied.</param>
    /// <param name="shifts">[rows], each in [1, 62]; not copied.</param>
    public QuantizedBlock(int firstColumn, int columnCount, byte[] nibbles, byte[] groupMultipliers, int[] mantissas,
        int[] shifts)
        : this(firstColumn, columnCount, mantissas, shifts)
    {
        Nibbles = nibbles;
        GroupMultipliers = groupMultipliers;
    }

    /// <summary>First column of the matrix that the block covers.</summary>
    public int FirstColumn { get; }

    /// <summary>Columns the block covers.</summary>
    public int ColumnCount { get; }

    /// <summary>8-bit weights [rows, columnCount], or null.</summary>
    public sbyte[]? Weights { get; }

    /// <summary>4-bit weights [rows, ceil(columnCount / 2)], or null.</summary>
    public byte[]? Nibbles { get; }

    /// <summary>Multipliers of the 4-bit weights [rows, ceil(columnCount / 32)], or null.</summary>
    public byte[]? GroupMultipliers { get; }

    /// <summary>24-bit significand of each row's scale.</summary>
    public int[] Mantissas { get; }

    /// <summary>How far each row's product with its mantissa is shifted right.</summary>
    public int[] Shifts { get; }

    /// <summary>A weight as it enters the accumulator: 4-bit weights times the multiplier of their group.</summary>
    public int WeightAt(int row, int column)
    {
        if (Weights != null) return Weights[row * ColumnCount + column];
        int nibble = Nibbles![row * ((ColumnCount + 1) / 2) + column / 2] << (28 - 4 * (column & 1)) >> 28;
        int groups = (ColumnCount + GroupColumns - 1) / GroupColumns;
        return nibble * GroupMultipliers![row * groups + column / GroupColumns];
    }
}
