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

    public void Single(float value) => Int32(BitConverter.SingleToInt32Bits(value));

    public void Singles(float[] values)
    {
        foreach (float value in values) Single(value);
    }

    public void Bytes(byte[] bytes) => _buffer.Write(bytes);

    /// <summary>UTF-8 text with a one-byte length; longer text is cut at a character, control characters become question marks.</summary>
    public void ShortText(string text)
    {
        text = string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        while (bytes.Length > byte.MaxValue) bytes = Encoding.UTF8.GetBytes(text = text[..^1]);
        Byte(bytes.Length);
        Bytes(bytes);
    }

    /// <summary>UTF-8 text with a two-byte length.</summary>
    public void LongText(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        UInt16(bytes.Length);
        Bytes(bytes);
    }

    public void Zeros(int count) => Bytes(new byte[count]);

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}
