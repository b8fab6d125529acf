using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using EdgeRnn.Cli.Monitor;
using EdgeRnn.Cli.Record;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Tests;

/// <summary><c>edgernn monitor</c> over serial lines and files: what it makes of what comes.</summary>
public sealed class MonitorTests
{
    private const string _quiet = "score:0.1000 threshold:0.8000 alarm:0\r\n", _loud = "score:0.9000 threshold:0.8000 alarm:1\r\n";

    [Fact]
    public void The_report_line_of_a_device_is_score_threshold_and_alarm()
    {
        using PrintingDevice device = new("ets Jul 29 2019\r\n" + Repeat(_quiet, 20) + "score:0.9\x01\r\n" + Repeat(_loud, 20));
        JsonElement document = CliRun.Of("monitor", "--port", device.Path, "--samples", "200", "--json").Succeeds().Json();
        Assert.Equal("serial", document.GetProperty("mode").GetString());
        Assert.Equal("samples", document.GetProperty("ended").GetString());
        Assert.Equal(0, document.GetProperty("channels").GetArrayLength());
        Assert.Equal(200, document.GetProperty("samples").GetInt64());
        Assert.InRange(document.GetProperty("alarms").GetInt32(), 1, 100);
        Assert.InRange(document.GetProperty("badLines").GetInt32(), 1, 200);
        Assert.Equal(0.8f, document.GetProperty("last").GetProperty("threshold").GetSingle());
        JsonElement began = document.GetProperty("events").EnumerateArray().First(happened => happened.GetProperty("kind").GetString() == "alarmBegan");
        Assert.Equal("Alarm: score 0.9, threshold 0.8", began.GetProperty("text").GetString());
    }

    [Fact]
    public void Samples_of_a_serial_line_get_a_score_from_a_model_here()
    {
        using Workspace workspace = new();
        string[] rows = File.ReadAllLines(CalibratedPump.Stream), names = rows[0].Split(',');
        using PrintingDevice device = new(string.Concat(rows.Skip(1).Take(6000)
            .Select(row => string.Join(' ', row.Split(',').Select((cell, i) => $"{names[i]}:{cell}")) + "\r\n")));
        JsonElement document = CliRun.Of("monitor", "--port", device.Path, "--model", CalibratedPump.Watch(workspace), "--samples", "7000", "--json").Succeeds().Json();
        Assert.EndsWith("watch.ernn", document.GetProperty("model").GetString(), StringComparison.Ordinal);
        Assert.Equal(["ax", "ay", "az", "temperature"], document.GetProperty("channels").EnumerateArray().Select(channel => channel.GetProperty("name").GetString()));
        Assert.InRange(document.GetProperty("last").GetProperty("threshold").GetSingle(), 0.01f, 100);
        Assert.InRange(document.GetProperty("alarms").GetInt32(), 1, 1000);
    }

    [Fact]
    public async Task A_device_that_is_unplugged_and_comes_back_is_found_again()
    {
        using Workspace workspace = new();
        string name = workspace.Path("ttyUSB0");
        MonitorOnThread run;
        using (PrintingDevice first = new(Repeat(_quiet, 100) + Repeat(_loud, 100), times: 10))
        {
            File.CreateSymbolicLink(name, first.Path);
            run = new MonitorOnThread("--port", name, "--samples", "20000");
            await run.Shows("Alarm: score 0.9");
            File.Delete(name);
        }
        await run.Shows("ttyUSB0 is gone");
        using PrintingDevice second = new("boot\r\n" + Repeat("score:0.7000 threshold:0.6000 alarm:1\r\n", 2000) + Repeat(_quiet, 2000));
        File.CreateSymbolicLink(name, second.Path);
        int back = await run.Shows("ttyUSB0 is back");
        Assert.True(await run.Shows("Alarm: score 0.7, threshold 0.6") > back);
        Assert.Equal(0, await run.Ends());
        Assert.Contains("0 sensor faults, 1 reconnections", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_grows_is_followed()
    {
        using Workspace workspace = new();
        string csv = workspace.Text("grow.csv", "time,ax,alarm\n0.00,1,0\n0.01,3,1\n0.02,5,");
        using MonitorOnThread run = new("--csv", csv, "--samples", "6");
        await run.Shows("0.01 s  Alarm:");
        await File.AppendAllTextAsync(csv, "0\n0.03,,1\n", TestContext.Current.CancellationToken);
        await run.Shows("0.02 s  Alarm over");
        await run.Shows("0.03 s  Alarm:");
        await File.AppendAllTextAsync(csv, "noise\n0.04,7,0\n0.05,9,0\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, await run.Ends());
        Assert.Contains("grow.csv: 6 samples, 1 missing; 2 alarms", run.Text, StringComparison.Ordinal);
        Assert.Contains("1 lines had no row in them, the last 'noise'", run.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut off")]
    [InlineData("replaced")]
    [InlineData("away for a while")]
    public async Task A_file_that_begins_anew_is_read_from_its_begin(string how)
    {
        const string Next = "time,b,alarm\n7,1,0\n8,2,1\n";
        using Workspace workspace = new();
        string csv = workspace.Text("grow.csv", "time,ax,alarm\n0,1,0\n1,2,0\n2,3,1\n");
        using MonitorOnThread run = new("--csv", csv, "--samples", "5");
        await run.Shows("2.00 s  Alarm:");
        if (how == "cut off") await File.WriteAllTextAsync(csv, Next, TestContext.Current.CancellationToken);
        else
        {
            if (how != "replaced") File.Delete(csv);
            File.Move(workspace.Text("new.csv", Next), csv, overwrite: true);
        }
        Assert.Equal(0, await run.Ends());
        Assert.Contains("grow.csv was cut off or replaced, and is read from its begin", run.Text, StringComparison.Ordinal);
        Assert.Contains("5 samples, 0 missing; 2 alarms, 0 sensor faults, 1 reconnections", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_detectors_own_trace_shows_its_alarms_and_faults_as_they_were()
    {
        using Workspace workspace = new();
        string scores = workspace.Path("scores.csv"), watch = CalibratedPump.Watch(workspace);
        JsonElement detected = CliRun.Of("detect", watch, "--data", CalibratedPump.Stream, "--output", scores, "--json").Succeeds().Json();
        int rows = File.ReadAllLines(scores).Length - 1;
        JsonElement seen = CliRun.Of("monitor", "--csv", scores, "--samples", $"{rows}", "--rate", "100", "--json").Succeeds().Json();
        JsonElement here = CliRun.Of("monitor", "--csv", CalibratedPump.Stream, "--model", watch, "--samples", $"{rows}", "--json").Succeeds().Json();
        Assert.Equal(detected.GetProperty("alarms").GetArrayLength(), seen.GetProperty("alarms").GetInt32());
        Assert.Equal(seen.GetProperty("alarms").GetInt32(), here.GetProperty("alarms").GetInt32());
        Assert.Equal(seen.GetProperty("sensorFaults").GetInt32(), here.GetProperty("sensorFaults").GetInt32());
        Assert.Equal(seen.GetProperty("last").GetProperty("score").GetSingle(), here.GetProperty("last").GetProperty("score").GetSingle());
    }

    [Fact]
    public void Without_a_terminal_every_event_is_a_line()
    {
        using Workspace workspace = new();
        string csv = workspace.Text("a.csv", "time,score,threshold,state,alarm\n0,0,0,calibrating,0\n1,0.1,0.8,ready,0\n2,0.9,0.8,alarm,1\n3,0.1,0.8,ready,0\n4,0,0.8,sensor fault,0\n5,0,0.8,ready,0\n");
        CliRun run = CliRun.Of("monitor", "--csv", csv, "--samples", "6").Succeeds();
        Assert.Equal(
        [
            "      0.00 s  State: calibrating",
            "      1.00 s  State: ready",
            "      2.00 s  Alarm: score 0.9, threshold 0.8",
            "      3.00 s  Alarm over: score 0.1, threshold 0.8",
            "      4.00 s  Sensor fault",
            "      5.00 s  Sensor well again: ready",
            $"{csv}: 6 samples, 0 missing; 1 alarms, 1 sensor faults, 0 reconnections",
        ], run.Output.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain('\r', run.Output);
    }

    [Fact]
    public void On_a_terminal_one_line_is_written_over()
    {
        using Workspace workspace = new();
        string csv = workspace.Text("a.csv", "time,score,threshold,alarm\n0,0.4,0.8,0\n1,0.8,0.8,0\n");
        using StringWriter output = new();
        Assert.Equal(0, CommandLineApp.Run(["monitor", "--csv", csv, "--duration", "0.5"], new Terminal(output, output, OutputIsTerminal: true)));
        Assert.Contains("\r\e[K", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("score 0.8000 of 0.8000", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("█", output.ToString(), StringComparison.Ordinal);
        Assert.Single(output.ToString().TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("1;2\n3;4\n", new[] { "channel1", "channel2" })]
    [InlineData("2026-01-01 00:00:00,1\n2026-01-01 00:00:01,2\n", new[] { "channel1" })]
    [InlineData("Datum,Flow (l/min)\n2026-01-01 00:00:00,1\n2026-01-01 00:00:01,2\n", new[] { "Flow (l/min)" })]
    [InlineData("time;\"a; b\"\n0;1\n1;2\n", new[] { "a; b" })]
    public void Files_of_many_makes_are_understood(string text, string[] channels)
    {
        using Workspace workspace = new();
        JsonElement document = CliRun.Of("monitor", "--csv", workspace.Text("a.csv", text), "--samples", "2", "--json").Succeeds().Json();
        Assert.Equal(channels, document.GetProperty("channels").EnumerateArray().Select(channel => channel.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("expected one of --port, --url and --csv, found none")]
    [InlineData("found --port and --csv", "--port", "/dev/ttyUSB0", "--csv", "x")]
    [InlineData("absent.csv: cannot be opened: there is no such file", "--csv", "absent.csv")]
    [InlineData("/dev/ttyNONE: cannot be opened: there is no such file; plug the device in", "--port", "/dev/ttyNONE")]
    [InlineData("/dev/null: expected a serial line that takes 115200 baud, found none", "--port", "/dev/null")]
    [InlineData("--baud: expected 50 to 4000000, found 7", "--port", "/dev/null", "--baud", "7")]
    [InlineData("--url: expected an address as http://raspberrypi:8077, found 'raspberrypi'", "--url", "raspberrypi")]
    [InlineData("--columns and --rate go with --port or --csv, found --url", "--url", "http://127.0.0.1:1", "--rate", "5")]
    [InlineData("--samples: expected 1 or more, found -1", "--csv", "x", "--samples", "-1")]
    [InlineData("--web-port: expected 0 to 65535, found 65536", "--csv", "x", "--web-port", "65536")]
    [InlineData("--columns: expected names as ax,ay,az", "--csv", "x", "--columns", "ax,ax")]
    public void Wrong_usage_is_one_line(string expected, params string[] args) => CliRun.Of(["monitor", .. args]).FailsWith(expected);

    [Fact]
    public void A_file_without_numbers_is_one_line()
    {
        using Workspace workspace = new();
        string text = workspace.Text("a.csv", string.Concat(Enumerable.Repeat("nothing here\n", 30)));
        CliRun.Of("monitor", "--csv", text).FailsWith("a.csv: expected rows of numbers, found 20 lines without one, the last 'nothing here'");
        string few = workspace.Text("b.csv", "a,b\n");
        CliRun.Of("monitor", "--csv", few, "--duration", "0.3").FailsWith("b.csv: expected rows of numbers, found no row below the header 'a, b'");
    }

    [Fact]
    public async Task A_page_with_too_many_readers_says_so_and_is_tried_again()
    {
        LiveFeed feed = new(new LiveDescription { Title = "Pump", Source = "computed", Channels = [new("ax", "")] });
        await using LiveServer server = new(feed, null, 0);
        await server.StartAsync(TestContext.Current.CancellationToken);
        using HttpClient client = new();
        List<Stream> readers = [];
        try
        {
            while (true) readers.Add(await client.GetStreamAsync(new Uri(server.Url, "api/stream"), TestContext.Current.CancellationToken));
        }
        catch (HttpRequestException full)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, full.StatusCode);
        }

        using MonitorOnThread run = new("--url", server.Url.ToString(), "--samples", "1");
        await run.Shows("refuses: it answers 503: too many pages are open; close one");
        foreach (Stream reader in readers) await reader.DisposeAsync();
        await run.Shows("is back");
        feed.Add(new LiveStep(1, 0) { HasSample = true });
        Assert.Equal(0, await run.Ends());
    }

    [Theory]
    [InlineData(256, null)]
    [InlineData(257, "a frame 'hello': channels: expected at most 256, found 257")]
    public void A_stream_has_no_more_channels_than_can_be_shown(int channels, string? refusal)
    {
        MonitorSession session = new("", "", hasFeed: false);
        string hello = $$"""
            {"title":"x","source":"y","simulated":false,"rateHz":1,"pins":[],"channels":[{{string.Join(',',
            Enumerable.Repeat("""{"name":"a","unit":""}""", channels))}}]}
            """;
        Exception? thrown = Xunit.Record.Exception(() => new StreamFrames("here", null).Take(session, "hello", hello));
        Assert.Equal(refusal, thrown?.Message);
    }

    [Fact]
    public void Long_lines_that_nobody_takes_are_not_read_without_end()
    {
        const int Lines = 64;
        using ManyLines stream = new(Lines);
        using LineSource source = new(stream, TimeProvider.System, longestLine: ManyLines.Length);
        stream.HasGiven17.Wait(TestContext.Current.CancellationToken); // 16 wait, and the next one does not fit
        Assert.False(stream.HasGiven18.Wait(100, TestContext.Current.CancellationToken));
        int taken = 0;
        while (source.TryTake(out ArrivedLine line, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken))
        {
            Assert.Equal(ManyLines.Length - 1, line.Text.Length);
            taken++;
        }
        Assert.Equal(Lines, taken);
        Assert.True(source.IsAtEnd);
    }

    [Fact]
    public void Columns_that_are_not_the_models_are_one_line()
    {
        using Workspace workspace = new();
        string csv = workspace.Text("a.csv", "time,ax,ay,az,pressure\n0,1,2,3,4\n");
        CliRun.Of("monitor", "--csv", csv, "--model", CalibratedPump.Watch(workspace)).FailsWith("the model's channels temperature are missing");
        CliRun.Of("monitor", "--csv", csv, "--columns", "a,b").FailsWith("expected 2 columns, as --columns names, found 5");
        CliRun.Of("monitor", "--csv", csv, "--model", workspace.Identity(4)).FailsWith("holds no detector; run `edgernn calibrate");
    }

    /// <summary>Lines of 1 MiB, as fast as they are read.</summary>
    private sealed class ManyLines(int lines) : MemoryStream
    {
        public new const int Length = 1 << 20;
        private long _given;

        public ManualResetEventSlim HasGiven17 { get; } = new();

        public ManualResetEventSlim HasGiven18 { get; } = new();

        public override int Read(byte[] buffer, int offset, int count)
        {
            int given = (int)Math.Min(count, (long)Length * lines - _given);
            for (int i = 0; i < given; i++) buffer[offset + i] = (byte)((_given + i + 1) % Length == 0 ? '\n' : 'x');
            _given += given;
            if (_given >= 17L * Length) HasGiven17.Set();
            if (_given >= 18L * Length) HasGiven18.Set();
            return given;
        }

        protected override void Dispose(bool disposing)
        {
            HasGiven17.Dispose();
            HasGiven18.Dispose();
            base.Dispose(disposing);
        }
    }

    private static string Repeat(string line, int times) => string.Concat(Enumerable.Repeat(line, times));
}
