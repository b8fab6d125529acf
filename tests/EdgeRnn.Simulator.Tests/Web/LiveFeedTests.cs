using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>What pages are told of what was added.</summary>
public class LiveFeedTests
{
    [Fact]
    public void A_page_is_first_told_what_it_shows()
    {
        LiveFeed feed = new(Frames.Described(2, 3), 100);
        using LiveReader reader = new(feed);

        (string name, JsonElement hello) = Assert.Single(reader.Read());

        Assert.Equal("hello", name);
        Assert.Equal("A test", hello.GetProperty("title").GetString());
        Assert.True(hello.GetProperty("simulated").GetBoolean());
        Assert.Equal("18446744073709551615", hello.GetProperty("seed").GetString());
        Assert.Equal(["c0", "c1"], hello.GetProperty("channels").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.Equal(3, hello.GetProperty("hiddenLayers")[0].GetProperty("units").GetInt32());
        Assert.Equal(17, hello.GetProperty("pins")[0].GetProperty("number").GetInt32());
        Assert.Equal("Bearing fault", hello.GetProperty("faults")[0].GetProperty("label").GetString());
        Assert.Empty(hello.GetProperty("history").GetProperty("t").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, hello.GetProperty("health").GetProperty("stepMedianUs").ValueKind);
    }

    [Fact]
    public void What_was_added_comes_as_it_was_added()
    {
        LiveFeed feed = new(Frames.Described(2, 2), 100);
        using LiveReader reader = new(feed);
        reader.Read();
        LiveStep step = new(2, 2) { Seconds = 0.25, Score = 1.5f, Threshold = 4, State = 3, IsAlarming = true };
        (step.Values[0], step.Values[1]) = (0.1f, -2);
        (step.Shares[0], step.Shares[1]) = (81, 19);
        step.Faults[1] = 4;
        step.Hidden[1] = -0.75f;
        feed.Add(step);
        feed.SetPins([true, false]);

        (string name, JsonElement data) = Assert.Single(reader.Read());

        Assert.Equal("data", name);
        Assert.Equal([0.25], data.Numbers("t"));
        Assert.Equal("[{\"lo\":[0.1],\"hi\":[0.1]},{\"lo\":[-2],\"hi\":[-2]}]", data.GetProperty("values").GetRawText());
        Assert.Equal([1.5], data.Numbers("score"));
        Assert.Equal([4], data.Numbers("threshold"));
        Assert.Equal([3], data.Numbers("state"));
        Assert.Equal([1], data.Numbers("alarm"));
        Assert.Equal([1], data.Numbers("fault"));
        Assert.Equal([0, -0.75], data.Numbers("hidden"));
        Assert.Equal([81, 19], data.Numbers("shares"));
        Assert.Equal([0, 4], data.Numbers("faultKinds"));
        Assert.Equal("{\"alarm\":1,\"led\":0}", data.GetProperty("pins").GetRawText());
    }

    [Fact]
    public void Nothing_new_is_no_frame()
    {
        LiveFeed feed = new(Frames.Described(), 100);
        using LiveReader reader = new(feed);
        reader.Read();
        Assert.Empty(reader.Read());

        feed.SetRun(new LiveRunState { IsPaused = true, NowSeconds = 3, Verdicts = [new("no alarm before t=60", null, "")] });

        JsonElement run = Assert.Single(reader.Read()).Data.GetProperty("run");
        Assert.True(run.GetProperty("paused").GetBoolean());
        Assert.Equal(JsonValueKind.Null, run.GetProperty("verdicts")[0].GetProperty("met").ValueKind);
        Assert.Empty(reader.Read());
    }

    [Fact]
    public void A_missing_value_is_null_and_hides_no_other_in_its_column()
    {
        LiveFeed feed = new(Frames.Described(), 1000);
        using LiveReader reader = new(feed);
        reader.Read();
        for (int i = 0; i < 100; i++) feed.Add(i, i is 20 or 50 or 51 ? float.NaN : i, float.NaN); // two in a column

        JsonElement data = Assert.Single(reader.Read()).Data;

        Assert.Equal(21, data.Low()[10]);
        Assert.Equal(21, data.High()[10]);
        Assert.Equal(double.NaN, data.Low()[25]);
        Assert.Equal(double.NaN, data.Numbers("score")[0]);
        Assert.Equal(JsonValueKind.Null, data.GetProperty("values")[0].GetProperty("lo")[25].ValueKind);
    }

    [Fact]
    public void A_page_that_was_away_gets_coarser_columns_which_keep_a_spike_of_one_sample()
    {
        LiveFeed feed = new(Frames.Described(), 20_000);
        using LiveReader reader = new(feed);
        reader.Read();
        for (int i = 0; i < 10_000; i++) feed.Add(i / 1000.0, i == 7777 ? 99 : i == 3333 ? -99 : 1);

        JsonElement data = Assert.Single(reader.Read()).Data;

        Assert.Equal(LiveReader.ColumnsPerFrame, data.Numbers("t").Length);
        Assert.Equal(99, data.High().Max());
        Assert.Equal(-99, data.Low().Min());
        Assert.Equal(0, data.Numbers("t")[0]);
    }

    [Fact]
    public void A_page_slower_than_the_memory_is_long_misses_the_oldest_rows_alone()
    {
        LiveFeed feed = new(Frames.Described(), 100);
        using LiveReader reader = new(feed);
        reader.Read();
        for (int i = 0; i < 1030; i++) feed.Add(i, i);

        JsonElement data = Assert.Single(reader.Read()).Data;

        Assert.Equal(930, data.Low().Min());
        Assert.Equal(1029, data.High().Max());
        Assert.Equal(50, data.Low().Length);
    }

    [Fact]
    public void Every_page_has_its_own_place()
    {
        LiveFeed feed = new(Frames.Described(), 100);
        using LiveReader one = new(feed);
        using LiveReader other = new(feed);
        one.Read();
        other.Read();
        feed.Add(1, 1);
        one.Read();
        feed.Add(2, 2);

        Assert.Equal([2], Assert.Single(one.Read()).Data.Numbers("t"));
        Assert.Equal([1, 2], Assert.Single(other.Read()).Data.Numbers("t"));
    }

    [Fact]
    public void A_page_that_comes_late_sees_the_whole_run_and_its_latest_minute_finely()
    {
        LiveFeed feed = new(Frames.Described(), 100_000);
        for (int i = 0; i < 600_000; i++) feed.Add(i / 1000.0, i == 1234 ? 99 : i == 599_000 ? 77 : 1);
        using LiveReader reader = new(feed);

        JsonElement history = Assert.Single(reader.Read()).Data.GetProperty("history");

        double[] times = history.Numbers("t");
        Assert.Equal(0, times[0]);
        Assert.InRange(times.Length, FeedHistory.Columns / 2, FeedHistory.Columns + LiveReader.FineColumns);
        Assert.Equal(times.Order(), times);
        Assert.Equal(99, history.High().Max());
        Assert.Equal(77, history.High().Skip(600).Max());
        Assert.InRange(times[^1] - times[^2], 0.05, 0.07); // 60,000 rows in 1024 columns
    }

    [Fact]
    public void A_restart_forgets_the_run_before()
    {
        LiveFeed feed = new(Frames.Described(), 100);
        using LiveReader reader = new(feed);
        feed.Add(50, 1);
        feed.Add(new LiveEvent(50, LiveEventKind.Note, "old"));
        feed.StartRecording();
        reader.Read();

        feed.Describe(Frames.Described() with { Title = "Again" });
        feed.Add(0.5, 2);
        List<(string Name, JsonElement Data)> events = reader.Read();

        (string name, JsonElement hello) = Assert.Single(events);
        Assert.Equal("hello", name);
        Assert.Equal("Again", hello.GetProperty("title").GetString());
        Assert.Equal([0.5], hello.GetProperty("history").Numbers("t"));
        Assert.Empty(hello.GetProperty("events").EnumerateArray());
        Assert.False(hello.GetProperty("run").GetProperty("recording").GetProperty("on").GetBoolean());
    }

    [Fact]
    public void A_run_with_other_channels_may_follow()
    {
        LiveFeed feed = new(Frames.Described(1), 100);
        using LiveReader reader = new(feed);
        reader.Read();
        feed.Describe(Frames.Described(3));
        feed.Add(1, 7);

        JsonElement hello = Assert.Single(reader.Read()).Data;

        Assert.Equal([7], hello.GetProperty("history").High(2));
    }

    [Fact]
    public void A_step_with_other_channels_than_described_is_refused()
    {
        LiveFeed feed = new(Frames.Described(2), 100);

        ArgumentException wrong = Assert.Throws<ArgumentException>(() => feed.Add(new LiveStep(3, 0)));

        Assert.Equal("step: expected 2 channels as described, found 3", wrong.Message);
    }

    [Fact]
    public void Events_come_once_in_order_and_say_which_channel_it_was()
    {
        LiveFeed feed = new(Frames.Described(), 100);
        using LiveReader reader = new(feed);
        reader.Read();
        feed.Add(new LiveEvent(1, LiveEventKind.Injected, "Bearing fault\n\"quoted\""));
        feed.Add(new LiveEvent(2.5, LiveEventKind.AlarmBegan, "Alarm") { Shares = [new("c0", 81)] });

        List<(string Name, JsonElement Data)> events = reader.Read();

        Assert.Equal(["event", "event"], events.Select(e => e.Name));
        Assert.Equal("Bearing fault\n\"quoted\"", events[0].Data.GetProperty("text").GetString());
        Assert.Equal("{\"t\":2.5,\"kind\":\"alarm-began\",\"text\":\"Alarm\",\"shares\":[{\"name\":\"c0\",\"percent\":81}]}",
            events[1].Data.GetRawText());
        Assert.Empty(reader.Read());
    }

    [Fact]
    public void The_log_keeps_the_latest_events()
    {
        LiveFeed feed = new(Frames.Described(), 100);
        for (int i = 0; i < 1234; i++) feed.Add(new LiveEvent(i, LiveEventKind.Note, ""));
        using LiveReader reader = new(feed);

        JsonElement[] events = [.. Assert.Single(reader.Read()).Data.GetProperty("events").EnumerateArray()];

        Assert.Equal(FeedLog.Capacity, events.Length);
        Assert.Equal(734, events[0].GetProperty("t").GetInt32());
        Assert.Equal(1233, events[^1].GetProperty("t").GetInt32());
    }

    [Fact]
    public void Every_kind_of_event_has_a_name_of_its_own()
    {
        LiveFeed feed = new(Frames.Described(), 100);
        using LiveReader reader = new(feed);
        reader.Read();
        LiveEventKind[] kinds = Enum.GetValues<LiveEventKind>();
        foreach (LiveEventKind kind in kinds) feed.Add(new LiveEvent(0, kind, ""));

        List<string?> names = [.. reader.Read().Select(e => e.Data.GetProperty("kind").GetString())];

        Assert.Equal(kinds.Length, names.Distinct().Count());
    }
}
