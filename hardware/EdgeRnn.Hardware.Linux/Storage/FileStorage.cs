using System;
using System.IO;

namespace EdgeRnn.Hardware.Linux;

/// <summary>
/// Places as files of a folder, <c>slot-0.bin</c> and so on. A write goes into another file that takes the place's name once it has
/// reached the medium, so that a write that was cut off leaves what was there. Does not throw; allocates.
/// </summary>
public sealed class FileStorage : IStorage
{
    // Numbers of Linux that .NET hands on in an exception's HResult.
    private const int FileTooLarge = 27, NoSpace = 28, QuotaExceeded = 122;

    private readonly string _folder;

    /// <summary>Places in a folder, which is made where it is missing when something is written.</summary>
    /// <param name="folder">Its path. Nothing else writes files of these names there.</param>
    public FileStorage(string folder) => _folder = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public int Read(int slot, byte[] buffer, int offset, int capacity)
    {
        try
        {
            using FileStream file = new(PathOf(slot, "bin"), FileMode.Open, FileAccess.Read);
            if (file.Length > capacity) return StorageStatus.TooLong;
            return file.ReadAtLeast(buffer.AsSpan(offset, (int)file.Length), (int)file.Length, false);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return StorageStatus.Missing;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return StorageStatus.Failed;
        }
    }

    /// <inheritdoc/>
    public int Write(int slot, byte[] buffer, int offset, int count)
    {
        string unfinished = PathOf(slot, "tmp");
        try
        {
            Directory.CreateDirectory(_folder);
            using (FileStream file = new(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(buffer, offset, count);
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, PathOf(slot, "bin"), overwrite: true);
            // Without this a power cut may bring the old name back; the content is whole either way.
            return !OperatingSystem.IsLinux() || Libc.SyncFolder(_folder) ? StorageStatus.Ok : StorageStatus.Failed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.HResult is FileTooLarge or NoSpace or QuotaExceeded ? StorageStatus.Full : StorageStatus.Failed;
        }
    }

    private string PathOf(int slot, string ending) => Path.Combine(_folder, $"slot-{slot}.{ending}");
}
