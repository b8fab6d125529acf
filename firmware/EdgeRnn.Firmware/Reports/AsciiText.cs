namespace EdgeRnn.Firmware;

/// <summary>
/// Text that is put together in a buffer of a fixed size; what does not fit is left out. Allocates nothing after its creation.
/// </summary>
public sealed class AsciiText
{
    /// <summary>An empty text.</summary>
    /// <param name="capacity">Most characters.</param>
    public AsciiText(int capacity)
    {
        Bytes = new byte[capacity];
    }

    /// <summary>The characters, from the first byte on; the buffer is this object's own.</summary>
    public byte[] Bytes { get; }

    /// <summary>Characters so far.</summary>
    public int Count { get; private set; }

    /// <summary>Back to an empty text.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds characters.</summary>
    /// <param name="text">ASCII.</param>
    public void Put(string text)
    {
        for (int i = 0; i < text.Length; i++) PutByte((byte)text[i]);
    }

    /// <summary>Adds a whole number.</summary>
    /// <param name="value">Any.</param>
    public void Put(long value)
    {
        if (value < 0) PutByte((byte)'-');
        long divisor = 1;
        while (value / divisor > 9 || value / divisor < -9) divisor *= 10;
        for (; divisor > 0; divisor /= 10)
        {
            long digit = value / divisor % 10;
            PutByte((byte)('0' + (digit < 0 ? -digit : digit)));
        }
    }

    /// <summary>Adds a number with 16 binary digits behind the point, as decimals, cut off and not rounded.</summary>
    /// <param name="value">The number times 2^16, at least 0.</param>
    /// <param name="decimals">Digits behind the point, 1 to 9.</param>
    public void PutFixed(int value, int decimals)
    {
        Put(value >> 16);
        PutByte((byte)'.');
        long rest = value & 0xFFFF;
        for (int i = 0; i < decimals; i++)
        {
            rest *= 10;
            PutByte((byte)('0' + (rest >> 16)));
            rest &= 0xFFFF;
        }
    }

    private void PutByte(byte character)
    {
        if (Count < Bytes.Length) Bytes[Count++] = character;
    }
}
