namespace EdgeRnn.Runtime;

/// <summary>
/// The weights of a block two rows at a time, one in each half of a long, so that one multiplication and one addition serve both:
/// <code>
/// pair = 2^32 * w[row + 1] + w[row]
/// sum  = sum of pair * x                                  modulo 2^64
/// low  = sum mod 2^32, with its sign; high = (sum - low) / 2^32
/// </code>
/// For devices that interpret: there an operation costs much and its width nothing. The bits are those of
/// <see cref="QuantizedMatrix.AddProductPortable"/> (NUMERICS.md, "Rows in pairs"). Immutable.
/// </summary>
internal sealed partial class RowPairs
{
    private const int BytesPerPair = 8;

    private readonly long[] _pairs; // [(rows + 1) / 2, columns]; an odd last row is alone
    private readonly int[] _mantissas;
    private readonly int[] _shifts;
    private readonly int _firstRow;
    private readonly int _rows;
    private readonly int _firstColumn;
    private readonly int _columns;

    /// <param name="block">At least firstRow + rows rows; its scales are kept, its weights are copied.</param>
    /// <param name="firstRow">First row of the block.</param>
    /// <param name="rows">Rows taken.</param>
    public RowPairs(QuantizedBlock block, int firstRow, int rows)
    {
        _mantissas = block.Mantissas;
        _shifts = block.Shifts;
        _firstRow = firstRow;
        _rows = rows;
        _firstColumn = block.FirstColumn;
        _columns = block.ColumnCount;
        _pairs = new long[(rows + 1) / 2 * _columns];
        int at = 0;
        for (int row = 0; row < rows; row += 2)
        {
            for (int column = 0; column < _columns; column++)
            {
                long low = block.WeightAt(firstRow + row, column);
                long high = row + 1 < rows ? block.WeightAt(firstRow + row + 1, column) : 0;
                _pairs[at++] = (high << 32) + low;
            }
        }
    }

    /// <summary>
    /// Pairs every block of a matrix. Null, and nothing counted, where that is not wanted, has nothing to gain, takes more than is
    /// left, or could give other bits.
    /// </summary>
    /// <param name="blocks">All blocks of the matrix.</param>
    /// <param name="firstRow">First row of the blocks.</param>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="inputLimit">Largest magnitude of an input.</param>
    /// <param name="packing">Counts the bytes.</param>
    public static RowPairs[]? Of(QuantizedBlock[] blocks, int firstRow, int rows, int inputLimit, WeightPacking packing)
    {
        if (!packing.WantsPairs || rows < 2) return null;
        long bytes = 0;
        for (int i = 0; i < blocks.Length; i++)
        {
            if (!StaysInItsHalf(blocks[i], firstRow, rows, inputLimit)) return null;
            bytes += BytesPerPair * ((rows + 1L) / 2 * blocks[i].ColumnCount);
        }
        if (!packing.TakePairs(bytes)) return null;
        RowPairs[] pairs = new RowPairs[blocks.Length];
        for (int i = 0; i < pairs.Length; i++) pairs[i] = new RowPairs(blocks[i], firstRow, rows);
        return pairs;
    }

    /// <summary>memory[y .. y + rows) += W memory[x + firstColumn .. + columns), scaled and clamped.</summary>
    public void AddProduct(int[] memory, int x, int y)
    {
        long[] w = _pairs;
        int[] mantissas = _mantissas, shifts = _shifts;
        int first = x + _firstColumn, end = first + _columns, unrolledEnd = end - 7, at = 0, row = _firstRow, yEnd = y + _rows;
        while (y < yEnd)
        {
            long sum = 0;
            int i = first;
            for (; i < unrolledEnd; i += 8)
            {
                sum += w[at] * memory[i] + w[at + 1] * memory[i + 1] + w[at + 2] * memory[i + 2] + w[at + 3] * memory[i + 3] +
                    w[at + 4] * memory[i + 4] + w[at + 5] * memory[i + 5] + w[at + 6] * memory[i + 6] + w[at + 7] * memory[i + 7];
                at += 8;
            }
            for (; i < end; i++) sum += w[at++] * memory[i];
            int low = (int)sum;
            memory[y] = QuantizedMatrix.Rescale(low, mantissas[row], shifts[row], memory[y]);
            if (++y == yEnd) return;
            memory[y] = QuantizedMatrix.Rescale((int)((sum - low) >> 32), mantissas[row + 1], shifts[row + 1], memory[y]);
            y++;
            row += 2;
        }
    }

    // What the converter proves of its files, and what a file of another maker may break: then its sums wrap, and a carry would
    // reach the other row. An int holds no row's sum of magnitudes that is too large, so the count stops early.
    private static bool StaysInItsHalf(QuantizedBlock block, int firstRow, int rows, int inputLimit)
    {
        int limit = int.MaxValue / inputLimit;
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            int sum = 0;
            for (int column = 0; column < block.ColumnCount; column++)
            {
                int weight = block.WeightAt(row, column);
                sum += weight < 0 ? -weight : weight;
                if (sum > limit) return false;
            }
        }
        return true;
    }
}
