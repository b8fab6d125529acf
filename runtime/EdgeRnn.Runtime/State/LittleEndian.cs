namespace EdgeRnn.Runtime;

/// <summary>Writes saved states, little-endian.</summary>
internal static class LittleEndian
{
    /// <summary>Writes four bytes; returns where the next ones go.</summary>
    public static int Put(byte[] buffer, int at, int value)
    {
        buffer[at] = (byte)value;
        buffer[at + 1] = (byte)(value >> 8);
        buffer[at + 2] = (byte)(value >> 16);
        buffer[at + 3] = (byte)(value >> 24);
        return at + 4;
    }
}
