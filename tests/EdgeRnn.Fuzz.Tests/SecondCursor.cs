using System;
using System.Buffers.Binary;
using System.Linq;
using System.Text;

namespace EdgeRnn.Tests;

/// <summary>Little-endian fields read one after another; the end is never passed.</summary>
internal sealed class SecondCursor(byte[] data, int start, int length)
{
    private readonly int _end = start + length;

    public int Position { get; private set; } = start;

    /// <summary>The one way a second reader refuses: a rule of the page is broken.</summary>
    public static void Must(bool rule, string text)
    {
        if (!rule) throw new FormatException(text);
    }

    public int U8() => Take(1)[0];

    public int U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int I32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long I64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public float F32() => BinaryPrimitives.ReadSingleLittleEndian(Take(4));

    public float FiniteF32(string name)
    {
        float value = F32();
        Must(float.IsFinite(value), name + " is finite");
        return value;
    }

    public float[] FiniteF32s(int count, string name)
    {
        Must(count <= (_end - Position) / 4, name + " lies inside the section");
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = FiniteF32(name);
        return values;
    }

    /// <summary>An i32 within bounds.</summary>
    public int I32(int least, int most, string name)
    {
        int value = I32();
        Must(value >= least && value <= most, $"{name} is {least} to {most}, found {value}");
        return value;
    }

    /// <summary>A u8 of at most <paramref name="most"/>.</summary>
    public int U8(int most, string name)
    {
        int value = U8();
        Must(value <= most, $"{name} is 0 to {most}, found {value}");
        return value;
    }

    public string Text()
    {
        string text = Encoding.UTF8.GetString(Take(U8()));
        Must(!text.Any(char.IsControl), "a text holds no control characters");
        return text;
    }

    public string LongText() => Encoding.UTF8.GetString(Take(U16()));

    public byte[] Bytes(int count) => Take(count).ToArray();

    public void Zeros(int count, string where)
    {
        foreach (byte value in Take(count)) Must(value == 0, where + " is zero");
    }

    public void AtEnd(string section) => Must(Position == _end, section + " ends with its last field");

    private ReadOnlySpan<byte> Take(int count)
    {
        Must(count >= 0 && count <= _end - Position, $"{count} bytes at {Position} lie inside their section");
        Position += count;
        return data.AsSpan(Position - count, count);
    }
}
