namespace EdgeRnn.Runtime;

/// <summary>
/// A matrix of trained weights and the product every layer is made of: y += W x. Immutable after construction and shared by
/// all sessions.
/// </summary>
internal sealed partial class WeightMatrix
{
    private readonly int _rows;
    private readonly int _columns;

    // [rows, columns] row-major as in the file; a packed copy takes its place where vectors are available.
    private float[] _values;

    /// <summary>Takes [rows, columns] out of a larger row-major tensor of the same column count.</summary>
    /// <param name="tensor">[at least firstRow + rows, columns]; copied where it is not used whole.</param>
    /// <param name="firstRow">First row of the tensor.</param>
    /// <param name="rows">Rows of this matrix: units or gates times units.</param>
    /// <param name="columns">Features of x.</param>
    /// <param name="packing">How the model's weights are laid out; null for what this machine is best at.</param>
    public WeightMatrix(float[] tensor, int firstRow, int rows, int columns, WeightPacking? packing = null)
    {
        _rows = rows;
        _columns = columns;
        _values = tensor;
        Pack(firstRow, packing);
        if (_values != tensor || rows * columns == tensor.Length) return;
        _values = new float[rows * columns];
        System.Array.Copy(tensor, firstRow * columns, _values, 0, rows * columns);
    }

    /// <summary>Multiply-accumulates of one product.</summary>
    public long Macs => (long)_rows * _columns;

    /// <summary>y[0..rows) += W x[0..columns).</summary>
    /// <param name="x">Holds x from <paramref name="xOffset"/>.</param>
    /// <param name="xOffset">First element of x.</param>
    /// <param name="y">Holds y from <paramref name="yOffset"/>; may be the same array, not the same elements, as x.</param>
    /// <param name="yOffset">First element of y.</param>
    public void AddProduct(float[] x, int xOffset, float[] y, int yOffset)
    {
        bool done = false;
        AddProductVector(x, xOffset, y, yOffset, ref done);
        if (!done) AddProductPortable(_values, _rows, _columns, x, xOffset, y, yOffset);
    }

    /// <summary>y[0..rows) = bias[0..rows) + W x[0..columns).</summary>
    /// <param name="bias">Null for none.</param>
    /// <param name="biasOffset">First element of the bias.</param>
    /// <param name="x">Holds x from <paramref name="xOffset"/>.</param>
    /// <param name="xOffset">First element of x.</param>
    /// <param name="y">Receives y from <paramref name="yOffset"/>; may be the same array, not the same elements, as x.</param>
    /// <param name="yOffset">First element of y.</param>
    public void SetAffine(float[]? bias, int biasOffset, float[] x, int xOffset, float[] y, int yOffset)
    {
        bool done = false;
        SetAffineVector(bias, biasOffset, x, xOffset, y, yOffset, ref done);
        if (done) return;
        if (bias == null) System.Array.Clear(y, yOffset, _rows);
        else System.Array.Copy(bias, biasOffset, y, yOffset, _rows);
        AddProductPortable(_values, _rows, _columns, x, xOffset, y, yOffset);
    }

    /// <summary>The definition of the product; the vector version is compared with it.</summary>
    internal static void AddProductPortable(float[] w, int rows, int columns, float[] x, int xOffset, float[] y, int yOffset)
    {
        int at = 0;
        for (int row = 0; row < rows; row++)
        {
            float sum = y[yOffset + row];
            for (int column = 0; column < columns; column++) sum += w[at++] * x[xOffset + column];
            y[yOffset + row] = sum;
        }
    }

    // Takes the place of the rows as in the tensor, or leaves them.
    partial void Pack(int firstRow, WeightPacking? packing);

    partial void SetAffineVector(float[]? bias, int biasOffset, float[] x, int xOffset, float[] y, int yOffset, ref bool done);

    partial void AddProductVector(float[] x, int xOffset, float[] y, int yOffset, ref bool done);
}
