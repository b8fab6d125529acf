using System;
using System.Text;

namespace EdgeRnn.Runtime;

/// <summary>Reads little-endian fields of one section in order; a read past its end is a <see cref="ModelException"/>.</summary>
internal sealed class ByteReader
{
    private readonly byte[] _data;
    private readonly string _what;
    private int _position;
    private readonly int _end;

    /// <summary>Reads bytes [start, end) of a file; the caller keeps the array.</summary>
    public ByteReader(byte[] data, int start, int end, string what)
    {
        _data = data;
        _position = start;
        _end = end;
        _what = what;
    }

    /// <summary>Where the next field is read, as an offset in the file.</summary>
    public int Position => _position;

    public int Byte()
    {
        return _data[Advance(1)];
    }

    public int UInt16()
    {
        int at = Advance(2);
        return _data[at] | (_data[at + 1] << 8);
    }

    public int Int32()
    {
        return BitConverter.ToInt32(_data, Advance(4));
    }

    public float Single()
    {
        return BitConverter.ToSingle(_data, Advance(4));
    }

    /// <summary>Eight bytes, signed, that must lie in [minimum, maximum].</summary>
    public long Int64(long minimum, long maximum, string field)
    {
        int at = _position;
        uint low = (uint)Int32();
        long value = ((long)Int32() << 32) | low;
        if (value < minimum || value > maximum)
        {
            throw new ModelException(ModelErrorCode.BadValue, _what + ": " + field + " at byte " + at.ToString() + " is " +
                value.ToString() + ", expected " + minimum.ToString() + " to " + maximum.ToString());
        }
        return value;
    }

    /// <summary>One byte, signed.</summary>
    public int SignedByte()
    {
        return (sbyte)_data[Advance(1)];
    }

    /// <summary>One signed byte that must lie in [minimum, maximum].</summary>
    public int SignedChoice(int minimum, int maximum, string field)
    {
        int at = _position;
        int value = SignedByte();
        if (value < minimum || value > maximum) ThrowRange(at, field, value, minimum, maximum);
        return value;
    }

    /// <summary>Raw bytes, copied.</summary>
    public byte[] Bytes(int count)
    {
        int at = Advance(count);
        byte[] bytes = new byte[count];
        Array.Copy(_data, at, bytes, 0, count);
        return bytes;
    }

    /// <summary>Checks that so many bytes are left, before memory for them is reserved.</summary>
    public void RequireLeft(long count)
    {
        if (count > _end - _position)
        {
            throw new ModelException(ModelErrorCode.WrongLength, _what + ": " + count.ToString() + " bytes wanted at byte " +
                _position.ToString() + ", " + (_end - _position).ToString() + " are left");
        }
    }

    /// <summary>A count or size that must lie in [minimum, maximum].</summary>
    public int Count(int minimum, int maximum, string field)
    {
        int at = _position;
        int value = Int32();
        if (value < minimum || value > maximum) ThrowRange(at, field, value, minimum, maximum);
        return value;
    }

    /// <summary>One byte that must lie in [minimum, maximum].</summary>
    public int Choice(int minimum, int maximum, string field)
    {
        int at = _position;
        int value = Byte();
        if (value < minimum || value > maximum) ThrowRange(at, field, value, minimum, maximum);
        return value;
    }

    /// <summary>A number that must be finite and not below a bound.</summary>
    public float Finite(float minimum, string field)
    {
        int at = _position;
        float value = Single();
        if (!(value >= minimum && value <= float.MaxValue))
        {
            throw new ModelException(ModelErrorCode.BadValue, _what + ": " + field + " at byte " + at.ToString() + " is " +
                value.ToString() + ", expected a finite number" +
                (minimum == float.MinValue ? "" : " of at least " + minimum.ToString()));
        }
        return value;
    }

    /// <summary>
    /// Text with a one-byte length in front. Names are printed in messages and tables, so a file may not smuggle line ends or
    /// terminal commands into them.
    /// </summary>
    public string ShortText()
    {
        int at = _position;
        string text = Text(Byte());
        for (int i = at + 1; i < _position; i++)
        {
            // U+0080 to U+009F are C2 80 to C2 9F in UTF-8.
            bool isControl = _data[i] < 0x20 || _data[i] == 0x7F ||
                (_data[i] == 0xC2 && i + 1 < _position && _data[i + 1] >= 0x80 && _data[i + 1] < 0xA0);
            if (isControl)
            {
                throw new ModelException(ModelErrorCode.BadValue, _what + ": the text at byte " + at.ToString() +
                    " holds a control character, expected none");
            }
        }
        return text;
    }

    /// <summary>Text of a known number of UTF-8 bytes.</summary>
    public string Text(int byteCount)
    {
        int at = Advance(byteCount);
        return Encoding.UTF8.GetString(_data, at, byteCount);
    }

    /// <summary>Bytes that must be zero.</summary>
    public void Zeros(int count, string field)
    {
        int at = Advance(count);
        for (int i = at; i < at + count; i++)
        {
            if (_data[i] != 0) ThrowRange(i, field, _data[i], 0, 0);
        }
    }

    /// <summary>Checks that the section ends here.</summary>
    public void End()
    {
        if (_position != _end)
        {
            throw new ModelException(ModelErrorCode.WrongLength, _what + ": " + (_end - _position).ToString() +
                " unexpected bytes from byte " + _position.ToString());
        }
    }

    private int Advance(int count)
    {
        int at = _position;
        if (count > _end - at)
        {
            throw new ModelException(ModelErrorCode.WrongLength, _what + ": " + count.ToString() + " bytes wanted at byte " +
                at.ToString() + ", " + (_end - at).ToString() + " are left");
        }
        _position = at + count;
        return at;
    }

    private void ThrowRange(int at, string field, int value, int minimum, int maximum)
    {
        throw new ModelException(ModelErrorCode.BadValue, _what + ": " + field + " at byte " + at.ToString() + " is " +
            value.ToString() + ", expected " + minimum.ToString() + (minimum == maximum ? "" : " to " + maximum.ToString()));
    }
}
