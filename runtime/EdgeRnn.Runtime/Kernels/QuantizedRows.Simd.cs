using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

/// <summary>
/// A few rows of one block, such as the head of a network: weights of four bytes, multiplied with the inputs as they lie in memory. Packing
/// inputs pays only when many rows share them.
/// </summary>
internal sealed class QuantizedRows
{
    /// <summary>Most rows of a matrix that is laid out like this.</summary>
    public const int MaxRows = 4;

    private const int MaxWeights = 4096;

    private readonly int _firstColumn;
    private readonly int _paddedColumns; // a multiple of two vectors; weights behind the last column are 0
    private readonly int[] _weights;     // [rows, paddedColumns]
    private readonly int[] _mantissas;   // [rows]
    private readonly int[] _shifts;      // [rows]

    /// <param name="block">Not kept.</param>
    /// <param name="firstRow">First row of the block.</param>
    /// <param name="rows">Rows to take.</param>
    public QuantizedRows(QuantizedBlock block, int firstRow, int rows)
    {
        _firstColumn = block.FirstColumn;
        _paddedColumns = Padded(block.ColumnCount);
        _weights = new int[rows * _paddedColumns];
        _mantissas = block.Mantissas.AsSpan(firstRow, rows).ToArray();
        _shifts = block.Shifts.AsSpan(firstRow, rows).ToArray();
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < block.ColumnCount; column++)
                _weights[row * _paddedColumns + column] = block.WeightAt(firstRow + row, column);
        }
    }

    /// <summary>Whether rows are better laid out like this.</summary>
    public static bool Fits(QuantizedBlock block, int rows) =>
        Vector256.IsHardwareAccelerated && block.Weights != null && rows <= MaxRows && rows * Padded(block.ColumnCount) <= MaxWeights;

    /// <summary>
    /// As <see cref="QuantizedMatrix.AddProduct"/>, for the columns of this block; up to 15 ints behind them are read too.
    /// </summary>
    public void AddProduct(int[] memory, int x, int y)
    {
        ref int inputs = ref memory.AsSpan(x + _firstColumn, _paddedColumns).GetPinnableReference();
        ref int weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        for (int row = 0; row < _mantissas.Length; row++)
        {
            Vector256<int> a = Vector256<int>.Zero, b = a;
            for (int column = 0; column < _paddedColumns; column += 16)
            {
                a += Vector256.LoadUnsafe(ref inputs, (nuint)column) * Vector256.LoadUnsafe(ref weights, (nuint)column);
                b += Vector256.LoadUnsafe(ref inputs, (nuint)column + 8) * Vector256.LoadUnsafe(ref weights, (nuint)column + 8);
            }
            memory[y + row] = QuantizedMatrix.Rescale(Vector256.Sum(a + b), _mantissas[row], _shifts[row], memory[y + row]);
            weights = ref Unsafe.Add(ref weights, _paddedColumns);
        }
    }

    private static int Padded(int columns) => (columns + 15) / 16 * 16;
}
