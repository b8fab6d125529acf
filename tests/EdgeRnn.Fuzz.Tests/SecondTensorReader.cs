using System;
using System.Collections.Generic;
using System.Linq;
using static EdgeRnn.Tests.SecondCursor;

namespace EdgeRnn.Tests;

/// <summary>TENS: records, then data and scales at the one place each tensor may have.</summary>
internal static class SecondTensorReader
{
    private const int Alignment = 64, MostElements = int.MaxValue / 4, MostInteger = (1 << 30) - 1, MostBlocks = 256;

    public static List<SecondTensor> Read(byte[] file, int start, int length, bool quantized)
    {
        SecondCursor cursor = new(file, start, length);
        int count = cursor.I32(0, 8192, "tensorCount");
        List<Record> records = [];
        for (int i = 0; i < count; i++) records.Add(ReadRecord(cursor, quantized));
        List<SecondTensor> tensors = [];
        foreach (Record record in records) tensors.Add(ReadTensor(cursor, record));
        cursor.AtEnd("TENS");
        return tensors;
    }

    private static Record ReadRecord(SecondCursor cursor, bool quantized)
    {
        int type = cursor.U8(quantized ? SecondTensor.Int4 : SecondTensor.Float32, "elementType");
        int rank = cursor.U8();
        Must(rank is >= 1 and <= 3, "rank is 1 to 3");
        int bits = (sbyte)cursor.U8();
        Must(type == SecondTensor.Int32 ? bits is >= -38 and <= 38 : bits == 0, "fractionBits is -38 to 38 for int32, else 0");
        int layout = type == SecondTensor.Int4 ? 3 : type >= SecondTensor.Int16 ? 2 : 0;
        Must(cursor.U8() == layout, "scaleLayout is 2 for int16 and int8, 3 for int4, else 0");
        int[] shape = new int[rank];
        for (int axis = 0; axis < rank; axis++) shape[axis] = cursor.I32(1, int.MaxValue, "shape");
        Must(shape.Aggregate((Int128)1, (product, size) => product * size) <= MostElements, "at most 2^29 - 1 elements");
        return new Record(new SecondTensor(type, shape), bits, cursor.I32(), cursor.I32(), cursor.I32(), cursor.I32());
    }

    private static SecondTensor ReadTensor(SecondCursor cursor, Record record)
    {
        SecondTensor tensor = record.Tensor;
        cursor.Zeros(-cursor.Position & (Alignment - 1), "bytes between tensors");
        Must(record.Offset == cursor.Position, "dataOffset is the first multiple of 64 after what comes before");
        long rowBytes = tensor.Type switch
        {
            SecondTensor.Int4 => (tensor.Columns + 1) / 2,
            SecondTensor.Int8 => tensor.Columns,
            SecondTensor.Int16 => 2 * tensor.Columns,
            _ => 4 * tensor.Columns,
        };
        Must(record.Length == rowBytes * tensor.Rows, "dataLength is what the shape takes");
        if (!tensor.IsScaled) Must(record is { ScaleOffset: 0, ScaleLength: 0 }, "no scales for float32 and int32");
        if (tensor.Type == SecondTensor.Float32)
            return new SecondTensor(tensor.Type, tensor.Shape) { Data = cursor.FiniteF32s((int)tensor.Elements, "tensor") };

        byte[] data = cursor.Bytes(record.Length);
        int[] integers = new int[tensor.Elements];
        for (int i = 0; i < integers.Length; i++) integers[i] = Element(tensor, data, i, rowBytes);
        if (tensor.Type == SecondTensor.Int4) CheckPadding(tensor, data, (int)rowBytes);
        int most = tensor.Type switch { SecondTensor.Int32 => MostInteger, SecondTensor.Int16 => 32639, SecondTensor.Int8 => 127, _ => 7 };
        Must(integers.All(value => value >= -most && value <= most), $"an integer is at most {most} either way");
        SecondBlock[] blocks = tensor.IsScaled ? ReadScales(cursor, record) : [];
        return new SecondTensor(tensor.Type, tensor.Shape) { Integers = integers, FractionBits = record.FractionBits, Blocks = blocks };
    }

    private static int Element(SecondTensor tensor, byte[] data, int index, long rowBytes)
    {
        switch (tensor.Type)
        {
            case SecondTensor.Int32: return BitConverter.ToInt32(data, 4 * index);
            case SecondTensor.Int16: return BitConverter.ToInt16(data, 2 * index);
            case SecondTensor.Int8: return (sbyte)data[index];
            default:
                long row = index / tensor.Columns, column = index % tensor.Columns;
                int nibble = data[row * rowBytes + column / 2] >> (int)(4 * (column % 2)) & 15;
                return nibble < 8 ? nibble : nibble - 16;
        }
    }

    private static void CheckPadding(SecondTensor tensor, byte[] data, int rowBytes)
    {
        if (tensor.Columns % 2 == 0) return;
        for (int row = 1; row <= tensor.Rows; row++) Must(data[row * rowBytes - 1] < 16, "half a byte that is left over is zero");
    }

    private static SecondBlock[] ReadScales(SecondCursor cursor, Record record)
    {
        SecondTensor tensor = record.Tensor;
        cursor.Zeros(-cursor.Position & 3, "bytes before scales");
        int start = cursor.Position;
        Must(record.ScaleOffset == start, "scaleOffset is the first multiple of 4 after the data");
        int[] widths = new int[cursor.I32(1, MostBlocks, "blockCount")];
        for (int i = 0; i < widths.Length; i++) widths[i] = cursor.I32(1, int.MaxValue, "columns of a block");
        Must(widths.Sum(width => (long)width) == tensor.Columns, "the blocks are all columns");
        SecondBlock[] blocks = new SecondBlock[widths.Length];
        for (int i = 0, first = 0; i < blocks.Length; first += widths[i++])
        {
            float[] scales = cursor.FiniteF32s(tensor.Rows, "scale");
            Must(scales.All(scale => scale > 0 && float.IsNormal(scale)), "a scale is a positive normal number");
            blocks[i] = new SecondBlock(first, widths[i], scales, new byte[tensor.Type == SecondTensor.Int4 ? tensor.Rows : 0][]);
        }
        for (int row = 0; tensor.Type == SecondTensor.Int4 && row < tensor.Rows; row++)
        {
            foreach (SecondBlock block in blocks) block.Multipliers[row] = cursor.Bytes(block.Groups);
        }
        Must(record.ScaleLength == cursor.Position - start, "scaleLength ends with the last scale or multiplier");
        return blocks;
    }

    private sealed record Record(SecondTensor Tensor, int FractionBits, int Offset, int Length, int ScaleOffset, int ScaleLength);
}
