using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Integer weights with their scales, [rows, columns] row-major (FORMAT.md, "Scales"). The columns form blocks, side by side; each
/// has a scale of its own for every row, a float32 kept as integers: scale = significand * 2^(exponent - 150).
/// </summary>
internal sealed partial class QuantizedTensor
{
    /// <summary>Columns that share a multiplier in an int4 tensor, counted anew in each block.</summary>
    public const int GroupSize = 32;

    /// <summary>Int16, Int8 or Int4 of <see cref="ElementType"/>.</summary>
    public readonly int Type;

    public readonly int Rows;

    public readonly int Columns;

    /// <summary>Columns of each block.</summary>
    public readonly int[] BlockColumns;

    /// <summary>24-bit significands in [2^23, 2^24), [block * Rows + row].</summary>
    public readonly int[] Significands;

    /// <summary>Biased exponents in [1, 254], [block * Rows + row].</summary>
    public readonly int[] Exponents;

    /// <summary>Int8 weights, [Rows, Columns]; empty for other types.</summary>
    public readonly sbyte[] Weights8;

    /// <summary>Int16 weights, [Rows, Columns]; empty for other types.</summary>
    public readonly short[] Weights16;

    /// <summary>Int4 weights, [Rows, (Columns + 1) / 2], the lower half of a byte first; empty for other types.</summary>
    public readonly byte[] Nibbles;

    /// <summary>Multipliers of int4 groups, [Rows, GroupsPerRow]; empty for other types.</summary>
    public readonly byte[] Multipliers;

    private readonly string _name;

    /// <param name="file">The whole file.</param>
    /// <param name="name">The tensor in messages.</param>
    /// <param name="type">Element type.</param>
    /// <param name="rows">First axis.</param>
    /// <param name="columns">Product of the other axes.</param>
    /// <param name="dataOffset">First byte of the weights; that they lie inside the file is proven.</param>
    /// <param name="scales">Reader over exactly the scales.</param>
    public QuantizedTensor(byte[] file, string name, int type, int rows, int columns, int dataOffset, ByteReader scales)
    {
        _name = name;
        Type = type;
        Rows = rows;
        Columns = columns;
        BlockColumns = new int[scales.Count(1, ModelLimits.MaxBlocks, name + " block count")];
        int left = columns, groups = 0;
        for (int block = 0; block < BlockColumns.Length; block++)
        {
            BlockColumns[block] = scales.Count(1, left, name + " block columns");
            left -= BlockColumns[block];
            groups += GroupsIn(BlockColumns[block]);
        }
        if (left != 0) ThrowContent("blocks leave out " + left.ToString() + " columns");
        GroupsPerRow = groups;
        // A scale takes 4 bytes: what the section holds bounds what is reserved.
        scales.RequireLeft((long)BlockColumns.Length * rows * 4);
        Significands = new int[BlockColumns.Length * rows];
        Exponents = new int[BlockColumns.Length * rows];
        for (int i = 0; i < Significands.Length; i++)
        {
            int bits = scales.Int32();
            Exponents[i] = bits >> 23;
            Significands[i] = (bits & 0x7FFFFF) | 0x800000;
            if (Exponents[i] < 1 || Exponents[i] > 254) ThrowContent("scale " + i.ToString() + " is not a positive normal number");
        }
        Weights8 = type == ElementType.Int8 ? ReadWeights8(file, dataOffset) : new sbyte[0];
        Weights16 = type == ElementType.Int16 ? ReadWeights16(file, dataOffset) : new short[0];
        Nibbles = type == ElementType.Int4 ? ReadNibbles(file, dataOffset) : new byte[0];
        Multipliers = type == ElementType.Int4 ? scales.Bytes(rows * groups) : new byte[0];
        scales.End();
    }

    /// <summary>Int4 groups in a row.</summary>
    public int GroupsPerRow { get; }

    /// <summary>Int4 groups in a block.</summary>
    public static int GroupsIn(int blockColumns) => (blockColumns + GroupSize - 1) / GroupSize;

    /// <summary>Bytes of the weights of a tensor, without scales.</summary>
    public static long DataBytes(int type, long rows, long columns)
    {
        if (type == ElementType.Int4) return rows * ((columns + 1) / 2);
        return type == ElementType.Int16 ? 2 * rows * columns : rows * columns;
    }

    private sbyte[] ReadWeights8(byte[] file, int at)
    {
        sbyte[] weights = new sbyte[Rows * Columns];
        bool done = false;
        CopySymmetric(file, at, weights, ref done);
        if (done) return weights;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (sbyte)file[at + i];
            if (weights[i] < -QuantizedLimits.MaxWeight8) ThrowWeight(i, weights[i], QuantizedLimits.MaxWeight8);
        }
        return weights;
    }

    // Takes all at once where none is -128.
    static partial void CopySymmetric(byte[] file, int at, sbyte[] weights, ref bool done);

    private short[] ReadWeights16(byte[] file, int at)
    {
        short[] weights = new short[Rows * Columns];
        for (int i = 0; i < weights.Length; i++, at += 2)
        {
            short weight = (short)(file[at] | (file[at + 1] << 8));
            if (weight > QuantizedLimits.MaxWeight16 || weight < -QuantizedLimits.MaxWeight16)
                ThrowWeight(i, weight, QuantizedLimits.MaxWeight16);
            weights[i] = weight;
        }
        return weights;
    }

    private byte[] ReadNibbles(byte[] file, int at)
    {
        int rowBytes = (Columns + 1) / 2;
        byte[] nibbles = new byte[Rows * rowBytes];
        Array.Copy(file, at, nibbles, 0, nibbles.Length);
        for (int i = 0; i < nibbles.Length; i++)
        {
            // 8 would be -8, which the symmetric range leaves out.
            if ((nibbles[i] & 0x0F) == 8 || nibbles[i] >> 4 == 8) ThrowWeight(2 * i, -8, QuantizedLimits.MaxWeight4);
        }
        if ((Columns & 1) == 0) return nibbles;
        for (int row = 0; row < Rows; row++)
        {
            if (nibbles[(row + 1) * rowBytes - 1] >> 4 != 0) ThrowContent("the padding of row " + row.ToString() + " is not zero");
        }
        return nibbles;
    }

    private void ThrowWeight(int index, int value, int limit)
    {
        throw new ModelException(ModelErrorCode.BadTensor, "TENS: weight " + index.ToString() + " of " + _name + " is " +
            value.ToString() + ", expected at most " + limit.ToString() + " either way");
    }

    private void ThrowContent(string problem)
    {
        throw new ModelException(ModelErrorCode.BadTensor, "TENS: " + _name + ": " + problem);
    }
}
