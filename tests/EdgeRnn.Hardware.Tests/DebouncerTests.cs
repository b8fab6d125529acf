using EdgeRnn.Hardware;

namespace EdgeRnn.Tests;

/// <summary>What of a bouncing contact counts.</summary>
public sealed class DebouncerTests
{
    private const int Window = 1_000;

    [Theory]
    [InlineData(Window - 1, false)]
    [InlineData(Window, true)]
    [InlineData(Window + 1, true)]
    public void A_pulse_counts_from_the_windows_length_on(int width, bool counts)
    {
        Debouncer debouncer = new(Window);
        Assert.False(debouncer.Edge(true, 5_000));
        Assert.Equal(counts, debouncer.Edge(false, 5_000 + width));
        Assert.Equal(counts, debouncer.IsHigh);
        Assert.Equal(counts, debouncer.Settle(5_000 + width + Window));
        Assert.False(debouncer.IsHigh);
    }

    [Theory]
    [InlineData(Window - 1, false)]
    [InlineData(Window, true)]
    public void A_level_that_stays_counts_after_the_window_without_another_edge(int later, bool counts)
    {
        Debouncer debouncer = new(Window);
        debouncer.Edge(true, 0);
        Assert.Equal(counts, debouncer.Settle(later));
        Assert.Equal(counts, debouncer.IsHigh);
        Assert.False(debouncer.Settle(later));
    }

    [Fact]
    public void Every_edge_begins_the_window_anew()
    {
        Debouncer debouncer = new(Window);
        for (int i = 0; i < 10; i++) Assert.False(debouncer.Edge(i % 2 == 0, i * (Window - 1)));
        Assert.False(debouncer.Edge(true, 10 * (Window - 1)));
        Assert.False(debouncer.Edge(true, 11 * (Window - 1))); // the fall between was missed
        Assert.False(debouncer.Settle(12 * (Window - 1)));
        Assert.True(debouncer.Settle(11 * (Window - 1) + Window));
    }

    [Fact]
    public void A_short_gap_in_a_pulse_does_not_end_it()
    {
        Debouncer debouncer = new(Window);
        debouncer.Edge(true, 0);
        Assert.True(debouncer.Edge(false, 10_000));
        Assert.False(debouncer.Edge(true, 10_000 + Window - 1));
        Assert.False(debouncer.Settle(50_000));
        Assert.True(debouncer.IsHigh);
    }

    [Fact]
    public void Without_a_window_every_edge_counts_even_two_at_one_time()
    {
        Debouncer debouncer = new(0);
        Assert.False(debouncer.Edge(true, 7));
        Assert.True(debouncer.Edge(false, 7));
        Assert.True(debouncer.Edge(true, 7));
        Assert.True(debouncer.Settle(7));
        Assert.True(debouncer.IsHigh);
    }

    [Fact]
    public void The_level_at_the_beginning_counts_at_once()
    {
        Debouncer debouncer = new(Window);
        debouncer.Begin(true, 3);
        Assert.True(debouncer.IsHigh && debouncer.IsRawHigh);
        Assert.False(debouncer.Settle(3 + Window));
    }
}
