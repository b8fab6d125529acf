using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>What the service tells those who follow its stream.</summary>
[Collection(PiCollection.Name)]
public sealed class StreamTests
{
    [Fact]
    public async Task It_begins_with_what_is_measured()
    {
        await using PiRun run = new();
        run.StopAt(2);
        await run.Start();
        await run.Reach(2);
        using StreamClient client = await StreamClient.Open(run.Host.Address);
        Assert.Equal((200, "text/event-stream"), (client.Status, client.MediaType));
        (string name, JsonElement hello) = (await client.Next())!.Value;
        Assert.Equal("hello", name);
        Assert.Equal("MPU-6050 on simulated board", hello.GetProperty("source").GetString());
        Assert.False(hello.GetProperty("simulated").GetBoolean());
        Assert.Equal(100, hello.GetProperty("rateHz").GetDouble());
        Assert.Equal(["ax", "ay", "az", "temperature"], hello.GetProperty("channels").EnumerateArray().Select(channel => channel.GetProperty("name").GetString()));
        Assert.Equal(["m/s2", "m/s2", "m/s2", "degC"], hello.GetProperty("channels").EnumerateArray().Select(channel => channel.GetProperty("unit").GetString()));
        Assert.Equal(17, hello.GetProperty("pins")[0].GetProperty("number").GetInt32());
        Assert.Equal(run.Host.Program.Loop.Counters.Samples, hello.GetProperty("health").GetProperty("samples").GetInt32());
        Assert.Equal(JsonValueKind.Null, hello.GetProperty("run").GetProperty("hindrance").ValueKind);
    }

    [Fact]
    public async Task Every_step_comes_or_is_part_of_a_column()
    {
        await using PiRun run = new();
        run.StopAt(2);
        run.StopAt(2.4);
        run.StopAt(8);
        await run.Start();
        await run.Reach(2);
        using StreamClient client = await StreamClient.Open(run.Host.Address);
        await client.Until((name, _) => name == "hello");
        run.GoOn(2);
        await run.Reach(2.4);
        List<JsonElement> frames = [];
        List<double> times = [];
        while (times.Count < 40) // 0.4 s at 100 Hz: however many frames, a column is a step
        {
            JsonElement frame = (await client.Until((name, _) => name == "data"))[^1].Data;
            Assert.Equal(Texts(frame.GetProperty("values")[0].GetProperty("lo")), Texts(frame.GetProperty("values")[0].GetProperty("hi")));
            times.AddRange(frame.GetProperty("t").EnumerateArray().Select(time => time.GetDouble()));
            frames.Add(frame);
        }
        for (int i = 1; i < times.Count; i++) Assert.Equal(0.01, times[i] - times[i - 1], 1e-9);
        Assert.Equal(run.Host.Program.Loop.Detector.Score, frames[^1].GetProperty("score").EnumerateArray().Last().GetSingle());

        using StreamFollower reader = new(run.Host.Program, () => new HealthReport(true, "ok"));
        run.GoOn(2.4);
        await run.Reach(8);
        JsonElement late = Frames(reader.Next().Span).Single(frame => frame.Name == "data").Data;
        Assert.Equal(47, late.GetProperty("t").GetArrayLength()); // 560 steps, 12 in a column
        Assert.Contains(late.GetProperty("values")[0].GetProperty("lo").EnumerateArray().Zip(late.GetProperty("values")[0].GetProperty("hi").EnumerateArray()),
            pair => pair.First.GetDouble() < pair.Second.GetDouble());
    }

    [Fact]
    public async Task A_client_that_is_too_slow_misses_steps_and_gets_the_latest()
    {
        await using PiRun run = new();
        run.StopAt(1);
        run.StopAt(21);
        await run.Start();
        await run.Reach(1);
        using StreamFollower reader = new(run.Host.Program, () => new HealthReport(true, "ok"));
        run.GoOn(1);
        await run.Reach(21);
        JsonElement data = Frames(reader.Next().Span).Single(frame => frame.Name == "data").Data;
        double[] times = [.. data.GetProperty("t").EnumerateArray().Select(time => time.GetDouble())];
        Assert.InRange(times.Length, 40, StreamColumns.Most);
        Assert.InRange(times[0], 11, 12); // 960 of 2000 steps were kept for it
        Assert.True(reader.Next().IsEmpty);
    }

    [Fact]
    public async Task A_sensor_that_goes_away_is_told_and_what_there_is_not_is_null()
    {
        await using PiRun run = new();
        run.Pump.TakeAway(3, 5);
        foreach (double second in new[] { 2.0, 4, 8 }) run.StopAt(second);
        await run.Start();
        await run.Reach(2);
        using StreamClient client = await StreamClient.Open(run.Host.Address);
        await client.Until((name, _) => name == "hello");
        run.GoOn(2);
        await run.Reach(4);
        List<(string Name, JsonElement Data)> events = await client.Until((name, data) =>
            name == "data" && data.GetProperty("run").GetProperty("hindrance").ValueKind == JsonValueKind.String);
        JsonElement fault = Assert.Single(events, happened => happened.Name == "event").Data;
        Assert.Equal("sensor-fault", fault.GetProperty("kind").GetString());
        Assert.Contains("no device answers", fault.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("null", events[^1].Data.GetProperty("values")[0].GetProperty("lo").EnumerateArray().Select(value => value.GetRawText()));
        Assert.Contains("MPU-6050", events[^1].Data.GetProperty("run").GetProperty("hindrance").GetString(), StringComparison.Ordinal);
        run.GoOn(4);
        await run.Reach(8);
        events = await client.Until((name, data) => name == "event" && data.GetProperty("kind").GetString() == "sensor-ok");
        Assert.InRange(events[^1].Data.GetProperty("t").GetDouble(), 4.9, 6);
    }

    [Fact]
    public async Task An_alarm_is_told_with_the_channels_that_cause_it()
    {
        await using PiRun run = new();
        run.StopAt(Pump.FaultSeconds - 1);
        run.StopAt(52);
        await run.Start();
        await run.Reach(Pump.FaultSeconds - 1);
        using StreamClient client = await StreamClient.Open(run.Host.Address);
        await client.Until((name, _) => name == "hello");
        run.GoOn(Pump.FaultSeconds - 1);
        JsonElement alarm = (await client.Until((name, data) => name == "event" && data.GetProperty("kind").GetString() == "alarm-began"))[^1].Data;
        Assert.InRange(alarm.GetProperty("t").GetDouble(), Pump.FaultSeconds - 1, 52);
        Assert.StartsWith("Alarm: score ", alarm.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.InRange(alarm.GetProperty("shares").EnumerateArray().Sum(share => share.GetProperty("percent").GetInt32()), 96, 104);
        JsonElement data = (await client.Until((name, _) => name == "data"))[^1].Data;
        Assert.Contains(1, data.GetProperty("alarm").EnumerateArray().Select(flag => flag.GetInt32()));
    }

    [Fact]
    public async Task An_alarm_that_is_there_already_does_not_begin_for_a_client_that_comes()
    {
        await using PiRun run = new();
        run.StopAt(52);
        run.StopAt(52.1);
        await run.Start();
        await run.Reach(52);
        Assert.True(run.Host.Program.Loop.Detector.IsAlarming);
        using StreamFollower reader = new(run.Host.Program, () => new HealthReport(true, "ok"));
        run.GoOn(52);
        await run.Reach(52.1);
        (string name, JsonElement data) = Assert.Single(Frames(reader.Next().Span));
        Assert.Equal("data", name);
        Assert.Equal(1, data.GetProperty("alarm")[0].GetInt32());
    }

    [Fact]
    public async Task A_few_may_read_and_the_next_one_is_told_so()
    {
        await using PiRun run = new();
        run.StopAt(1);
        await run.Start();
        await run.Reach(1);
        List<StreamClient> clients = [];
        for (int i = 0; i < StreamEndpoint.MostReaders; i++)
        {
            clients.Add(await StreamClient.Open(run.Host.Address));
            Assert.Equal(200, clients[i].Status);
        }
        using (StreamClient more = await StreamClient.Open(run.Host.Address))
        {
            Assert.Equal(503, more.Status);
            Assert.Equal("4 clients read the stream already; end one of them\n", await more.Text());
        }
        Assert.Equal(200, (await run.Get("metrics")).Status);
        clients[0].Dispose();
        StreamClient next = await StreamClient.Open(run.Host.Address);
        while (next.Status != 200) // the service hears of the end in its own time
        {
            next.Dispose();
            next = await StreamClient.Open(run.Host.Address);
        }
        next.Dispose();
        foreach (StreamClient client in clients.Skip(1)) client.Dispose();
    }

    [Fact]
    public async Task An_open_stream_does_not_keep_the_service_from_ending()
    {
        await using PiRun run = new();
        run.StopAt(1);
        await run.Start();
        await run.Reach(1);
        using StreamClient client = await StreamClient.Open(run.Host.Address);
        await client.Until((name, _) => name == "hello");
        await run.End(1);
        while (await client.Next() != null)
        {
        }
        Assert.False(run.Host.Sampling.HasFailed);
    }

    [Fact]
    public async Task Keeping_a_step_allocates_nothing()
    {
        await using PiRun run = new();
        run.StopAt(1);
        await run.Start();
        await run.Reach(1);
        LoopWatch watch = run.Host.Program.Watch; // the loop's thread stands still
        SensorLoop loop = run.Host.Program.Loop;
        watch.OnStep(loop, true);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 3 * StepRing.Slots; i++) watch.OnStep(loop, i % 3 > 0);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(value => value.GetRawText());

    private static List<(string Name, JsonElement Data)> Frames(ReadOnlySpan<byte> bytes) =>
    [
        .. Encoding.UTF8.GetString(bytes).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(frame =>
            (frame.Split('\n')[0]["event: ".Length..], JsonDocument.Parse(frame.Split('\n')[1]["data: ".Length..]).RootElement)),
    ];
}
