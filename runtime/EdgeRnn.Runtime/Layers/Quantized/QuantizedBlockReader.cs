using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Takes one column block out of a tensor and turns its scales into what rescales an accumulator: shift = 150 - exponent + input
/// bits - pre-activation bits.
/// </summary>
internal sealed class QuantizedBlockReader
{
    private const int ExponentBias = 150;
    private const int LowBits = 8;

    private readonly string _layer;
    private readonly QuantizedTensor _tensor;
    private readonly int _block;
    private readonly int _column;
    private readonly int _count;
    private readonly int _extraBits;

    /// <param name="layer">The layer in messages.</param>
    /// <param name="tensor">All columns.</param>
    /// <param name="block">Index of the block.</param>
    /// <param name="column">Its first column.</param>
    /// <param name="extraBits">Fraction bits of the block's input less those of the pre-activation.</param>
    public QuantizedBlockReader(string layer, QuantizedTensor tensor, int block, int column, int extraBits)
    {
        _layer = layer;
        _tensor = tensor;
        _block = block;
        _column = column;
        _count = tensor.BlockColumns[block];
        _extraBits = extraBits;
    }

    /// <summary>A block of int8 or int4 weights.</summary>
    public QuantizedBlock Read()
    {
        if (_tensor.Type == ElementType.Int4)
            return new QuantizedBlock(_column, _count, Nibbles(), Multipliers(), Mantissas(), Shifts(0));
        return new QuantizedBlock(_column, _count, Bytes(), Mantissas(), Shifts(0));
    }

    /// <summary>The high bytes of int16 weights, (w + 128) >> 8, whose scale is 2^8 times the weights'.</summary>
    public QuantizedBlock ReadHigh() => new QuantizedBlock(_column, _count, Halves(true), Mantissas(), Shifts(LowBits));

    /// <summary>What the high bytes leave of int16 weights, w - 2^8 * high, in [-128, 127].</summary>
    public QuantizedBlock ReadLow() => new QuantizedBlock(_column, _count, Halves(false), Mantissas(), Shifts(0));

    /// <summary>The scales' significands, [rows].</summary>
    public int[] Mantissas()
    {
        int[] mantissas = new int[_tensor.Rows];
        Array.Copy(_tensor.Significands, _block * _tensor.Rows, mantissas, 0, mantissas.Length);
        return mantissas;
    }

    /// <summary>How far to shift right after the significand, [rows].</summary>
    /// <param name="lessBits">Taken off: the scale is 2^lessBits times the tensor's.</param>
    public int[] Shifts(int lessBits)
    {
        int[] shifts = new int[_tensor.Rows];
        for (int row = 0; row < shifts.Length; row++)
        {
            int shift = ExponentBias - _tensor.Exponents[_block * _tensor.Rows + row] + _extraBits - lessBits;
            if (shift < 1 || shift > 62)
            {
                throw new ModelException(ModelErrorCode.BadTensor, _layer + ": the scale of row " + row.ToString() +
                    " needs a shift by " + shift.ToString() + " bits, expected 1 to 62");
            }
            shifts[row] = shift;
        }
        return shifts;
    }

    private sbyte[] Bytes()
    {
        if (_count == _tensor.Columns) return _tensor.Weights8;
        sbyte[] weights = new sbyte[_tensor.Rows * _count];
        for (int row = 0; row < _tensor.Rows; row++)
            Array.Copy(_tensor.Weights8, row * _tensor.Columns + _column, weights, row * _count, _count);
        return weights;
    }

    private sbyte[] Halves(bool high)
    {
        sbyte[] weights = new sbyte[_tensor.Rows * _count];
        for (int row = 0; row < _tensor.Rows; row++)
        {
            for (int i = 0; i < _count; i++)
            {
                int weight = _tensor.Weights16[row * _tensor.Columns + _column + i];
                int upper = (weight + (1 << (LowBits - 1))) >> LowBits;
                weights[row * _count + i] = (sbyte)(high ? upper : weight - (upper << LowBits));
            }
        }
        return weights;
    }

    private byte[] Nibbles()
    {
        if (_count == _tensor.Columns) return _tensor.Nibbles;
        int rowBytes = (_tensor.Columns + 1) / 2, blockBytes = (_count + 1) / 2;
        byte[] nibbles = new byte[_tensor.Rows * blockBytes];
        for (int row = 0; row < _tensor.Rows; row++)
        {
            for (int i = 0; i < _count; i++)
            {
                int column = _column + i;
                int nibble = (_tensor.Nibbles[row * rowBytes + column / 2] >> (4 * (column & 1))) & 0x0F;
                nibbles[row * blockBytes + i / 2] |= (byte)(nibble << (4 * (i & 1)));
            }
        }
        return nibbles;
    }

    private byte[] Multipliers()
    {
        int groups = QuantizedTensor.GroupsIn(_count), first = 0;
        for (int i = 0; i < _block; i++) first += QuantizedTensor.GroupsIn(_tensor.BlockColumns[i]);
        byte[] multipliers = new byte[_tensor.Rows * groups];
        for (int row = 0; row < _tensor.Rows; row++)
            Array.Copy(_tensor.Multipliers, row * _tensor.GroupsPerRow + first, multipliers, row * groups, groups);
        return multipliers;
    }
}
