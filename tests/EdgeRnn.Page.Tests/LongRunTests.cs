using System;
using System.Globalization;
using System.Text.Json;
using System.Threading.Tasks;
using EdgeRnn.Tests;
using Microsoft.Playwright;

namespace EdgeRnn.Page.Tests;

/// <summary>Eight channels at 1 kHz for as long as one likes.</summary>
public sealed class LongRunTests(Chromium chromium)
{
    // What comes in an hour at the most: 20 frames a second with 50 columns each, and an alarm every five minutes.
    private const int FramesPerMinute = 20 * 60;

    // Frames as the server sends them, put in as fast as the page takes them, with a picture drawn for every second of the run.
    private const string TakeMinutes = """
        async ([minutes, framesPerMinute]) => {
          const columns = 50; const page = edgernn; let t = page.view.to;
          const fill = f => Array.from({ length: columns }, (_, i) => f(i));
          const wave = (c, by) => fill(i => Math.sin(i + c) + by);
          const frame = { t: fill(() => 0), values: page.description.channels.map((_, c) => ({ lo: wave(c, -0.2), hi: wave(c, 0.2) })),
            score: fill(() => 1), threshold: fill(() => 4), state: fill(() => 2), alarm: fill(() => 0), fault: fill(() => 0),
            hidden: Array.from({ length: 24 }, (_, u) => Math.sin(u)), shares: [], faultKinds: [], pins: { led: 0, alarm: 0, buzzer: 0, button: 0 },
            health: { samples: 1, stepMedianUs: 3 }, run: { paused: false, speed: 1, now: 0, over: false, verdicts: [] } };
          for (let n = 0; n < minutes * framesPerMinute; n++) {
            for (let i = 0; i < columns; i++) frame.t[i] = t + (i + 1) * 0.001;
            t += 0.05;
            frame.run = { ...frame.run, now: t };
            if (n % (5 * framesPerMinute) === 0) {
              page.log.add({ t, kind: 'alarm-began', text: 'Alarm', shares: [{ name: 'ax', percent: 60 }, { name: 'ay', percent: 40 }] });
              page.log.add({ t: t + 1, kind: 'alarm-ended', text: 'Alarm over', shares: [] });
            }
            page.take(frame);
            if (n % 20 === 0) page.draw();
            if (n % framesPerMinute === 0) await new Promise(requestAnimationFrame);
          }
        }
        """;

    private const string FillLog = """
        () => { for (let i = 0; i < 60; i++)
          edgernn.log.add({ t: 0, kind: 'alarm-began', text: 'Alarm', shares: [{ name: 'ax', percent: 60 }, { name: 'ay', percent: 40 }] }); }
        """;

    [Fact]
    public async Task An_hour_takes_no_more_memory_than_its_first_minutes()
    {
        int minutes = LongRun.Choose(8, 60);
        await using SyntheticRun run = await SyntheticRun.StartAsync(channels: 8, rate: 1000, past: 1, runs: false);
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        // Two minutes fill the memory of the latest columns, and that of the whole run several times; the log is full after sixty entries.
        await open.Page.EvaluateAsync(FillLog);
        await open.Page.EvaluateAsync(TakeMinutes, new object[] { 2, FramesPerMinute });
        Figures before = await MeasureAsync(open);
        await open.Page.EvaluateAsync(TakeMinutes, new object[] { minutes, FramesPerMinute });
        Figures after = await MeasureAsync(open);
        Assert.Equal(before.Nodes, after.Nodes, before.Nodes * 0.02);
        Assert.Equal(before.Listeners, after.Listeners);
        // What is drawn and what is said differs a little; what grows by a byte a column would be a megabyte and more.
        Assert.True(after.HeapBytes < before.HeapBytes + 500_000, $"the heap grew from {before.HeapBytes:N0} to {after.HeapBytes:N0} bytes");
        Assert.Equal(before.BufferBytes, after.BufferBytes);
        double kept = await open.NumberAsync("edgernn.view.to - edgernn.view.overview.t[0]");
        Assert.True(kept > minutes * 60, $"{kept} s of {minutes} minutes are kept");
    }

    [Fact]
    public async Task The_latest_minute_is_whole_at_the_most_columns_a_second()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        double least = await open.Page.EvaluateAsync<double>("""
            async () => {
              const { View } = await import('/page/view.js');
              const view = new View(1);
              const frame = { t: [0], values: [{ lo: [0], hi: [0] }], score: [0], threshold: [0], state: [0], alarm: [0], fault: [0] };
              let least = Infinity;
              for (let n = 0; n < 200000; n++) {
                frame.t[0] = n / 1000;
                view.add(frame);
                if (frame.t[0] >= 60) least = Math.min(least, view.to - view.recent.t[0]);
              }
              return least;
            }
            """);
        Assert.True(least >= 60, $"only {least} s are there");
    }

    [Fact]
    public async Task Eight_channels_at_1_kHz_are_drawn_as_they_come()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync(channels: 8, rate: 1000);
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        double behind = 0;
        for (int i = 0; i < 5; i++)
        {
            await open.PassAsync(0.4);
            behind = Math.Max(behind, run.Now - await open.NumberAsync("edgernn.view.to"));
        }
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"at most {behind:F2} s behind"));
        // Frames come every 0.05 s; a computer that does other things too takes longer, but what is late must not pile up.
        Assert.True(behind < 2, $"the page is {behind:F2} s behind");
        Assert.Empty(open.Complaints);
    }

    private sealed record Figures(double Nodes, double Listeners, double HeapBytes, double BufferBytes);

    private static async Task<Figures> MeasureAsync(OpenPage open)
    {
        ICDPSession session = await open.Page.Context.NewCDPSessionAsync(open.Page);
        await session.SendAsync("HeapProfiler.enable");
        await session.SendAsync("HeapProfiler.collectGarbage");
        await session.SendAsync("Performance.enable");
        JsonElement metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        await session.DetachAsync();
        double Of(string name)
        {
            foreach (JsonElement metric in metrics.EnumerateArray())
                if (metric.GetProperty("name").GetString() == name) return metric.GetProperty("value").GetDouble();
            throw new InvalidOperationException($"the browser measures no {name}");
        }
        double buffers = await open.NumberAsync("""
            [...edgernn.view.recent.arrays, ...edgernn.view.overview.arrays,
             ...edgernn.strips.all.flatMap(strip => [strip.trace.t, strip.trace.lo, strip.trace.hi]),
             edgernn.heatMap.recent.bytes, edgernn.heatMap.overview.bytes].reduce((sum, array) => sum + array.byteLength, 0)
            """);
        return new Figures(Of("Nodes"), Of("JSEventListeners"), Of("JSHeapUsedSize"), buffers);
    }
}
