using System;
using System.Threading;
using System.Threading.Tasks;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>
/// Memory stays what it was, however long it runs; who adds and who reads do not get in each other's way.
/// Runs alone: it counts bytes.
/// </summary>
[Collection(nameof(LiveMemoryTests)), CollectionDefinition(nameof(LiveMemoryTests), DisableParallelization = true)]
public class LiveMemoryTests(ITestOutputHelper output)
{
    private const int Channels = 8;
    private const int HiddenUnits = 32;
    private const int RateHz = 1000;

    [Fact]
    public void Adding_steps_allocates_nothing()
    {
        LiveFeed feed = new(Frames.Described(Channels, HiddenUnits), 5000);
        LiveStep step = new(Channels, HiddenUnits);
        AddSeconds(feed, step, 0, 20); // compiled, and the memory gone round
        long before = GC.GetAllocatedBytesForCurrentThread();

        AddSeconds(feed, step, 20, 40);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Frames_are_made_without_garbage()
    {
        LiveFeed feed = new(Frames.Described(Channels, HiddenUnits), 5000);
        LiveStep step = new(Channels, HiddenUnits);
        using LiveReader reader = new(feed);
        ReadFrames(feed, step, reader, 0, 20);
        long before = GC.GetAllocatedBytesForCurrentThread();

        ReadFrames(feed, step, reader, 20, 40);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void An_hour_of_eight_channels_at_1_kHz_takes_no_more_memory_than_its_first_minute()
    {
        int seconds = LongRun.IsOn ? 3600 : 300;
        LiveFeed feed = new(Frames.Described(Channels, HiddenUnits));
        LiveStep step = new(Channels, HiddenUnits);
        using LiveReader reader = new(feed);
        ReadFrames(feed, step, reader, 0, 60);
        long firstMinute = GC.GetTotalMemory(true);

        ReadFrames(feed, step, reader, 60, seconds);
        long grown = GC.GetTotalMemory(true) - firstMinute;

        output.WriteLine($"after {seconds} s: {grown} bytes more than after the first minute, of {firstMinute}");
        Assert.InRange(grown, -(1 << 20), 16 << 10); // what the test runner itself keeps meanwhile counts as well
        GC.KeepAlive(feed);
    }

    [Fact]
    public async Task A_reader_beside_the_steps_never_sees_half_a_row()
    {
        LiveFeed feed = new(Frames.Described(Channels), 64); // so few that rows are overwritten under the reader all the time
        LiveStep step = new(Channels, 0);
        using CancellationTokenSource end = new();
        Task adding = Task.Run(() =>
        {
            for (int i = 0; !end.IsCancellationRequested; i++)
            {
                step.Seconds = i;
                step.Values.AsSpan().Fill(i & 0xFFFF);
                feed.Add(step);
            }
        }, TestContext.Current.CancellationToken);
        FeedRow row = new(Channels);
        int whole = 0;
        for (int i = 0; whole < 100_000; i++)
        {
            FeedRows rows = feed.Run.Rows;
            long number = rows.Oldest + i % 8;
            if (number >= rows.End || !rows.TryRead(number, row)) continue;
            whole++;
            for (int c = 0; c < Channels; c++) Assert.Equal((int)row.Seconds & 0xFFFF, row.Values[c]);
        }
        await end.CancelAsync();
        await adding;
    }

    [Fact]
    public async Task A_page_that_joins_in_the_middle_gets_columns_in_order()
    {
        LiveFeed feed = new(Frames.Described(), 5000);
        LiveStep step = new(1, 0);
        using CancellationTokenSource end = new();
        Task adding = Task.Run(() =>
        {
            for (int i = 0; !end.IsCancellationRequested; i++)
            {
                step.Seconds = i;
                step.Values[0] = i;
                feed.Add(step);
            }
        }, TestContext.Current.CancellationToken);
        for (int i = 0; i < 20; i++)
        {
            using LiveReader reader = new(feed);
            double[] times = reader.Read()[0].Data.GetProperty("history").Numbers("t");
            for (int k = 1; k < times.Length; k++) Assert.True(times[k] > times[k - 1], $"{times[k - 1]} before {times[k]}");
        }
        await end.CancelAsync();
        await adding;
    }

    private static void ReadFrames(LiveFeed feed, LiveStep step, LiveReader reader, int from, int to)
    {
        for (int frame = from * 20; frame < to * 20; frame++)
        {
            for (int i = 0; i < RateHz / 20; i++) Add(feed, step, frame * (RateHz / 20) + i);
            Assert.False(reader.Next().IsEmpty);
        }
    }

    private static void AddSeconds(LiveFeed feed, LiveStep step, int from, int to)
    {
        for (int i = from * RateHz; i < to * RateHz; i++) Add(feed, step, i);
    }

    private static void Add(LiveFeed feed, LiveStep step, int number)
    {
        step.Seconds = number / (double)RateHz;
        for (int c = 0; c < Channels; c++) step.Values[c] = (number * (c + 1) % 1000) * 0.001f;
        step.Score = number % 10;
        feed.Add(step);
    }
}
