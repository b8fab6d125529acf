using System;
using System.Buffers.Binary;

namespace EdgeRnn.Converter.Import;

/// <summary>Stored elements as float32: rounded to nearest where they are wider.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 => 8,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Int8 or ElementType.UInt8 or ElementType.Bool => 1,
        _ => 2,
    };

    /// <summary>The element at an index of a run of elements.</summary>
    /// <param name="bytes">The run; long enough, as checked by the caller.</param>
    /// <param name="type">How its elements are written.</param>
    /// <param name="index">Which element.</param>
    public static float Read(ReadOnlySpan<byte> bytes, ElementType type, int index)
    {
        ReadOnlySpan<byte> at = bytes[(index * SizeOf(type))..];
        return type switch
        {
            ElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(at),
            ElementType.Float64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(at),
            ElementType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(at),
            // A bfloat16 is the upper half of a float32.
            ElementType.BFloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(at) << 16),
            ElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(at),
            ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(at),
            ElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(at),
            ElementType.Int8 => (sbyte)at[0],
            ElementType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(at),
            ElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(at),
            ElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(at),
            ElementType.UInt8 => at[0],
            ElementType.Bool => at[0] == 0 ? 0 : 1,
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
    }

    /// <summary>The element at an index of a run of whole numbers or truth values, exactly.</summary>
    /// <param name="bytes">The run; long enough, as checked by the caller.</param>
    /// <param name="type">How its elements are written; not a floating-point type.</param>
    /// <param name="index">Which element.</param>
    public static long ReadInteger(ReadOnlySpan<byte> bytes, ElementType type, int index)
    {
        ReadOnlySpan<byte> at = bytes[(index * SizeOf(type))..];
        return type switch
        {
            ElementType.Int64 or ElementType.UInt64 => BinaryPrimitives.ReadInt64LittleEndian(at),
            ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(at),
            ElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(at),
            ElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(at),
            ElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(at),
            ElementType.Int8 => (sbyte)at[0],
            ElementType.UInt8 => at[0],
            ElementType.Bool => at[0] == 0 ? 0 : 1,
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
    }

    /// <summary>A run of elements, one after another.</summary>
    public static float[] ReadAll(ReadOnlySpan<byte> bytes, ElementType type, int count)
    {
        float[] elements = new float[count];
        for (int i = 0; i < count; i++) elements[i] = Read(bytes, type, i);
        return elements;
    }
}
