using System;
using EdgeRnn.Firmware;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;
using EdgeRnn.Simulator;
using EdgeRnn.Tests.Detection;

namespace EdgeRnn.Tests;

/// <summary>What is kept while the power is off survives a write that is cut off anywhere.</summary>
public sealed class StoredStateTests
{
    [Fact]
    public void A_new_storage_holds_no_record()
    {
        Assert.Equal(StorageStatus.Missing, new SlotPair(new MemoryStorage(), 0, 8).Load());
    }

    [Fact]
    public void Records_are_written_to_two_places_in_turn_and_the_newest_is_read()
    {
        MemoryStorage storage = new();
        for (byte record = 1; record <= 5; record++)
        {
            SlotPair writer = new(storage, 4, 8), reader = new(storage, 4, 8);
            writer.Load();
            Assert.Equal(StorageStatus.Ok, Store(writer, record, record));
            Assert.Equal(2, reader.Load());
            Assert.Equal(record, reader.Buffer[SlotPair.RecordOffset]);
        }
        Assert.NotNull(storage[4]);
        Assert.NotNull(storage[5]);
        Assert.Null(storage[6]);
    }

    [Fact]
    public void A_write_cut_off_at_any_byte_leaves_the_record_before()
    {
        MemoryStorage storage = new();
        SlotPair slots = new(storage, 0, 8);
        Store(slots, 1, 1, 1, 1);
        Store(slots, 2, 2, 2, 2);
        byte[] first = storage[0]!, second = storage[1]!;
        for (int cut = 0; cut < first.Length; cut++)
        {
            storage[0] = (byte[])first.Clone();
            storage[1] = (byte[])second.Clone();
            SlotPair writer = new(storage, 0, 8), reader = new(storage, 0, 8);
            Assert.Equal(4, writer.Load());
            storage.TornAfter = cut;
            Assert.Equal(StorageStatus.Failed, Store(writer, 3, 3, 3, 3));
            Assert.Equal(4, reader.Load());
            Assert.Equal(2, reader.Buffer[SlotPair.RecordOffset]);
            // And the next one goes to the place that was torn.
            Assert.Equal(StorageStatus.Ok, Store(reader, 4, 4, 4, 4));
            Assert.Equal(second, storage[1]);
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_makes_a_record_unsound()
    {
        MemoryStorage storage = new();
        Store(new SlotPair(storage, 0, 8), 1, 2, 3);
        byte[] sound = storage[0]!;
        for (int bit = 0; bit < 8 * sound.Length; bit++)
        {
            byte[] flipped = (byte[])sound.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            storage[0] = flipped;
            Assert.Equal(StorageStatus.Damaged, new SlotPair(storage, 0, 8).Load());
        }
        storage[0] = sound;
        Assert.Equal(3, new SlotPair(storage, 0, 8).Load());
    }

    [Fact]
    public void Storage_that_fails_and_records_that_are_too_long_are_told_apart()
    {
        MemoryStorage storage = new();
        Store(new SlotPair(storage, 0, 8), 1, 2, 3, 4, 5, 6, 7, 8);
        Assert.Equal(StorageStatus.TooLong, new SlotPair(storage, 0, 4).Load());
        storage.IsBroken = true;
        Assert.Equal(StorageStatus.Failed, new SlotPair(storage, 0, 8).Load());
    }

    [Fact]
    public void A_record_after_a_place_could_not_be_read_never_looks_older_than_the_one_before()
    {
        MemoryStorage storage = new();
        SlotPair slots = new(storage, 0, 8);
        for (byte record = 1; record <= 9; record++) Store(slots, record);
        // The newest is damaged: the one before it is read, and what is written next follows that.
        storage[0]![^1] ^= 1;
        SlotPair after = new(storage, 0, 8);
        after.Load();
        Assert.Equal(8, after.Buffer[SlotPair.RecordOffset]);
        Store(after, 10);
        SlotPair reader = new(storage, 0, 8);
        reader.Load();
        Assert.Equal(10, reader.Buffer[SlotPair.RecordOffset]);
    }

    [Fact]
    public void A_stream_goes_on_after_a_restart_as_if_nothing_had_happened()
    {
        MemoryStorage storage = new();
        LoopRig whole = new(), before = new(storage: storage);
        whole.Start();
        whole.Feed(400);
        whole.Turn(400);
        before.Start();
        before.Feed(250);
        before.Turn(249);
        before.Loop.RequestSave();
        before.Turn();
        Assert.Equal(1, before.Loop.Counters.Saves);

        LoopRig after = new(storage: storage);
        Assert.Equal(StorageStatus.Ok, after.Loop.State!.Restore());
        Assert.Equal(StateStatus.Restored, after.Loop.State.LastStateStatus);
        after.Lose(250);
        after.Start();
        after.Feed(150);
        after.Turn(150);
        Assert.Equal(whole.Detector.ScoreBits, after.Detector.ScoreBits);
        Assert.Equal(whole.Detector.Threshold, after.Detector.Threshold);
    }

    [Fact]
    public void A_power_cut_while_the_state_is_saved_leaves_the_state_before()
    {
        MemoryStorage storage = new();
        LoopRig rig = new(storage: storage);
        rig.MakeReady();
        rig.Loop.RequestSave();
        rig.Feed(30);
        rig.Turn();
        int saved = rig.Detector.ScoreBits;
        rig.Turn(10);
        storage.TornAfter = 100;
        rig.Loop.RequestSave();
        rig.Turn();
        Assert.Equal(1, rig.Loop.Counters.FailedSaves);
        LoopRig after = new(storage: storage);
        Assert.Equal(StorageStatus.Ok, after.Loop.State!.Restore());
        Assert.Equal(saved, after.Detector.ScoreBits);
        Assert.NotEqual(saved, rig.Detector.ScoreBits);
    }

    [Fact]
    public void Start_up_tells_what_became_of_the_state()
    {
        byte[] file = WithSettings();
        MemoryStorage storage = new();
        DeviceStart first = new(file, true);
        Assert.True(first.Status == StartStatus.Ready, first.Text);
        Assert.Equal(StateOutcome.None, first.RestoreState(storage, 0));
        Assert.Equal(StorageStatus.Ok, first.Keeper!.Save());
        DeviceStart second = new(file, true);
        Assert.Equal(StateOutcome.Restored, second.RestoreState(storage, 0));
        storage[0]![40] ^= 1;
        DeviceStart third = new(file, true);
        Assert.Equal(StateOutcome.Refused, third.RestoreState(storage, 0));
        Assert.Contains("learnt anew", third.StateText, StringComparison.Ordinal);
        storage.IsBroken = true;
        Assert.Equal(StateOutcome.Unreadable, new DeviceStart(file, true).RestoreState(storage, 0));
    }

    internal static byte[] WithSettings() => DeviceStartTests.File(WatchedStream.Counts);

    private static int Store(SlotPair slots, params byte[] record)
    {
        byte[] two = record.Length == 1 ? [record[0], 0] : record;
        two.CopyTo(slots.Buffer, SlotPair.RecordOffset);
        return slots.Store(two.Length);
    }
}
