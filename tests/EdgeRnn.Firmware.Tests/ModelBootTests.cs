using System;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Firmware;
using EdgeRnn.Runtime;
using EdgeRnn.Simulator;
using EdgeRnn.Tests.Detection;

namespace EdgeRnn.Tests;

/// <summary>A device starts with the best model it has, whatever became of the others.</summary>
public sealed class ModelBootTests
{
    private static readonly byte[] _model = DeviceStartTests.File(WatchedStream.Integers);
    private static readonly byte[] _floats = DeviceStartTests.File(WatchedStream.Floats);
    private static readonly byte[] _wrong = FailingSelfTest();

    [Fact]
    public void Without_any_model_there_is_no_start()
    {
        ModelBoot boot = new(new ModelStore(new MemoryStorage(), 2), null, null, false);
        Assert.Null(boot.Start);
        Assert.Equal("", boot.Source);
        Assert.Equal("", boot.Notes);
    }

    [Fact]
    public void A_device_without_storage_takes_the_model_of_the_program()
    {
        ModelBoot boot = new(null, null, Copy(_model), false);
        Assert.Equal(StartStatus.Ready, boot.Start!.Status);
        Assert.Equal("model of the program", boot.Source);
    }

    [Fact]
    public void A_stored_model_goes_before_the_one_of_the_program()
    {
        MemoryStorage storage = new();
        ModelStoreTests.Install(storage, _floats);
        ModelBoot boot = new(new ModelStore(storage, 2), null, Copy(_model), false);
        Assert.Equal("stored model", boot.Source);
        Assert.False(boot.Start!.Model!.IsQuantized);
    }

    [Fact]
    public void A_new_model_is_taken_stored_and_there_at_the_next_start()
    {
        MemoryStorage storage = new();
        ModelStoreTests.Install(storage, _floats);
        ModelBoot boot = new(new ModelStore(storage, 2), Copy(_model), null, false);
        Assert.Equal("new model", boot.Source);
        Assert.True(boot.IsInstalled);
        ModelBoot next = new(new ModelStore(storage, 2), null, null, false);
        Assert.Equal("stored model", next.Source);
        Assert.True(next.Start!.Model!.IsQuantized);
    }

    [Fact]
    public void A_new_model_that_fails_its_self_test_is_not_stored_and_the_one_before_runs()
    {
        MemoryStorage storage = new();
        ModelStoreTests.Install(storage, _floats);
        ModelBoot boot = new(new ModelStore(storage, 2), Copy(_wrong), null, false);
        Assert.Equal("stored model", boot.Source);
        Assert.False(boot.IsInstalled);
        Assert.StartsWith("new model: ", boot.Notes, StringComparison.Ordinal);
        Assert.Equal(_floats, ModelStoreTests.Opened(storage).Read(0));
    }

    [Fact]
    public void A_stored_model_that_fails_its_self_test_gives_way_to_the_other_for_good()
    {
        MemoryStorage storage = new();
        ModelStoreTests.Install(storage, _floats);
        ModelStoreTests.Install(storage, _wrong);
        ModelBoot boot = new(new ModelStore(storage, 2), null, Copy(_model), false);
        Assert.Equal("stored model", boot.Source);
        Assert.False(boot.Start!.Model!.IsQuantized);
        Assert.Contains("stored model: ", boot.Notes, StringComparison.Ordinal);
        Assert.Equal("", new ModelBoot(new ModelStore(storage, 2), null, null, false).Notes);
    }

    [Fact]
    public void With_both_stored_models_damaged_the_one_of_the_program_runs()
    {
        MemoryStorage storage = new();
        ModelStoreTests.Install(storage, _floats);
        ModelStoreTests.Install(storage, _floats);
        storage[4]![100] ^= 1;
        storage[5]![100] ^= 1;
        ModelBoot boot = new(new ModelStore(storage, 2), null, Copy(_model), false);
        Assert.Equal("model of the program", boot.Source);
        Assert.Equal(2, boot.Notes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void A_new_model_runs_even_where_it_cannot_be_stored()
    {
        MemoryStorage storage = new(100);
        ModelBoot boot = new(new ModelStore(storage, 2), Copy(_model), null, false);
        Assert.Equal(StartStatus.Ready, boot.Start!.Status);
        Assert.False(boot.IsInstalled);
        Assert.Contains("could not be stored", boot.Notes, StringComparison.Ordinal);
    }

    // The power may fail wherever an update writes: at every such moment the device starts afterwards, with one model or the other.
    [Fact]
    public void An_update_cut_off_anywhere_never_leaves_a_device_without_a_model()
    {
        for (int cut = 0; cut < _model.Length; cut++)
        {
            MemoryStorage storage = new();
            ModelStoreTests.Install(storage, _floats);
            storage.TornAfter = cut;
            ModelBoot torn = new(new ModelStore(storage, 2), Copy(_model), null, false);
            Assert.False(torn.IsInstalled);
            ModelBoot next = new(new ModelStore(storage, 2), null, null, false);
            Assert.Equal("stored model", next.Source);
            Assert.False(next.Start!.Model!.IsQuantized);
        }
    }

    [Fact]
    public void A_model_that_refuses_the_kind_of_samples_is_passed_over()
    {
        ModelBoot boot = new(null, Copy(_floats), DeviceStartTests.File(WatchedStream.Counts), true);
        Assert.Equal("model of the program", boot.Source);
        Assert.StartsWith("new model: ", boot.Notes, StringComparison.Ordinal);
    }

    private static byte[] Copy(byte[] bytes) => ModelStoreTests.Copy(bytes);

    // Every checksum holds, and the last answer is not the one expected.
    private static byte[] FailingSelfTest() =>
        SectionEdit.Replace(_model, GoldenSection.Tag, Model.Load(_model).GoldenBytes - 8, 12345);
}
