namespace EdgeRnn.Runtime;

/// <summary>CRC-32 as in zip and Ethernet (reflected polynomial 0xEDB88320), four bits at a time: a 64-byte table.</summary>
internal static class Crc32
{
    private static readonly uint[] _table = CreateTable();

    /// <summary>The checksum of <paramref name="length"/> bytes at <paramref name="offset"/>.</summary>
    public static uint Compute(byte[] data, int offset, int length)
    {
        uint[] table = _table;
        uint crc = 0xFFFFFFFF;
        for (int i = offset; i < offset + length; i++)
        {
            crc ^= data[i];
            crc = (crc >> 4) ^ table[crc & 15];
            crc = (crc >> 4) ^ table[crc & 15];
        }
        return ~crc;
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
}
