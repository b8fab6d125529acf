using System;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware;

/// <summary>
/// Two model files in a storage, one of them active. A record in two more places says which, and the length and CRC-32 of each: an update
/// writes the other file, reads it back, and only then writes the record, so that a power cut anywhere leaves the model before it. Uses
/// <see cref="SlotCount"/> places: the record's two, then the files'.
/// </summary>
public sealed class ModelStore
{
    /// <summary>Places of the storage that it uses.</summary>
    public const int SlotCount = 4;

    /// <summary>What <see cref="Active"/> is while no model is stored.</summary>
    public const int None = -1;

    private const int RecordBytes = 20; // active, then length and CRC-32 of each file
    private const int MostBytes = 1 << 24;

    private readonly IStorage _storage;
    private readonly int _firstFile;
    private readonly SlotPair _record;
    private readonly int[] _lengths = new int[2];
    private readonly int[] _checksums = new int[2];

    /// <summary>A store; nothing is read yet.</summary>
    /// <param name="storage">The storage; not owned.</param>
    /// <param name="firstSlot">The first of its places.</param>
    public ModelStore(IStorage storage, int firstSlot)
    {
        _storage = storage;
        _firstFile = firstSlot + 2;
        _record = new SlotPair(storage, firstSlot, RecordBytes);
    }

    /// <summary>The file a device starts with, 0 or 1; <see cref="None"/> where nothing is stored.</summary>
    public int Active { get; private set; } = None;

    /// <summary>Reads the record.</summary>
    /// <returns>A <see cref="StorageStatus"/>: <see cref="StorageStatus.Missing"/> where no model was ever stored.</returns>
    public int Open()
    {
        Active = None;
        _lengths[0] = _lengths[1] = 0;
        int count = _record.Load();
        if (count < 0) return count;
        byte[] bytes = _record.Buffer;
        int active = count == RecordBytes ? BitConverter.ToInt32(bytes, SlotPair.RecordOffset) : None;
        if (active != 0 && active != 1) return StorageStatus.Damaged;
        for (int i = 0; i < 2; i++)
        {
            int length = BitConverter.ToInt32(bytes, SlotPair.RecordOffset + 4 + 8 * i);
            _lengths[i] = length < 0 || length > MostBytes ? 0 : length;
            _checksums[i] = BitConverter.ToInt32(bytes, SlotPair.RecordOffset + 8 + 8 * i);
        }
        Active = active;
        return StorageStatus.Ok;
    }

    /// <summary>Reads a file; allocates it.</summary>
    /// <param name="which">0 or 1.</param>
    /// <returns>Its bytes; null where there is none, or it is not what was written.</returns>
    public byte[]? Read(int which)
    {
        if (_lengths[which] == 0) return null;
        byte[] file = new byte[_lengths[which]];
        return ReadBack(which, file) ? file : null;
    }

    /// <summary>Writes a model into the file that is not active and makes it the active one.</summary>
    /// <param name="file">The .ernn file. What was written is read back into it: after a failure its content is not defined.</param>
    /// <returns>A <see cref="StorageStatus"/>; after a failure the active model is the one before.</returns>
    public int Install(byte[] file)
    {
        int target = Active == 0 ? 1 : 0, oldLength = _lengths[target], oldChecksum = _checksums[target];
        _lengths[target] = file.Length;
        _checksums[target] = (int)Crc32.Compute(file, 0, file.Length);
        int status = _storage.Write(_firstFile + target, file, 0, file.Length);
        if (status == StorageStatus.Ok && !ReadBack(target, file)) status = StorageStatus.Damaged;
        if (status == StorageStatus.Ok) status = StoreRecord(target);
        if (status != StorageStatus.Ok)
        {
            _lengths[target] = oldLength;
            _checksums[target] = oldChecksum;
        }
        return status;
    }

    /// <summary>Makes the other file the active one, where the active one has turned out to be of no use.</summary>
    /// <returns>A <see cref="StorageStatus"/>.</returns>
    public int Switch() => StoreRecord(1 - Active);

    private bool ReadBack(int which, byte[] file) =>
        _storage.Read(_firstFile + which, file, 0, file.Length) == file.Length &&
        (int)Crc32.Compute(file, 0, file.Length) == _checksums[which];

    private int StoreRecord(int active)
    {
        byte[] bytes = _record.Buffer;
        LittleEndian.Put(bytes, SlotPair.RecordOffset, active);
        for (int i = 0; i < 2; i++)
        {
            LittleEndian.Put(bytes, SlotPair.RecordOffset + 4 + 8 * i, _lengths[i]);
            LittleEndian.Put(bytes, SlotPair.RecordOffset + 8 + 8 * i, _checksums[i]);
        }
        int status = _record.Store(RecordBytes);
        if (status == StorageStatus.Ok) Active = active;
        return status;
    }
}
