using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Boards;

/// <summary>
/// Interpreted operations of the products that layers are made of, in operations of average cost. The figures are those of the shared
/// source's loops, counted; a test counts them again.
/// </summary>
internal static class ProductOperations
{
    private const int _unrolled = 8; // columns of one turn of the integer loops

    /// <summary>A product of a float matrix.</summary>
    public static double Of(WeightMatrix matrix) => 42 + matrix.Rows * (25 + 23.0 * matrix.Columns);

    /// <summary>A product of an integer matrix, block after block, with rows in pairs where it has them.</summary>
    public static double Of(QuantizedMatrix matrix)
    {
        double total = 40;
        foreach (RowPairs pairs in matrix.Pairs) total += OfPairs(matrix.Rows, pairs.Columns);
        foreach (QuantizedBlock block in matrix.Blocks)
            total += block.Weights != null ? OfBytes(matrix.Rows, block.ColumnCount) : OfNibbles(matrix.Rows, block.ColumnCount);
        return total;
    }

    private static double OfPairs(int rows, int columns) =>
        62 + (rows + 1) / 2 * (172 + 113.0 * (columns / _unrolled) + 22.0 * (columns % _unrolled));

    private static double OfBytes(int rows, int columns) =>
        192 + rows * (91 + 105.0 * (columns / _unrolled) + 21.0 * (columns % _unrolled));

    private static double OfNibbles(int rows, int columns)
    {
        int groups = (columns + QuantizedBlock.GroupColumns - 1) / QuantizedBlock.GroupColumns;
        return 205 + rows * (87 + 36.0 * groups + 20.5 * columns);
    }
}
