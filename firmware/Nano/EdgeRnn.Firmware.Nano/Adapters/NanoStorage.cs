using System;
using System.IO;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Nano;

/// <summary>
/// Places as files of the internal storage, <c>I:\edgernn0.bin</c> and on. A read or write allocates what the file system needs.
/// </summary>
public sealed class NanoStorage : IStorage
{
    private readonly string[] _paths;

    /// <summary>Places in a drive; nothing is written yet.</summary>
    /// <param name="drive">As <c>I:\</c>.</param>
    /// <param name="slotCount">Places.</param>
    public NanoStorage(string drive, int slotCount)
    {
        _paths = new string[slotCount];
        for (int i = 0; i < slotCount; i++) _paths[i] = drive + "edgernn" + i.ToString() + ".bin";
    }

    /// <inheritdoc/>
    public int Read(int slot, byte[] buffer, int offset, int capacity)
    {
        try
        {
            if (!File.Exists(_paths[slot])) return StorageStatus.Missing;
            using (FileStream file = new FileStream(_paths[slot], FileMode.Open, FileAccess.Read))
            {
                if (file.Length > capacity) return StorageStatus.TooLong;
                return ReadAll(file, buffer, offset);
            }
        }
        catch (Exception)
        {
            return StorageStatus.Failed;
        }
    }

    /// <inheritdoc/>
    public int Write(int slot, byte[] buffer, int offset, int count)
    {
        try
        {
            using (FileStream file = new FileStream(_paths[slot], FileMode.Create, FileAccess.Write))
            {
                file.Write(buffer, offset, count);
                file.Flush();
            }
            return StorageStatus.Ok;
        }
        catch (Exception)
        {
            return StorageStatus.Failed;
        }
    }

    internal static int ReadAll(FileStream file, byte[] buffer, int offset)
    {
        int count = (int)file.Length, taken = 0;
        while (taken < count)
        {
            int more = file.Read(buffer, offset + taken, count - taken);
            if (more <= 0) return StorageStatus.Failed;
            taken += more;
        }
        return taken;
    }
}
