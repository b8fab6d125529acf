using System;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeRnn.Page.Tests;

/// <summary>What the page shows of a run whose figures are known.</summary>
public sealed class PageTests(Chromium chromium)
{
    [Fact]
    public async Task It_loads_without_a_complaint_and_asks_nobody_else()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await Expect(open.Page.Locator("h1")).ToHaveTextAsync("A run made of arithmetic");
        await Expect(open.Page.Locator("#badge")).ToHaveTextAsync("SIMULATED");
        await Expect(open.Page.Locator("#notice")).ToBeHiddenAsync();
        await open.PassAsync(0.5);
        Assert.Empty(open.Complaints);
        Assert.Empty(open.ForeignRequests);
    }

    [Fact]
    public async Task Plots_move()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        string before = await open.Page.EvaluateAsync<string>("() => document.querySelector('[data-signal=ax] canvas').toDataURL()");
        await open.PassAsync(1);
        string after = await open.Page.EvaluateAsync<string>("() => document.querySelector('[data-signal=ax] canvas').toDataURL()");
        Assert.NotEqual(before, after);
        Assert.True(await open.PixelsAsync(".is-score canvas", "score") > 50, "no line in the score's strip");
        Assert.True(await open.PixelsAsync("[data-signal=az] canvas", "trace") > 50, "no line in the strip of az");
    }

    [Fact]
    public async Task A_fault_button_leads_to_an_alarm_band_a_lit_lamp_and_a_line_of_the_log()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await Expect(open.Page.Locator("[data-pin=led]")).Not.ToContainClassAsync("is-on");
        Assert.Equal(0, await open.PixelsAsync(".is-score canvas", "alarm"));
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Bearing fault" }).ClickAsync();
        await Expect(open.Page.Locator("[data-pin=led]")).ToContainClassAsync("is-on");
        await Expect(open.Page.Locator("[data-pin=alarm]")).ToHaveAttributeAsync("aria-label", "Alarm relay, pin 17: on");
        await Expect(open.Page.Locator("#state")).ToHaveTextAsync("Alarm");
        await open.UntilAsync("edgernn.bands.countOf(1) === 1");
        foreach (string strip in new[] { ".is-score", "[data-signal=ax]", "[data-signal=temperature]" })
            await open.UntilPixelsAsync($"{strip} canvas", "alarm", 4);
        ILocator entry = open.Page.Locator("#log li[data-kind=alarm-began]");
        await Expect(entry.Locator("canvas")).ToBeVisibleAsync();
        await Expect(entry.Locator(".shares div").First).ToContainTextAsync("ax85 %");
        await Expect(open.Page.Locator("[data-signal=ax]")).ToContainClassAsync("is-cause");
        await Expect(open.Page.Locator("#announcer")).ToContainTextAsync("Alarm");
        await Expect(entry).ToContainTextAsync("lasted"); // the fault ends by itself
        await Expect(open.Page.Locator("[data-pin=alarm]")).ToHaveAttributeAsync("aria-label", "Alarm relay, pin 17: off");
    }

    [Fact]
    public async Task A_sensor_fault_is_hatched_and_named_at_its_channel()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Unplug sensor" }).ClickAsync();
        await Expect(open.Page.Locator("[data-signal=ax] .against")).ToHaveTextAsync("no sample");
        await open.UntilAsync("edgernn.bands.countOf(2) === 1 && edgernn.bands.countOf(1) === 0");
        await Expect(open.Page.Locator("#state")).ToHaveTextAsync("Sensor fault");
        await Expect(open.Page.Locator("#log")).ToContainTextAsync("Sensor mpu6050 does not answer");
    }

    [Fact]
    public async Task The_cursor_shows_the_same_time_in_every_strip()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync(runs: false);
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await open.Page.Locator("[data-signal=ay] .u-over").HoverAsync();
        await Expect(open.Page.Locator("#cursor")).ToBeVisibleAsync();
        // The middle of a minute that ends at 20 s lies before the run began: the first column stands for it.
        await Expect(open.Page.Locator("#at")).ToContainTextAsync("0:00.01");
        await open.Page.Keyboard.PressAsync("1");
        await Expect(open.Page.Locator("#at")).ToContainTextAsync(new Regex("^0:1(4[.]9|5[.]0)")); // the middle, to a pixel or two
        int column = (int)await open.NumberAsync("edgernn.view.recent.indexAt(edgernn.view.timeAt(edgernn.cursor.fraction))");
        double expected = await open.NumberAsync($"edgernn.view.recent.hi[2][{column}]");
        string shown = await open.Page.Locator("[data-signal=az] output").InnerTextAsync();
        Assert.Contains(expected.ToString("F2", CultureInfo.InvariantCulture).Replace('-', '−'), shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hidden_states_are_painted_in_two_colours_around_zero()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await open.UntilAsync("edgernn.heatMap.recent.length > 20");
        await Expect(open.Page.Locator("#heat-layers")).ToHaveTextAsync("gru1: 16 units, gru2: 8 units");
        const string Hues = """
            (() => { const canvas = document.getElementById('heat-map');
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            let blue = 0, orange = 0;
            for (let i = 0; i < data.length; i += 4) { if (data[i + 2] > data[i] + 30) blue++; if (data[i] > data[i + 2] + 30) orange++; }
            return blue > 50 && orange > 50; })()
            """;
        await open.UntilAsync(Hues);
    }

    [Fact]
    public async Task Health_figures_are_those_of_the_run()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync(runs: false);
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await Expect(open.Page.Locator("[data-figure=stepMedianUs] dd")).ToHaveTextAsync("3.1µs");
        await Expect(open.Page.Locator("[data-figure=stepP99Us] dd")).ToHaveTextAsync("7.4µs");
        await Expect(open.Page.Locator("[data-figure=bytesPerStep] dd")).ToHaveTextAsync("0B");
        await Expect(open.Page.Locator("[data-figure=missedDeadlines] dd")).ToHaveTextAsync("0");
        await Expect(open.Page.Locator("[data-figure=droppedSamples] dd")).ToHaveTextAsync("0");
        await Expect(open.Page.Locator("[data-figure=samples] dd")).ToHaveTextAsync("2\u2009000");
        await Expect(open.Page.Locator("#health")).ToContainTextAsync("measured on this computer");
    }

    [Fact]
    public async Task The_end_of_a_run_tells_what_became_of_its_expectations()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync(runs: false);
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        run.Ending = [new("no alarm before t=60", true, ""), new("alarm within 10 s of t=60", false, "none came")];
        run.Advance(0.1);
        await Expect(open.Page.Locator("#notice")).ToHaveTextAsync("The run is over. 1 of 2 expectations are met.");
        await Expect(open.Page.Locator("#verdict-list li[data-met=true]")).ToContainTextAsync("no alarm before t=60");
        await Expect(open.Page.Locator("#verdict-list li[data-met=false]")).ToContainTextAsync("not met: none came");
    }

    [Fact]
    public async Task A_device_that_is_only_watched_has_no_controls()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync(isMonitor: true);
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await Expect(open.Page.Locator("#badge")).ToHaveTextAsync("LIVE");
        string[] controls = ["#run", "#faults", "#acknowledge", "#step", "[data-figure=bytesPerStep]", "#health .where", "[role=slider]"];
        foreach (string absent in controls)
            await Expect(open.Page.Locator(absent)).ToBeHiddenAsync();
        await Expect(open.Page.Locator("#threshold")).ToBeVisibleAsync();
        await Expect(open.Page.Locator("#record")).ToBeVisibleAsync();
        await open.Page.Keyboard.PressAsync(" ");
        await Expect(open.Page.Locator("#refusal")).ToBeHiddenAsync();
        await open.PassAsync(0.3);
        Assert.Empty(open.Complaints);
    }
}
