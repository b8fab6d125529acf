using System;
using System.Collections.Generic;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>Storage that lives as long as the object, and that loses power in the middle of a write where it is told to.</summary>
/// <param name="capacity">Bytes a place can hold.</param>
public sealed class MemoryStorage(int capacity = int.MaxValue) : IStorage
{
    private readonly Dictionary<int, byte[]> _slots = [];

    /// <summary>
    /// Of the next write: how many bytes reach the medium before the power fails; null: all of them. The bytes behind stay what they were.
    /// </summary>
    public int? TornAfter { get; set; }

    /// <summary>Whether every read and write fails.</summary>
    public bool IsBroken { get; set; }

    /// <summary>What a place holds, or null.</summary>
    /// <param name="slot">The place.</param>
    public byte[]? this[int slot]
    {
        get => _slots.GetValueOrDefault(slot);
        set
        {
            if (value == null) _slots.Remove(slot);
            else _slots[slot] = value;
        }
    }

    /// <inheritdoc/>
    public int Read(int slot, byte[] buffer, int offset, int capacity)
    {
        if (IsBroken) return StorageStatus.Failed;
        if (this[slot] is not { } held) return StorageStatus.Missing;
        if (held.Length > capacity) return StorageStatus.TooLong;
        held.CopyTo(buffer, offset);
        return held.Length;
    }

    /// <inheritdoc/>
    public int Write(int slot, byte[] buffer, int offset, int count)
    {
        if (IsBroken) return StorageStatus.Failed;
        if (count > capacity) return StorageStatus.Full;
        int written = Math.Min(TornAfter ?? count, count);
        byte[] before = this[slot] ?? [];
        byte[] after = new byte[written < count ? Math.Max(written, before.Length) : count];
        if (written < count) before.CopyTo(after, 0);
        buffer.AsSpan(offset, written).CopyTo(after);
        _slots[slot] = after;
        TornAfter = null;
        return written < count ? StorageStatus.Failed : StorageStatus.Ok;
    }
}
