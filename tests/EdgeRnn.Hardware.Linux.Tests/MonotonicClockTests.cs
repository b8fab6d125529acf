using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using EdgeRnn.Hardware.Linux;

namespace EdgeRnn.Tests;

/// <summary>The clock of a Linux system. It is real here, so that only what holds on a busy machine is asked of it.</summary>
public sealed class MonotonicClockTests
{
    private const int ShortMicros = 2_000;
    private const long HourMicros = 3_600_000_000;

    [Fact]
    public void It_is_the_clock_that_Stopwatch_has()
    {
        long before = Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000), now = new MonotonicClock().NowMicros;
        Assert.InRange(now, before, Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000));
    }

    [Theory]
    [InlineData(ShortMicros)]                                    // the exact part alone
    [InlineData(MonotonicClock.ExactMicros + ShortMicros)]       // both parts
    public void A_wait_does_not_end_before_its_deadline(int micros)
    {
        MonotonicClock clock = new();
        long deadline = clock.NowMicros + micros;
        clock.SleepUntil(deadline);
        Assert.True(clock.NowMicros >= deadline);
    }

    [Fact]
    public void A_deadline_that_has_passed_is_not_waited_for()
    {
        int sleeps = 0;
        MonotonicClock clock = new(_ => sleeps++, CancellationToken.None);
        clock.SleepUntil(clock.NowMicros - HourMicros);
        clock.SleepUntil(0);
        Assert.Equal(0, sleeps);
    }

    [Fact]
    public void A_signal_does_not_end_a_wait()
    {
        List<long> deadlines = [];
        MonotonicClock.SleepThrough(123_456, deadline =>
        {
            deadlines.Add(deadline);
            return deadlines.Count < 3 ? Libc.Interrupted : 0;
        });
        Assert.Equal([123_456, 123_456, 123_456], deadlines);
    }

    [Fact]
    public void Another_error_of_the_system_does_not_wait_forever()
    {
        int calls = 0;
        MonotonicClock.SleepThrough(123_456, _ =>
        {
            calls++;
            return 22; // EINVAL
        });
        Assert.Equal(1, calls);
    }

    [Fact]
    public void Asked_to_end_no_wait_waits()
    {
        using CancellationTokenSource stop = new();
        MonotonicClock clock = new(stop.Token);
        stop.Cancel();
        long began = clock.NowMicros;
        clock.SleepUntil(began + HourMicros);
        Assert.True(clock.NowMicros < began + HourMicros);
    }

    [Fact]
    public void A_wait_ends_when_the_program_is_asked_to_end()
    {
        using CancellationTokenSource stop = new();
        MonotonicClock clock = new(stop.Token);
        long began = clock.NowMicros;
        Thread asks = new(stop.Cancel);
        asks.Start();
        clock.SleepUntil(began + HourMicros);
        asks.Join();
        Assert.True(clock.NowMicros < began + HourMicros);
    }
}
