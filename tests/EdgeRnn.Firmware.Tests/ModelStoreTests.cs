using System;
using System.Linq;
using EdgeRnn.Firmware;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>Two model files, one of them active: an update that is cut off anywhere leaves the model before it.</summary>
public sealed class ModelStoreTests
{
    private const int FirstSlot = 2;
    private const int Record = FirstSlot, Files = FirstSlot + 2;

    private static readonly byte[] _first = [.. Enumerable.Range(0, 90).Select(i => (byte)i)];
    private static readonly byte[] _second = [.. Enumerable.Range(0, 70).Select(i => (byte)(i * 3 + 1))];
    private static readonly byte[] _third = [.. Enumerable.Range(0, 110).Select(i => (byte)(200 - i))];

    [Fact]
    public void A_new_storage_has_no_model()
    {
        ModelStore store = new(new MemoryStorage(), FirstSlot);
        Assert.Equal(StorageStatus.Missing, store.Open());
        Assert.Equal(ModelStore.None, store.Active);
        Assert.Null(store.Read(0));
        Assert.Null(store.Read(1));
    }

    [Fact]
    public void The_model_installed_last_is_the_active_one_and_the_one_before_is_kept()
    {
        MemoryStorage storage = new();
        Install(storage, _first);
        Install(storage, _second);
        ModelStore store = Opened(storage);
        Assert.Equal(_second, store.Read(store.Active));
        Assert.Equal(_first, store.Read(1 - store.Active));
        Install(storage, _third);
        store = Opened(storage);
        Assert.Equal(_third, store.Read(store.Active));
        Assert.Equal(_second, store.Read(1 - store.Active));
    }

    [Fact]
    public void It_uses_four_places_and_no_others()
    {
        MemoryStorage storage = new();
        Install(storage, _first);
        Install(storage, _second);
        Assert.Equal([FirstSlot, FirstSlot + 1, FirstSlot + 2, FirstSlot + 3], Enumerable.Range(0, 12).Where(slot => storage[slot] != null));
        Assert.Equal(4, ModelStore.SlotCount);
    }

    [Fact]
    public void An_update_cut_off_at_any_byte_of_the_file_leaves_the_model_before()
    {
        for (int cut = 0; cut < _third.Length; cut++)
        {
            MemoryStorage storage = Two();
            storage.TornAfter = cut;
            Assert.Equal(StorageStatus.Failed, Opened(storage).Install(Copy(_third)));
            ModelStore after = Opened(storage);
            Assert.Equal(_second, after.Read(after.Active));
            // And the next update works.
            Assert.Equal(StorageStatus.Ok, after.Install(Copy(_third)));
            Assert.Equal(_third, Opened(storage).Read(after.Active));
        }
    }

    // A power cut is not a status: nobody is there to see it. Only what lies in the storage counts.
    [Fact]
    public void An_update_cut_off_at_any_byte_of_the_record_leaves_a_model_whichever()
    {
        MemoryStorage whole = Two();
        Install(whole, _third);
        int newest = Enumerable.Range(Record, 2).Single(slot => !whole[slot]!.AsSpan().SequenceEqual(Two()[slot] ?? []));
        byte[] record = whole[newest]!;
        for (int cut = 0; cut <= record.Length; cut++)
        {
            MemoryStorage storage = Two();
            storage[Files] = Copy(whole[Files]!);
            storage[Files + 1] = Copy(whole[Files + 1]!);
            byte[] torn = storage[newest] ?? [];
            if (torn.Length < cut) Array.Resize(ref torn, cut);
            record.AsSpan(0, cut).CopyTo(torn);
            storage[newest] = torn;
            ModelStore store = Opened(storage);
            Assert.Equal(cut == record.Length ? _third : _second, store.Read(store.Active));
        }
    }

    [Fact]
    public void A_file_that_reads_back_otherwise_is_not_made_active()
    {
        MemoryStorage storage = Two();
        ModelStore store = new(new ForgetfulStorage(storage), FirstSlot);
        store.Open();
        Assert.Equal(StorageStatus.Damaged, store.Install(Copy(_third)));
        ModelStore after = Opened(storage);
        Assert.Equal(_second, after.Read(after.Active));
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_a_file_is_noticed()
    {
        MemoryStorage storage = Two();
        ModelStore store = Opened(storage);
        byte[] sound = storage[Files + store.Active]!;
        for (int bit = 0; bit < 8 * sound.Length; bit++)
        {
            byte[] flipped = Copy(sound);
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            storage[Files + store.Active] = flipped;
            Assert.Null(store.Read(store.Active));
        }
        Assert.Equal(_first, store.Read(1 - store.Active));
    }

    [Fact]
    public void Without_a_sound_record_nothing_is_active_and_the_next_model_is_installed_all_the_same()
    {
        MemoryStorage storage = Two();
        storage[Record] = [1, 2, 3];
        storage[Record + 1] = [];
        ModelStore store = new(storage, FirstSlot);
        Assert.Equal(StorageStatus.Damaged, store.Open());
        Assert.Equal(ModelStore.None, store.Active);
        Install(storage, _third);
        ModelStore after = Opened(storage);
        Assert.Equal(_third, after.Read(after.Active));
    }

    [Fact]
    public void A_storage_without_room_keeps_the_model_before()
    {
        MemoryStorage storage = new(100);
        Install(storage, _first);
        Assert.Equal(StorageStatus.Full, Opened(storage).Install(Copy(_third)));
        ModelStore after = Opened(storage);
        Assert.Equal(_first, after.Read(after.Active));
    }

    [Fact]
    public void Switching_makes_the_other_file_active_and_lasts()
    {
        MemoryStorage storage = Two();
        Assert.Equal(StorageStatus.Ok, Opened(storage).Switch());
        ModelStore after = Opened(storage);
        Assert.Equal(_first, after.Read(after.Active));
    }

    internal static byte[] Copy(byte[] bytes) => [.. bytes];

    internal static ModelStore Opened(MemoryStorage storage)
    {
        ModelStore store = new(storage, FirstSlot);
        Assert.Equal(StorageStatus.Ok, store.Open());
        return store;
    }

    internal static void Install(MemoryStorage storage, byte[] file)
    {
        ModelStore store = new(storage, FirstSlot);
        store.Open();
        Assert.Equal(StorageStatus.Ok, store.Install(Copy(file)));
    }

    private static MemoryStorage Two()
    {
        MemoryStorage storage = new();
        Install(storage, _first);
        Install(storage, _second);
        return storage;
    }

    // A medium that says it has written, and has lost the last byte of whatever is longer than a record.
    private sealed class ForgetfulStorage(MemoryStorage storage) : IStorage
    {
        public int Read(int slot, byte[] buffer, int offset, int capacity) => storage.Read(slot, buffer, offset, capacity);

        public int Write(int slot, byte[] buffer, int offset, int count)
        {
            byte[] kept = buffer.AsSpan(offset, count).ToArray();
            if (count > 40) kept[^1] ^= 1;
            return storage.Write(slot, kept, 0, count);
        }
    }
}
