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

    // Of the inner loop: this many pairs share each x that is read, this many columns each turn.
    private const int Together = 4;
    private const int Unrolled = 8;

    private const int Limit = QuantizedLimits.MaxPreActivation;

    // In the order they are read: four pairs at a time by eight columns, then by one; pairs that are left one at a time. An odd last
    // row is alone in its pair.
    private readonly long[] _pairs;
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
        int pairs = (rows + 1) / 2, together = rows / (2 * Together) * Together, at = 0;
        _pairs = new long[pairs * _columns];
        for (int pair = 0; pair < together; pair += Together)
        {
            int column = 0;
            for (; column <= _columns - Unrolled; column += Unrolled)
            {
                for (int k = 0; k < Together; k++) at = Fill(block, pair + k, column, Unrolled, at);
            }
            for (; column < _columns; column++)
            {
                for (int k = 0; k < Together; k++) at = Fill(block, pair + k, column, 1, at);
            }
        }
        for (int pair = together; pair < pairs; pair++) at = Fill(block, pair, 0, _columns, at);
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
        for (; y < yEnd - 7; y += 8)
        {
            long a = 0, b = 0, c = 0, d = 0;
            int i = first;
            for (; i < unrolledEnd; i += 8)
            {
                long x0 = memory[i], x1 = memory[i + 1], x2 = memory[i + 2], x3 = memory[i + 3];
                long x4 = memory[i + 4], x5 = memory[i + 5], x6 = memory[i + 6], x7 = memory[i + 7];
                a += w[at] * x0 + w[at + 1] * x1 + w[at + 2] * x2 + w[at + 3] * x3 +
                    w[at + 4] * x4 + w[at + 5] * x5 + w[at + 6] * x6 + w[at + 7] * x7;
                b += w[at + 8] * x0 + w[at + 9] * x1 + w[at + 10] * x2 + w[at + 11] * x3 +
                    w[at + 12] * x4 + w[at + 13] * x5 + w[at + 14] * x6 + w[at + 15] * x7;
                c += w[at + 16] * x0 + w[at + 17] * x1 + w[at + 18] * x2 + w[at + 19] * x3 +
                    w[at + 20] * x4 + w[at + 21] * x5 + w[at + 22] * x6 + w[at + 23] * x7;
                d += w[at + 24] * x0 + w[at + 25] * x1 + w[at + 26] * x2 + w[at + 27] * x3 +
                    w[at + 28] * x4 + w[at + 29] * x5 + w[at + 30] * x6 + w[at + 31] * x7;
                at += 32;
            }
            for (; i < end; i++)
            {
                long x0 = memory[i];
                a += w[at] * x0;
                b += w[at + 1] * x0;
                c += w[at + 2] * x0;
                d += w[at + 3] * x0;
                at += 4;
            }
            AddScaled(a, mantissas, shifts, row, memory, y);
            AddScaled(b, mantissas, shifts, row + 2, memory, y + 2);
            AddScaled(c, mantissas, shifts, row + 4, memory, y + 4);
            AddScaled(d, mantissas, shifts, row + 6, memory, y + 6);
            row += 8;
        }
        for (; y < yEnd; y += 2)
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
            if (y + 1 == yEnd) memory[y] = QuantizedMatrix.Rescale((int)sum, mantissas[row], shifts[row], memory[y]);
            else AddScaled(sum, mantissas, shifts, row, memory, y);
            row += 2;
        }
    }

    // QuantizedMatrix.Rescale for both halves, in fewer operations: (v + 2^(s - 1)) >> s = ((v >> (s - 1)) + 1) >> 1, and one comparison
    // without sign finds what is out of bounds on either side.
    private static void AddScaled(long sum, int[] mantissas, int[] shifts, int row, int[] memory, int y)
    {
        int low = (int)sum;
        long scaled = ((low * (long)mantissas[row] >> (shifts[row] - 1)) + 1) >> 1;
        if ((ulong)(scaled + Limit) > 2UL * Limit) scaled = scaled < 0 ? -Limit : Limit;
        int next = memory[y] + (int)scaled;
        if ((uint)(next + Limit) > 2U * Limit) next = next < 0 ? -Limit : Limit;
        memory[y] = next;

        scaled = (((sum - low) >> 32) * mantissas[row + 1] >> (shifts[row + 1] - 1)) + 1 >> 1;
        if ((ulong)(scaled + Limit) > 2UL * Limit) scaled = scaled < 0 ? -Limit : Limit;
        next = memory[y + 1] + (int)scaled;
        if ((uint)(next + Limit) > 2U * Limit) next = next < 0 ? -Limit : Limit;
        memory[y + 1] = next;
    }

    // Some columns of one pair.
    private int Fill(QuantizedBlock block, int pair, int column, int count, int at)
    {
        int row = _firstRow + 2 * pair;
        bool isAlone = 2 * pair + 1 == _rows;
        for (int end = column + count; column < end; column++)
        {
            long high = isAlone ? 0 : block.WeightAt(row + 1, column);
            _pairs[at++] = (high << 32) + block.WeightAt(row, column);
        }
        return at;
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
