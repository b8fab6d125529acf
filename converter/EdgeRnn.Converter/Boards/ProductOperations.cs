using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Boards;

/// <summary>
/// Interpreted operations of the products that layers are made of, in operations of average cost. The figures are those of the shared
/// source's loops, counted; a test counts them again.
/// </summary>
internal static class ProductOperations
{
    /// <summary>A turn of the loop over rows in pairs, eight columns of eight rows.</summary>
    public const double OfEightRows = 327;

    /// <summary>The same for two rows that are left.</summary>
    public const double OfTwoRows = 113;

    /// <summary>A turn of the loop over rows as in the file, eight columns of one row.</summary>
    public const double OfOneRow = 105;

    private const int _unrolled = 8;

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

    // Eight rows at a time, then two.
    private static double OfPairs(int rows, int columns)
    {
        int eights = rows / 8, twos = (rows % 8 + 1) / 2, turns = columns / _unrolled, rest = columns % _unrolled;
        return 67 + eights * (529 + OfEightRows * turns + 54 * rest) + twos * (150 + OfTwoRows * turns + 22 * rest);
    }

    private static double OfBytes(int rows, int columns) =>
        192 + rows * (91 + OfOneRow * (columns / _unrolled) + 21 * (columns % _unrolled));

    private static double OfNibbles(int rows, int columns)
    {
        int groups = (columns + QuantizedBlock.GroupColumns - 1) / QuantizedBlock.GroupColumns;
        return 205 + rows * (87 + 36.0 * groups + 20.5 * columns);
    }
}
