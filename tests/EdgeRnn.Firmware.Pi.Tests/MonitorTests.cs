using System;
using System.IO;
using System.Net;
using System.Text.Json;
using System.Threading.Tasks;
using EdgeRnn.Cli;
using EdgeRnn.Cli.Tests;
using EdgeRnn.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary><c>edgernn monitor --url</c> over the real service, over a live page's server, and over what is neither.</summary>
[Collection(PiCollection.Name)]
public sealed class MonitorTests
{
    [Fact]
    public async Task A_service_is_watched_from_its_samples_to_its_alarm()
    {
        await using PiRun run = new();
        run.StopAt(Pump.FaultSeconds - 1);
        run.StopAt(52);
        await run.Start();
        await run.Reach(Pump.FaultSeconds - 1);
        Task<string> monitor = Monitor(0, "--url", run.Host.Address.ToString(), "--samples", "60", "--json");
        await Followed(run);
        run.GoOn(Pump.FaultSeconds - 1);
        JsonElement document = JsonDocument.Parse(await monitor).RootElement;
        Assert.Equal("stream", document.GetProperty("mode").GetString());
        Assert.Equal(100, document.GetProperty("rateHz").GetDouble());
        Assert.Equal("m/s2", document.GetProperty("channels")[0].GetProperty("unit").GetString());
        Assert.InRange(document.GetProperty("alarms").GetInt32(), 1, 100);
        Assert.Contains(document.GetProperty("events").EnumerateArray(), happened => happened.GetProperty("kind").GetString() == "alarmBegan" &&
            happened.GetProperty("shares").GetArrayLength() > 0);
        Assert.InRange(document.GetProperty("last").GetProperty("seconds").GetDouble(), Pump.FaultSeconds, 52);
    }

    [Fact]
    public async Task Samples_of_a_service_get_the_same_score_here()
    {
        await using PiRun run = new();
        run.StopAt(1);
        run.StopAt(1.4);
        await run.Start();
        await run.Reach(1);
        string model = Path.Combine(run.Folder, "model.ernn");
        Task<string> monitor = Monitor(0, "--url", run.Host.Address.ToString(), "--model", model, "--samples", "40", "--json");
        await Followed(run);
        run.GoOn(1);
        JsonElement document = JsonDocument.Parse(await monitor).RootElement;
        Assert.Equal(0, document.GetProperty("badLines").GetInt32());
        Assert.Equal(model, document.GetProperty("model").GetString());
        Assert.Equal(JsonValueKind.String, document.GetProperty("last").GetProperty("state").ValueKind);
    }

    [Fact]
    public async Task A_live_page_speaks_the_same_language()
    {
        LiveFeed feed = new(new LiveDescription { Title = "Pump", Source = "computed", IsSimulated = true, Channels = [new("ax", "m/s2"), new("\u00b0", "")] });
        await using LiveServer server = new(feed, null, 0);
        await server.StartAsync(TestContext.Current.CancellationToken);
        using System.Threading.Timer adding = new(_ => Add(feed), null, 200, 5);
        JsonElement document = JsonDocument.Parse(await Monitor(0, "--url", server.Url.ToString(), "--samples", "50", "--json")).RootElement;
        Assert.Equal("Pump", document.GetProperty("title").GetString());
        Assert.Equal("\u00b0", document.GetProperty("channels")[1].GetProperty("name").GetString());
        Assert.Equal(2.5, document.GetProperty("last").GetProperty("values")[0].GetDouble());
        Assert.Equal(JsonValueKind.Null, document.GetProperty("last").GetProperty("values")[1].ValueKind);
        Assert.Equal("ready", document.GetProperty("last").GetProperty("state").GetString());
        Assert.Equal(0, document.GetProperty("badLines").GetInt32());
    }

    [Fact]
    public async Task A_service_without_a_stream_is_asked_for_its_metrics()
    {
        await using PiRun run = new();
        run.StopAt(2);
        await run.Start();
        await run.Reach(2);
        string metrics = (await run.Get("metrics")).Text;
        await using Served served = await Served.Start(context => Answer(context, context.Request.Path == "/metrics" ? metrics : null));
        JsonElement document = JsonDocument.Parse(await Monitor(0, "--url", served.Url, "--samples", "2", "--json")).RootElement;
        Assert.Equal("metrics", document.GetProperty("mode").GetString());
        Assert.Equal(0, document.GetProperty("channels").GetArrayLength());
        Assert.InRange(document.GetProperty("last").GetProperty("seconds").GetDouble(), 0.9, 60);
        string told = await Monitor(0, "--url", served.Url, "--samples", "1");
        Assert.Contains("has no /stream; score, threshold, alarm and state come from /metrics once a second, and no samples", told, StringComparison.Ordinal);
        Assert.Contains("for --model, found metrics alone", await Monitor(1, "--url", served.Url, "--model", Path.Combine(run.Folder, "model.ernn")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_ends_is_made_again()
    {
        int connections = 0;
        await using PiRun run = new();
        run.StopAt(2);
        await run.Start();
        await run.Reach(2);
        using StreamFollower follower = new(run.Host.Program, () => new HealthReport(true, "ok"));
        byte[] hello = follower.Hello().ToArray();
        using StreamFrames frames = new();
        StreamColumns columns = new(4);
        columns.Begin(1);
        columns.Add(new StreamStep(4) { State = 2 });
        frames.Data(columns, null, run.Host.Program.Description, run.Host.Program.Loop.Counters, null);
        byte[] data = frames.Bytes.ToArray(), broken = "event: data\ndata: {\"t\":[1\n\n"u8.ToArray();
        await using Served served = await Served.Start(async context =>
        {
            if (context.Request.Path != "/stream" || ++connections == 2) // the second time it is about to start
            {
                context.Response.StatusCode = 404;
                return;
            }
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(hello);
            if (connections == 3) await context.Response.Body.WriteAsync(broken);
            await context.Response.Body.WriteAsync(data);
        });
        string text = await Monitor(0, "--url", served.Url, "--samples", "2");
        Assert.Equal(3, connections);
        Assert.Contains("is lost: it has ended the connection", text, StringComparison.Ordinal);
        Assert.Contains("2 samples, 0 missing; 0 alarms, 0 sensor faults, 1 reconnections", text, StringComparison.Ordinal);
        Assert.Contains("1 lines had no row in them, the last 'a frame 'data' is not as described", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_service_is_one_line()
    {
        await using Served other = await Served.Start(context => Answer(context, "<html>a printer</html>"));
        await using Served nothing = await Served.Start(context => Answer(context, null));
        await using Served odd = await Served.Start(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("event: hello\ndata: {\"price\":3}\n\n");
        });
        Assert.Contains("expected the health address of edgernn-pi, found something else", await Fails(other.Url), StringComparison.Ordinal);
        Assert.Contains("expected a Pi's service, found none: it answers 404; pass the health address", await Fails(nothing.Url), StringComparison.Ordinal);
        Assert.Contains("a frame 'hello' is not as described", await Fails(odd.Url), StringComparison.Ordinal);
        await other.DisposeAsync();
        Assert.Contains("found none: Connection refused", await Fails(other.Url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_page_shows_a_device_as_live_and_takes_no_command()
    {
        await using PiRun run = new();
        run.StopAt(2);
        run.StopAt(3);
        await run.Start();
        await run.Reach(2);
        using MonitorOnThread monitor = new("--url", run.Host.Address.ToString(), "--web", "--samples", "50");
        int at = await monitor.Shows("Live page: ") + "Live page: ".Length;
        await monitor.Shows("\n");
        Uri page = new(monitor.Text[at..monitor.Text.IndexOf('\n', at)]);
        using StreamClient client = await StreamClient.Open(new Uri(page, "api/"));
        JsonElement hello = (await client.Until((name, data) => name == "hello" && data.GetProperty("channels").GetArrayLength() == 4))[^1].Data;
        Assert.False(hello.GetProperty("simulated").GetBoolean());
        foreach (JsonProperty command in hello.GetProperty("can").EnumerateObject()) Assert.False(command.Value.GetBoolean(), command.Name);
        Assert.Equal(0, hello.GetProperty("faults").GetArrayLength());
        Assert.Contains("MPU-6050 on simulated board, http://127.0.0.1", hello.GetProperty("source").GetString(), StringComparison.Ordinal);
        run.GoOn(2);
        Assert.Equal(0, await monitor.Ends());
    }

    private static void Add(LiveFeed feed)
    {
        lock (feed)
        {
            LiveStep step = new(2, 0) { Seconds = 1, Score = 0.1f, State = 2 };
            step.Values[0] = 2.5f;
            step.Values[1] = float.NaN;
            feed.Add(step);
        }
    }

    private static async Task<string> Fails(string url)
    {
        string text = await Monitor(1, "--url", url, "--duration", "5");
        Assert.Single(text.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("error: http://", text, StringComparison.Ordinal);
        return text;
    }

    private static async Task<string> Monitor(int exitCode, params string[] args)
    {
        using StringWriter output = new(), error = new();
        int code = await Task.Run(() => CommandLineApp.Run(["monitor", .. args], new Terminal(output, error)), TestContext.Current.CancellationToken);
        Assert.True(code == exitCode, $"exit code {code}: {error}{output}");
        return Array.IndexOf(args, "--json") >= 0 ? output.ToString() : error.ToString() + output;
    }

    private static async Task Followed(PiRun run)
    {
        while (run.Host.StreamReaders == 0)
            await Task.Run(() => TestContext.Current.CancellationToken.WaitHandle.WaitOne(10), TestContext.Current.CancellationToken);
    }

    private static Task Answer(HttpContext context, string? text)
    {
        context.Response.StatusCode = text == null ? 404 : 200;
        return context.Response.WriteAsync(text ?? "");
    }

    /// <summary>Another service on this computer.</summary>
    private sealed class Served(WebApplication application) : IAsyncDisposable
    {
        public string Url { get; private set; } = "";

        public static async Task<Served> Start(RequestDelegate answer)
        {
            WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
            WebApplication application = builder.Build();
            application.Run(answer);
            await application.StartAsync(TestContext.Current.CancellationToken);
            Served served = new(application);
            foreach (string url in application.Urls) served.Url = url;
            return served;
        }

        public async ValueTask DisposeAsync()
        {
            await application.StopAsync();
            await application.DisposeAsync();
        }
    }
}
