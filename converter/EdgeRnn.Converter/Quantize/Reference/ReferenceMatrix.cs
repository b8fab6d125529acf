using System;
using System.Numerics;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Reference;

/// <summary>
/// A matrix in double precision. Stored by columns, so that vectors of any width add each row in the same order: the sums have
/// the same bits on every machine.
/// </summary>
internal sealed class ReferenceMatrix
{
    private readonly double[] _columns; // [columns, rows]
    private readonly int _rows;

    public ReferenceMatrix(Tensor matrix) : this(matrix.Data, matrix.Shape[0], matrix.Data.Length / matrix.Shape[0])
    {
    }

    /// <param name="weights">[rows, columns], row-major.</param>
    /// <param name="rows">Outputs.</param>
    /// <param name="columns">Inputs.</param>
    public ReferenceMatrix(ReadOnlySpan<float> weights, int rows, int columns)
    {
        _rows = rows;
        _columns = new double[weights.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++) _columns[column * rows + row] = weights[row * columns + column];
        }
    }

    /// <summary>y += W x.</summary>
    /// <param name="x">[columns].</param>
    /// <param name="y">[rows]; does not overlap x.</param>
    public void AddProduct(ReadOnlySpan<double> x, Span<double> y)
    {
        y = y[.._rows];
        int width = Vector<double>.Count, vectorised = _rows - _rows % width;
        for (int column = 0; column < x.Length; column++)
        {
            ReadOnlySpan<double> weights = _columns.AsSpan(column * _rows, _rows);
            double factor = x[column];
            for (int row = 0; row < vectorised; row += width)
            {
                Vector<double> sum = new Vector<double>(y[row..]) + new Vector<double>(weights[row..]) * factor;
                sum.CopyTo(y[row..]);
            }
            for (int row = vectorised; row < _rows; row++) y[row] += weights[row] * factor;
        }
    }
}
