using System.Threading;
using EdgeRnn.Hardware;

namespace EdgeRnn.Tests;

/// <summary>Pulses are counted between looks, whatever thread the edges come on.</summary>
public sealed class PulseCounterTests
{
    private static readonly int _trains = LongRun.Choose(400, 20_000);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1_000)]
    public void Random_trains_count_as_the_oracle_counts(int window)
    {
        for (int seed = 0; seed < _trains; seed++)
        {
            BounceTrain train = BounceTrain.Random(seed, 60, 200);
            PulseCounter counter = Begun(window);
            int pulses = 0, next = 0;
            for (long now = 0; now <= 20_000; now += 97)
            {
                for (; next < train.Edges.Count && train.Edges[next].AtMicros <= now; next++)
                    counter.OnEdge(train.Edges[next].IsHigh, train.Edges[next].AtMicros);
                counter.Look(now);
                pulses += counter.Pulses;
                (int Pulses, bool IsHigh) expected = train.Expected(window, now);
                (int Pulses, bool IsHigh) found = (pulses, counter.IsActive);
                Assert.True(found == expected, $"seed {seed}, window {window}, at {now}: expected {expected}, found {found}");
            }
        }
    }

    [Fact]
    public void A_pulse_is_reported_once()
    {
        PulseCounter counter = Begun(100);
        counter.OnEdge(true, 1_000);
        Assert.Equal((1, true), Look(counter, 1_100));
        Assert.Equal((0, true), Look(counter, 1_200));
        counter.OnEdge(false, 5_000);
        Assert.Equal((0, true), Look(counter, 5_099));
        Assert.Equal((0, false), Look(counter, 5_100));
        counter.OnEdge(true, 6_000);
        counter.OnEdge(false, 7_000);
        Assert.Equal((1, false), Look(counter, 8_000));
    }

    [Fact]
    public void A_pulse_that_an_edge_told_of_late_takes_back_is_not_counted_again()
    {
        PulseCounter counter = Begun(100);
        counter.OnEdge(true, 1_000);
        Assert.Equal((1, true), Look(counter, 1_150));
        counter.OnEdge(false, 1_050); // was on its way
        Assert.Equal((0, false), Look(counter, 1_300));
        counter.OnEdge(true, 2_000);
        counter.OnEdge(false, 2_500);
        Assert.Equal((0, false), Look(counter, 3_000)); // the one that was counted too early
        counter.OnEdge(true, 4_000);
        counter.OnEdge(false, 4_500);
        Assert.Equal((1, false), Look(counter, 5_000));
    }

    [Fact]
    public void Where_a_pulse_is_low_falls_begin_it()
    {
        PulseCounter counter = new(10, isActiveLow: true);
        counter.Begin(true, 0);
        Assert.Equal((0, false), Look(counter, 50));
        counter.OnEdge(false, 100);
        Assert.Equal((1, true), Look(counter, 200));
        Assert.False(counter.IsRawHigh);
    }

    [Fact]
    public void No_pulse_is_lost_or_counted_twice_while_another_thread_sends_edges()
    {
        int sent = LongRun.Choose(2_000_000, 100_000_000);
        PulseCounter counter = Begun(0);
        Thread edges = new(() =>
        {
            for (int i = 1; i <= sent; i++)
            {
                counter.OnEdge(true, 2L * i);
                counter.OnEdge(false, 2L * i + 1);
            }
        });
        edges.Start();
        long pulses = 0;
        int least = 0, looks = 0;
        while (edges.IsAlive)
        {
            // Before the first edge's time, so that looking settles nothing: what is counted was published.
            counter.Look(0);
            least |= counter.Pulses;
            pulses += counter.Pulses;
            looks++;
        }
        edges.Join();
        counter.Look(2L * sent + 2);
        pulses += counter.Pulses;
        Assert.True(pulses == sent && least >= 0, $"{pulses} of {sent} pulses in {looks} looks");
    }

    private static PulseCounter Begun(int window)
    {
        PulseCounter counter = new(window, isActiveLow: false);
        counter.Begin(false, 0);
        return counter;
    }

    private static (int Pulses, bool IsActive) Look(PulseCounter counter, long now)
    {
        counter.Look(now);
        return (counter.Pulses, counter.IsActive);
    }
}
