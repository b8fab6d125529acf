using System;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Firmware;
using EdgeRnn.Runtime;
using EdgeRnn.Tests.Detection;

namespace EdgeRnn.Tests;

/// <summary>A device starts with a model that proves itself, or says in one line why it does not.</summary>
public sealed class DeviceStartTests
{
    /// <summary>A whole file: network, golden steps and detector settings.</summary>
    public static byte[] File(string way) =>
        DetectorSection.Write(GoldenSteps.Append(WatchedStream.File(way)), WatchedStream.Settings());

    [Theory]
    [InlineData(WatchedStream.Floats)]
    [InlineData(WatchedStream.Integers)]
    [InlineData(WatchedStream.Counts)]
    public void A_sound_file_gives_a_detector_that_passed_its_self_test(string way)
    {
        DeviceStart start = new(File(way), way == WatchedStream.Counts);
        Assert.Equal(StartStatus.Ready, start.Status);
        Assert.Equal(SelfTestStatus.Passed, start.SelfTestResult);
        Assert.Equal(way == WatchedStream.Counts, start.Detector!.TakesCounts);
        Assert.EndsWith("self-test passed", start.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_go_in_pairs_where_a_device_allows_them_and_the_self_test_passes()
    {
        DeviceStart plain = new(File(WatchedStream.Counts), true), paired = new(File(WatchedStream.Counts), true, 1 << 20);
        Assert.Equal(0, plain.Model!.RowPairBytes);
        Assert.True(paired.Model!.RowPairBytes > 0);
        Assert.Equal(SelfTestStatus.Passed, paired.SelfTestResult);
    }

    [Fact]
    public void A_file_without_golden_steps_starts_and_says_so()
    {
        DeviceStart start = new(GoldenSteps.Remove(File(WatchedStream.Counts)), true);
        Assert.Equal(StartStatus.Ready, start.Status);
        Assert.Contains("no golden steps", start.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_refused_wherever_the_damage_is()
    {
        byte[] file = File(WatchedStream.Counts);
        int misspelt = 0;
        for (int at = 0; at < file.Length; at++)
        {
            byte[] damaged = (byte[])file.Clone();
            damaged[at] ^= 0x20;
            DeviceStart start = new(damaged, true);
            Assert.DoesNotContain('\n', start.Text);
            // The name of an optional section, misspelt, makes it one that nobody knows: the file is as without it.
            if (start.Status == StartStatus.Ready) Assert.InRange((char)file[at], 'a', 'z');
            if (start.Status == StartStatus.Ready) misspelt++;
            else Assert.Null(start.Detector);
        }
        // Four letters each of the golden steps and of the metadata; without detector settings it does not start.
        Assert.InRange(misspelt, 4, 8);
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        Assert.Equal(StartStatus.BadModel, new DeviceStart([], false).Status);
    }

    [Fact]
    public void A_model_that_was_never_calibrated_says_what_to_run()
    {
        DeviceStart start = new(GoldenSteps.Append(WatchedStream.File(WatchedStream.Counts)), true);
        Assert.Equal(StartStatus.NoDetector, start.Status);
        Assert.Contains("edgernn calibrate", start.Text, StringComparison.Ordinal);
        Assert.Null(start.Detector);
    }

    [Fact]
    public void A_float_model_does_not_start_on_counts()
    {
        DeviceStart start = new(File(WatchedStream.Floats), true);
        Assert.Equal(StartStatus.NoDetector, start.Status);
        Assert.Contains("does not accept counts", start.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_whose_golden_steps_say_something_else_does_not_start()
    {
        // The last number of the last answer, in front of the state's checksum.
        byte[] file = File(WatchedStream.Counts);
        DeviceStart start = new(SectionEdit.Replace(file, GoldenSection.Tag, Model.Load(file).GoldenBytes - 8, 12345), true);
        Assert.Equal(StartStatus.SelfTestFailed, start.Status);
        Assert.StartsWith("self-test failed: ", start.Text, StringComparison.Ordinal);
        Assert.Null(start.Detector);
    }
}
