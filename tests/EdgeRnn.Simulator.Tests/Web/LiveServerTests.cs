using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>What the page's server answers to the page.</summary>
public class LiveServerTests
{
    [Fact]
    public async Task The_stream_says_hello_and_then_what_is_added()
    {
        await using LivePage page = await LivePage.Open();
        page.Feed.Add(0.1, 1);
        using StreamReader stream = new(await page.Stream());
        JsonElement hello = await LivePage.ReadUntil(stream, "hello", _ => true);
        Assert.Equal([0.1], hello.GetProperty("history").Numbers("t"));

        page.Feed.Add(0.2, 2);
        page.Feed.Add(new LiveEvent(0.2, LiveEventKind.Note, "said"));

        JsonElement data = await LivePage.ReadUntil(stream, "data", data => data.Numbers("t").Length > 0);
        Assert.Equal([0.2], data.Numbers("t"));
        Assert.Equal([2], data.Low());
    }

    [Fact]
    public async Task A_page_that_goes_leaves_nothing_behind()
    {
        await using LivePage page = await LivePage.Open();
        for (int i = 0; i < 3; i++)
        {
            using StreamReader stream = new(await page.Stream());
            await LivePage.ReadUntil(stream, "hello", _ => true);
            Assert.Equal(1, page.Server.Endpoints.Streams);
            stream.Dispose();
            while (page.Server.Endpoints.Streams > 0) await Task.Yield();
        }
    }

    [Fact]
    public async Task Streams_are_limited()
    {
        await using LivePage page = await LivePage.Open();
        List<Stream> streams = [];
        for (int i = 0; i < LiveEndpoints.MostStreams; i++) streams.Add(await page.Stream());

        Assert.Equal(503, await page.Get("/api/stream", "Host: " + page.Authority));

        Assert.Equal(LiveEndpoints.MostStreams, page.Server.Endpoints.Streams);
        foreach (Stream stream in streams) await stream.DisposeAsync();
    }

    [Fact]
    public async Task The_server_ends_while_a_page_is_open()
    {
        LivePage page = await LivePage.Open();
        using StreamReader stream = new(await page.Stream());
        await LivePage.ReadUntil(stream, "hello", _ => true);

        await page.Server.StopAsync();

        Assert.Equal(0, page.Server.Endpoints.Streams);
        await page.DisposeAsync();
    }

    [Theory]
    [InlineData("{\"command\":\"pause\"}", "pause", double.NaN, "")]
    [InlineData("{\"command\":\"speed\",\"value\":2.5}", "speed", 2.5, "2.5")]
    [InlineData("{\"value\":\"18446744073709551615\",\"command\":\"seed\"}", "seed", double.NaN, "18446744073709551615")]
    [InlineData("{\"command\":\"fault\",\"value\":\"machine.bearing\"}", "fault", double.NaN, "machine.bearing")]
    [InlineData("{\"command\":\"acknowledge\",\"value\":null}", "acknowledge", double.NaN, "")]
    public async Task A_command_is_done(string body, string name, double value, string text)
    {
        LivePage.Commands commands = new();
        await using LivePage page = await LivePage.Open(commands);

        Assert.Equal((200, "{}"), await page.Post(body));

        Assert.Equal(new LiveCommand(name, value, text), Assert.Single(commands.All));
    }

    [Theory]
    [InlineData("{\"command\":\"paus\"}", "command: expected one of pause, resume, ")]
    [InlineData("{\"value\":1}", "command: expected one of ")]
    [InlineData("{\"command\":1}", "command: expected a text")]
    [InlineData("{\"command\":\"speed\",\"value\":[1]}", "value: expected a number or a text")]
    [InlineData("{\"command\":\"pause\",\"more\":1}", "body: expected command and value")]
    [InlineData("[]", "body: expected an object")]
    [InlineData("{\"command\":", "body: expected JSON")]
    [InlineData("", "body: expected JSON")]
    [InlineData("{\"command\":\"\\ud800\"}", "body: expected texts of Unicode")]
    public async Task What_is_no_command_is_refused_in_a_line(string body, string line)
    {
        LivePage.Commands commands = new();
        await using LivePage page = await LivePage.Open(commands);

        (int status, string answer) = await page.Post(body);

        Assert.Equal(400, status);
        Assert.StartsWith(line, JsonDocument.Parse(answer).RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Empty(commands.All);
    }

    [Fact]
    public async Task A_command_that_cannot_be_done_says_why()
    {
        await using LivePage page = await LivePage.Open(new LivePage.Commands("speed: \"as fast\" as it can"));
        (int status, string answer) = await page.Post("{\"command\":\"speed\"}");
        Assert.Equal(400, status);
        Assert.Equal("speed: \"as fast\" as it can", JsonDocument.Parse(answer).RootElement.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_page_without_control_only_shows_and_records()
    {
        await using LivePage page = await LivePage.Open();
        Assert.Equal(400, (await page.Post("{\"command\":\"pause\"}")).Status);
        Assert.Equal(200, (await page.Post("{\"command\":\"record-start\"}")).Status);
        Assert.Equal(200, (await page.Post("{\"command\":\"record-stop\"}")).Status);
    }

    [Fact]
    public async Task What_was_recorded_is_exported_at_full_rate()
    {
        await using LivePage page = await LivePage.Open(channels: 2);
        page.Feed.Add(0.1, 1);
        await page.Post("{\"command\":\"record-start\"}");
        LiveStep step = new(2, 0) { Seconds = 0.2, Score = 1 / 3f, Threshold = float.NaN, State = 3, IsAlarming = true };
        (step.Values[0], step.Values[1]) = (float.NaN, 1e-20f);
        page.Feed.Add(step);
        page.Feed.Add(0.3, -2.5f);
        await page.Post("{\"command\":\"record-stop\"}");
        page.Feed.Add(0.4, 4);

        Assert.Equal("time,c0,c1,score,threshold,state,alarm,fault\n0.2,,1E-20,0.33333334,,Alarm,1,0\n0.3,-2.5,-2.5,0.5,4,Ready,0,0\n",
            await page.Text("api/export.csv"));
    }

    [Fact]
    public async Task Without_a_recording_everything_kept_is_exported()
    {
        await using LivePage page = await LivePage.Open();
        for (int i = 0; i < 2500; i++) page.Feed.Add(i / 8.0, i);

        string[] lines = (await page.Text("api/export.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(1001, lines.Length);
        Assert.Equal("187.5,1500,0.5,4,Ready,0,0", lines[1]);
        for (int i = 1; i < lines.Length; i++)
            Assert.Equal(1499 + i, float.Parse(lines[i].Split(',')[1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_recording_that_runs_longer_than_the_memory_says_what_is_lost()
    {
        LiveFeed feed = new(Frames.Described(), 100);
        using LiveReader reader = new(feed);
        Assert.Null(feed.StartRecording());
        Assert.NotNull(feed.StartRecording());
        for (int i = 0; i < 130; i++) feed.Add(i, i);

        JsonElement recording = reader.Read()[0].Data.GetProperty("run").GetProperty("recording");

        Assert.Equal("{\"on\":true,\"rows\":130,\"lost\":30}", recording.GetRawText());
        Assert.Null(feed.StopRecording());
        Assert.NotNull(feed.StopRecording());
    }
}
