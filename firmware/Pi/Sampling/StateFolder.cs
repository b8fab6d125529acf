using System;
using System.IO;
using EdgeRnn.Hardware;
using Microsoft.Win32.SafeHandles;

namespace EdgeRnn.Firmware.Pi;

/// <summary>
/// Storage in a folder: a file per place, <c>state.0</c> and <c>state.1</c>, open as long as the program runs. A write has reached the
/// medium when it returns.
/// </summary>
internal sealed class StateFolder : IStorage, IDisposable
{
    private readonly SafeFileHandle[] _files;

    private StateFolder(SafeFileHandle[] files) => _files = files;

    /// <summary>Opens a folder; makes it where it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="PiException">It cannot be written.</exception>
    public static StateFolder Open(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new StateFolder([OpenFile(folder, 0), OpenFile(folder, 1)]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PiException($"{folder}: expected a folder for the state, found one that cannot be written: {error.Message.TrimEnd('.')}; " +
                "give its owner write access, or name another under state.folder");
        }
    }

    /// <inheritdoc/>
    public int Read(int slot, byte[] buffer, int offset, int capacity)
    {
        try
        {
            long length = RandomAccess.GetLength(_files[slot]);
            if (length == 0) return StorageStatus.Missing;
            if (length > capacity) return StorageStatus.TooLong;
            return RandomAccess.Read(_files[slot], buffer.AsSpan(offset, (int)length), 0) == length ? (int)length : StorageStatus.Failed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return StorageStatus.Failed;
        }
    }

    /// <inheritdoc/>
    public int Write(int slot, byte[] buffer, int offset, int count)
    {
        try
        {
            RandomAccess.Write(_files[slot], buffer.AsSpan(offset, count), 0);
            RandomAccess.SetLength(_files[slot], count);
            RandomAccess.FlushToDisk(_files[slot]);
            return StorageStatus.Ok;
        }
        catch (IOException error) when (error.HResult == 28) // ENOSPC
        {
            return StorageStatus.Full;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return StorageStatus.Failed;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SafeFileHandle file in _files) file.Dispose();
    }

    private static SafeFileHandle OpenFile(string folder, int slot) =>
        File.OpenHandle(Path.Combine(folder, $"state.{slot}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
