using System;
using System.IO;
using System.Linq;
using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;

namespace EdgeRnn.Tests;

/// <summary>Places that are files, and writes that the power cuts off.</summary>
public sealed class FileStorageTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"edgernn-{Guid.NewGuid():N}", "state");
    private readonly FileStorage _storage;

    public FileStorageTests() => _storage = new FileStorage(_folder);

    public void Dispose()
    {
        string parent = Path.GetDirectoryName(_folder)!;
        if (Directory.Exists(parent)) Directory.Delete(parent, recursive: true);
    }

    [Fact]
    public void Nothing_is_stored_in_the_beginning()
    {
        Assert.Equal(StorageStatus.Missing, _storage.Read(0, new byte[4], 0, 4));
        Directory.CreateDirectory(_folder);
        Assert.Equal(StorageStatus.Missing, _storage.Read(0, new byte[4], 0, 4));
    }

    [Fact]
    public void What_was_written_is_read_and_the_rest_of_the_buffer_stays()
    {
        Assert.Equal(StorageStatus.Ok, _storage.Write(0, [9, 1, 2, 3, 9], 1, 3));
        byte[] read = [7, 7, 7, 7, 7];
        Assert.Equal(3, _storage.Read(0, read, 1, 4));
        Assert.Equal([7, 1, 2, 3, 7], read);
    }

    [Fact]
    public void Places_do_not_touch_each_other()
    {
        _storage.Write(0, [1], 0, 1);
        _storage.Write(1, [2, 2], 0, 2);
        Assert.Equal([1], Held(0));
        Assert.Equal([2, 2], Held(1));
    }

    [Fact]
    public void A_shorter_write_leaves_nothing_of_a_longer_one()
    {
        _storage.Write(0, [1, 1, 1, 1], 0, 4);
        _storage.Write(0, [2], 0, 1);
        Assert.Equal([2], Held(0));
    }

    [Fact]
    public void What_is_longer_than_the_buffer_is_not_read()
    {
        _storage.Write(0, [1, 2, 3], 0, 3);
        Assert.Equal(StorageStatus.TooLong, _storage.Read(0, new byte[3], 0, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    public void A_write_that_was_cut_off_leaves_what_was_there_and_hinders_no_later_one(int reached)
    {
        _storage.Write(0, [1, 2, 3], 0, 3);
        File.WriteAllBytes(Path.Combine(_folder, "slot-0.tmp"), new byte[reached]);
        Assert.Equal([1, 2, 3], Held(0));
        Assert.Equal(StorageStatus.Ok, _storage.Write(0, [4, 5], 0, 2));
        Assert.Equal([4, 5], Held(0));
    }

    [Fact]
    public void On_a_full_medium_the_write_says_so_and_leaves_what_was_there()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "this system has no /dev/full");
        _storage.Write(0, [1, 2, 3], 0, 3);
        File.CreateSymbolicLink(Path.Combine(_folder, "slot-0.tmp"), "/dev/full");
        Assert.Equal(StorageStatus.Full, _storage.Write(0, [4, 5], 0, 2));
        Assert.Equal([1, 2, 3], Held(0));
    }

    [Fact]
    public void A_folder_that_is_a_file_fails()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder)!);
        File.WriteAllText(_folder, "");
        Assert.Equal(StorageStatus.Failed, _storage.Write(0, [1], 0, 1));
    }

    [Fact]
    public void A_place_that_is_a_folder_fails_to_be_read_and_written()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "slot-0.bin"));
        Assert.Equal(StorageStatus.Failed, _storage.Read(0, new byte[4], 0, 4));
        Assert.Equal(StorageStatus.Failed, _storage.Write(0, [1], 0, 1));
    }

    private byte[] Held(int slot)
    {
        byte[] buffer = new byte[16];
        return [.. buffer.Take(_storage.Read(slot, buffer, 0, buffer.Length))];
    }
}
