using System;
using System.Buffers.Binary;
using System.Text;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>
/// The bytes of a pickle, read from front to back; reading past the end is a <see cref="ConversionException"/>.
/// </summary>
internal sealed class PickleBytes
{
    private const int _maxLineBytes = 512;

    private static readonly UTF8Encoding _strictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly byte[] _bytes;
    private readonly string _where;
    private int _position;

    public PickleBytes(byte[] bytes, string where)
    {
        _bytes = bytes;
        _where = where;
    }

    public int Remaining => _bytes.Length - _position;

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public double BigEndianDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A length byte and that many bytes of two's complement, little-endian; more than 64 bits is refused.</summary>
    public long LongInteger()
    {
        int length = Byte();
        if (length > 8) throw Damaged($"a number of {length} bytes");
        ReadOnlySpan<byte> digits = Take(length);
        long value = length > 0 && digits[^1] >= 0x80 ? -1 : 0;
        for (int i = length - 1; i >= 0; i--) value = (value << 8) | digits[i];
        return value;
    }

    public string Text(int length)
    {
        if (length < 0) throw Damaged($"a text of {length} bytes");
        try
        {
            return _strictUtf8.GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("a text that is not UTF-8");
        }
    }

    /// <summary>Text up to a line feed, which is taken too.</summary>
    public string Line()
    {
        int length = _bytes.AsSpan(_position, Math.Min(Remaining, _maxLineBytes)).IndexOf((byte)'\n');
        if (length < 0) throw Damaged($"a name without an end within {_maxLineBytes} bytes");
        string line = Text(length);
        _position++;
        return line;
    }

    /// <summary>The error for a pickle that is not well formed, with the place.</summary>
    public ConversionException Damaged(string found) => new(
        $"{_where}: the pickle at byte {_position} has {found}; save the file again with torch.save(model.state_dict(), f)");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining) throw Damaged($"{Remaining} bytes left where {count} are needed");
        ReadOnlySpan<byte> taken = _bytes.AsSpan(_position, count);
        _position += count;
        return taken;
    }
}
