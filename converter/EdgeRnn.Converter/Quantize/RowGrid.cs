using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>What one unit of the integers of a row stands for; int4 alone has multipliers.</summary>
/// <param name="Scale">Positive normal number.</param>
/// <param name="Multipliers">One per group of 32 columns, or empty.</param>
internal sealed record RowGrid(float Scale, byte[] Multipliers)
{
    /// <summary>The unit in a column; 0 in a group of zeros.</summary>
    public double Step(int column) => Multiplier(column) * (double)Scale;

    /// <summary>The multiplier in a column; 1 where there are none.</summary>
    public int Multiplier(int column) => Multipliers.Length == 0 ? 1 : Multipliers[column / QuantizedTensor.GroupSize];
}
