using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// How large sums and pre-activations can become, whatever the inputs are. A cell whose bounds stay below the clamps of
/// <see cref="QuantizedMatrix"/> gives the same bits without them, in any order of adding up.
/// </summary>
internal static class QuantizedRowBounds
{
    /// <summary>Whether no clamp can act in any of the rows.</summary>
    /// <param name="products">Column blocks of 8-bit weights that add to the same pre-activations.</param>
    /// <param name="firstRow">First row of each of them.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="isNarrow">Whether inputs lie in [-127, 127].</param>
    /// <param name="bounds">[rows] bounds of what the pre-activations hold already, replaced by those of the results.</param>
    public static bool Add(QuantizedBlock[] products, int firstRow, int rows, bool isNarrow, double[] bounds)
    {
        double input = isNarrow ? QuantizedPointwise.Limit8 : QuantizedLimits.MaxValue;
        foreach (QuantizedBlock product in products)
        {
            for (int row = 0; row < rows; row++)
            {
                long weights = ByteSums.Magnitudes(product.Weights.AsSpan((firstRow + row) * product.ColumnCount, product.ColumnCount));
                // A sum that leaves 32 bits wraps in every kernel alike, to less than this.
                bounds[row] += Math.ScaleB(weights * input * product.Mantissas[firstRow + row], -product.Shifts[firstRow + row]) + 1;
                if (!(bounds[row] < QuantizedLimits.MaxPreActivation)) return false;
            }
        }
        return true;
    }

    /// <summary>Adds the magnitudes of biases to bounds.</summary>
    /// <param name="bias">Pre-activations.</param>
    /// <param name="first">First one taken.</param>
    /// <param name="count">How many.</param>
    /// <param name="bounds">Bounds.</param>
    /// <param name="at">First bound that they add to.</param>
    public static void AddBias(int[] bias, int first, int count, double[] bounds, int at)
    {
        for (int i = 0; i < count; i++) bounds[at + i] += Math.Abs((double)bias[first + i]);
    }
}
