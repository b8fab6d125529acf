namespace EdgeRnn.Runtime;

/// <summary>CRC-32 as in zip and Ethernet (reflected polynomial 0xEDB88320), four bits at a time: a 64-byte table.</summary>
internal static partial class Crc32
{
    private static readonly uint[] _table = CreateTable();

    /// <summary>The checksum of <paramref name="length"/> bytes at <paramref name="offset"/>.</summary>
    public static uint Compute(byte[] data, int offset, int length)
    {
        uint crc = Start;
        FoldVectors(data, ref offset, ref length, ref crc);
        return ~Add(crc, data, offset, length);
    }

    /// <summary>A checksum so far and a run of bytes: the definition, and what is left by the faster form.</summary>
    internal static uint Add(uint crc, byte[] data, int offset, int length)
    {
        uint[] table = _table;
        for (int i = offset; i < offset + length; i++)
        {
            crc ^= data[i];
            crc = (crc >> 4) ^ table[crc & 15];
            crc = (crc >> 4) ^ table[crc & 15];
        }
        return crc;
    }

    /// <summary>What a checksum of numbers that lie nowhere as bytes begins with; its complement ends it.</summary>
    public const uint Start = 0xFFFFFFFF;

    /// <summary>A checksum so far and the low bytes of a number, least significant first.</summary>
    /// <param name="crc">From <see cref="Start"/> or the call before.</param>
    /// <param name="value">The number.</param>
    /// <param name="bytes">1 to 4.</param>
    public static uint Add(uint crc, int value, int bytes)
    {
        uint[] table = _table;
        for (; bytes > 0; bytes--, value >>= 8)
        {
            crc ^= (byte)value;
            crc = (crc >> 4) ^ table[crc & 15];
            crc = (crc >> 4) ^ table[crc & 15];
        }
        return crc;
    }

    private static uint[] CreateTable()
    {
        uint[] table = new uint[16];
        for (uint i = 0; i < 16; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 4; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            table[i] = crc;
        }
        return table;
    }

    // Takes as many bytes as it can from the front.
    static partial void FoldVectors(byte[] data, ref int offset, ref int length, ref uint crc);
}
