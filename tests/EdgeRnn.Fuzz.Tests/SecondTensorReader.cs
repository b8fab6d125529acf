using System.Collections.Generic;
using System.Linq;
using static EdgeRnn.Tests.SecondCursor;

namespace EdgeRnn.Tests;

/// <summary>TENS: records, then data at the one place each tensor may have.</summary>
internal static class SecondTensorReader
{
    private const int Alignment = 64;

    public static List<SecondTensor> Read(byte[] file, int start, int length)
    {
        SecondCursor cursor = new(file, start, length);
        int count = cursor.I32(0, 8192, "tensorCount");
        List<(int[] Shape, int Offset, int Elements)> records = [];
        for (int i = 0; i < count; i++) records.Add(ReadRecord(cursor));

        List<SecondTensor> tensors = [];
        foreach ((int[] shape, int offset, int elements) in records)
        {
            int padding = -cursor.Position & (Alignment - 1);
            cursor.Zeros(padding, "bytes between tensors");
            Must(offset == cursor.Position, "dataOffset is the first multiple of 64 after what comes before");
            tensors.Add(new SecondTensor(shape, cursor.FiniteF32s(elements, "tensor")));
        }
        cursor.AtEnd("TENS");
        return tensors;
    }

    private static (int[] Shape, int Offset, int Elements) ReadRecord(SecondCursor cursor)
    {
        Must(cursor.U8() == 0, "elementType is float32");
        int rank = cursor.U8();
        Must(rank is >= 1 and <= 3, "rank is 1 to 3");
        Must(cursor.U8() == 0, "fractionBits is 0 for float32");
        Must(cursor.U8() == 0, "scaleLayout is 0 for float32");
        int[] shape = new int[rank];
        for (int axis = 0; axis < rank; axis++) shape[axis] = cursor.I32(1, int.MaxValue, "shape");
        int offset = cursor.I32(), bytes = cursor.I32();
        Must(shape.Aggregate((System.Int128)4, (product, size) => product * size) == bytes, "dataLength is 4 x the product of the shape");
        Must(cursor.I32() == 0 && cursor.I32() == 0, "no scales for float32");
        return (shape, offset, bytes / 4);
    }
}
