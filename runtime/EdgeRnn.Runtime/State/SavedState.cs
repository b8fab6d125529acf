using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// What the saved states of sessions and detectors have in common: magic, version and length, and a CRC-32 over all before it.
/// </summary>
internal static class SavedState
{
    private const int ChecksumBytes = 4;

    /// <exception cref="ArgumentException">The buffer is too short.</exception>
    public static void RequireRoom(byte[] buffer, int offset, int length)
    {
        if (offset >= 0 && buffer.Length - offset >= length) return;
        throw new ArgumentException("buffer: " + length.ToString() + " bytes are needed from offset " + offset.ToString() +
            ", the array has " + buffer.Length.ToString() + "; see SavedStateBytes");
    }

    /// <summary>Writes the start; returns the offset behind it.</summary>
    public static int Begin(byte[] buffer, int offset, int magic, int version, int length)
    {
        int at = LittleEndian.Put(buffer, offset, magic);
        at = LittleEndian.Put(buffer, at, version);
        return LittleEndian.Put(buffer, at, length);
    }

    /// <summary>Writes the checksum of [offset, at) behind it.</summary>
    public static void End(byte[] buffer, int offset, int at)
    {
        LittleEndian.Put(buffer, at, (int)Crc32.Compute(buffer, offset, at - offset));
    }

    /// <summary>Looks at what <see cref="Begin"/> and <see cref="End"/> wrote; at least headerBytes stand before the checksum.</summary>
    /// <returns>A <see cref="StateStatus"/> code.</returns>
    public static int Check(byte[] buffer, int offset, int length, int magic, int version, int headerBytes)
    {
        if (offset < 0 || length < headerBytes + ChecksumBytes || length > buffer.Length - offset) return StateStatus.WrongLength;
        if (BitConverter.ToInt32(buffer, offset) != magic) return StateStatus.NotAState;
        if (BitConverter.ToInt32(buffer, offset + 4) != version) return StateStatus.UnsupportedVersion;
        if (BitConverter.ToInt32(buffer, offset + 8) != length) return StateStatus.WrongLength;
        int checksum = BitConverter.ToInt32(buffer, offset + length - ChecksumBytes);
        return checksum == (int)Crc32.Compute(buffer, offset, length - ChecksumBytes) ? StateStatus.Restored : StateStatus.ChecksumMismatch;
    }

    /// <summary>Whether floats are finite.</summary>
    public static bool AreFinite(byte[] buffer, int at, int count)
    {
        for (int i = 0; i < count; i++)
        {
            float value = BitConverter.ToSingle(buffer, at + 4 * i);
            if (!(value >= float.MinValue && value <= float.MaxValue)) return false;
        }
        return true;
    }
}
