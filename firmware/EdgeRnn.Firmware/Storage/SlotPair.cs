using System;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware;

/// <summary>
/// Two places of a storage, written in turn, so that a power cut in the middle of a write leaves the record before it. A record is
/// framed: magic "ERSP", sequence number, length, the bytes, CRC-32 of all before it, little-endian.
/// </summary>
public sealed class SlotPair
{
    private const int Magic = 0x50535245; // "ERSP"
    private const int HeaderBytes = 12;
    private const int FrameBytes = HeaderBytes + 4;

    private readonly IStorage _storage;
    private readonly int _firstSlot;
    private readonly byte[] _frame;
    private int _newest = -1; // 0 or 1; -1: neither holds a record, or nobody has looked yet
    private int _sequence;

    /// <summary>A pair of places.</summary>
    /// <param name="storage">The storage; not owned.</param>
    /// <param name="firstSlot">The first of the two places.</param>
    /// <param name="recordBytes">Bytes of the longest record.</param>
    public SlotPair(IStorage storage, int firstSlot, int recordBytes)
    {
        _storage = storage;
        _firstSlot = firstSlot;
        _frame = new byte[recordBytes + FrameBytes];
    }

    /// <summary>Holds the record from <see cref="RecordOffset"/> on, before <see cref="Store"/> and after <see cref="Load"/>.</summary>
    public byte[] Buffer => _frame;

    /// <summary>Where the record begins in <see cref="Buffer"/>.</summary>
    public static int RecordOffset => HeaderBytes;

    /// <summary>Reads the newest sound record into the buffer.</summary>
    /// <returns>Its bytes, or a negative <see cref="StorageStatus"/>: <see cref="StorageStatus.Missing"/> where nothing was stored,
    /// <see cref="StorageStatus.Damaged"/> where there is something and none of it is sound.</returns>
    public int Load()
    {
        int first = Check(0);
        int firstSequence = _sequence;
        int second = Check(1);
        if (first < 0 && second < 0)
        {
            _newest = -1;
            _sequence = 0;
            return first == StorageStatus.Missing ? second : first;
        }
        // Sequence numbers may wrap round: what counts is which follows the other.
        _newest = second >= 0 && (first < 0 || _sequence - firstSequence > 0) ? 1 : 0;
        if (_newest == 0)
        {
            _sequence = firstSequence;
            return Check(0);
        }
        return second;
    }

    /// <summary>Writes the record in the buffer to the place that does not hold the newest one.</summary>
    /// <param name="count">Bytes of the record.</param>
    /// <returns>A <see cref="StorageStatus"/>; after a failure the record before is still there.</returns>
    public int Store(int count)
    {
        int target = _newest == 0 ? 1 : 0;
        LittleEndian.Put(_frame, 0, Magic);
        LittleEndian.Put(_frame, 4, _sequence + 1);
        LittleEndian.Put(_frame, 8, count);
        LittleEndian.Put(_frame, HeaderBytes + count, (int)Crc32.Compute(_frame, 0, HeaderBytes + count));
        int status = _storage.Write(_firstSlot + target, _frame, 0, count + FrameBytes);
        if (status != StorageStatus.Ok) return status;
        _newest = target;
        _sequence++;
        return status;
    }

    // The record's bytes, and its number in _sequence; negative where it is not sound.
    private int Check(int which)
    {
        int length = _storage.Read(_firstSlot + which, _frame, 0, _frame.Length);
        if (length < 0) return length;
        if (length < FrameBytes || BitConverter.ToInt32(_frame, 0) != Magic) return StorageStatus.Damaged;
        int count = BitConverter.ToInt32(_frame, 8);
        if (count < 0 || count > length - FrameBytes) return StorageStatus.Damaged;
        if (BitConverter.ToInt32(_frame, HeaderBytes + count) != (int)Crc32.Compute(_frame, 0, HeaderBytes + count))
            return StorageStatus.Damaged;
        _sequence = BitConverter.ToInt32(_frame, 4);
        return count;
    }
}
