using System;
using System.Linq;

namespace EdgeRnn.Tests;

/// <summary>A tensor of TENS, row-major.</summary>
internal sealed class SecondTensor(int type, int[] shape)
{
    public const int Float32 = 0, Int32 = 1, Int16 = 2, Int8 = 3, Int4 = 4;

    public int Type => type;

    public int[] Shape => shape;

    public int Rows => shape[0];

    /// <summary>Elements of one row: the product of all axes but the first.</summary>
    public long Columns => Elements / shape[0];

    public long Elements { get; } = shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Whether weights are multiplied by scales.</summary>
    public bool IsScaled => type >= Int16;

    /// <summary>The numbers of a float32 tensor.</summary>
    public float[] Data { get; init; } = [];

    /// <summary>The numbers of all other tensors.</summary>
    public int[] Integers { get; init; } = [];

    /// <summary>Of int32 numbers.</summary>
    public int FractionBits { get; init; }

    /// <summary>The columns of a scaled tensor, from left to right.</summary>
    public SecondBlock[] Blocks { get; init; } = [];

    public long Scales => (long)Blocks.Length * Rows;
}

/// <summary>Columns [First, First + Columns) of a scaled tensor.</summary>
/// <param name="First">First column.</param>
/// <param name="Columns">How many.</param>
/// <param name="Scales">[row].</param>
/// <param name="Multipliers">[row][group of 32 columns]; empty unless int4.</param>
internal sealed record SecondBlock(int First, int Columns, float[] Scales, byte[][] Multipliers)
{
    public int Groups => (Columns + 31) / 32;

    /// <summary>A row's scale is m * 2^(e - 150), m a whole number of 24 bits.</summary>
    public (long M, int E) Scale(int row)
    {
        int bits = BitConverter.SingleToInt32Bits(Scales[row]);
        return ((bits & 0x7FFFFF) + 0x800000, bits >> 23);
    }
}
