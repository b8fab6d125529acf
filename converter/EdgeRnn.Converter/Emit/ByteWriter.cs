using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Linq;
using System.Text;

namespace EdgeRnn.Converter.Emit;

/// <summary>Little-endian fields, appended.</summary>
internal sealed class ByteWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public int Length => _buffer.WrittenCount;

    public void Byte(int value) => _buffer.Write([checked((byte)value)]);

    public void UInt16(int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, checked((ushort)value));
        _buffer.Write(bytes);
    }

    public void Int32(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        _buffer.Write(bytes);
    }

    public void Int64(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        _buffer.Write(bytes);
    }

    public void Single(float value) => Int32(BitConverter.SingleToInt32Bits(value));

    public void Singles(float[] values)
    {
        foreach (float value in values) Single(value);
    }

    public void Bytes(byte[] bytes) => _buffer.Write(bytes);

    /// <summary>
    /// UTF-8 text with a one-byte length; control characters become question marks, longer text is cut at a character.
    /// </summary>
    public void ShortText(string text)
    {
        byte[] bytes = Utf8(string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter)), byte.MaxValue);
        Byte(bytes.Length);
        Bytes(bytes);
    }

    /// <summary>UTF-8 text with a two-byte length; longer text is cut at a character.</summary>
    public void LongText(string text)
    {
        byte[] bytes = Utf8(text, ushort.MaxValue);
        UInt16(bytes.Length);
        Bytes(bytes);
    }

    public void Zeros(int count) => Bytes(new byte[count]);

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    // An encoder stops before the first character that no longer fits.
    private static byte[] Utf8(string text, int maxBytes)
    {
        byte[] bytes = new byte[maxBytes];
        Encoding.UTF8.GetEncoder().Convert(text, bytes, flush: true, out _, out int written, out _);
        return bytes[..written];
    }
}
