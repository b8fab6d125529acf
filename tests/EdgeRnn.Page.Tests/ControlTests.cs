using System;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeRnn.Page.Tests;

/// <summary>What a person does to a run, by mouse and by keys.</summary>
public sealed class ControlTests(Chromium chromium)
{
    [Fact]
    public async Task Dragging_the_threshold_below_the_score_raises_the_alarm_and_back_ends_it()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await DragThresholdAsync(open, 0.4);
        await Expect(open.Page.Locator("[data-pin=alarm]")).ToContainClassAsync("is-on");
        await open.UntilAsync("Math.abs(edgernn.view.recent.threshold[edgernn.view.recent.last] - 0.4) < 0.05");
        await DragThresholdAsync(open, 5);
        await Expect(open.Page.Locator("[data-pin=alarm]")).Not.ToContainClassAsync("is-on");
    }

    [Fact]
    public async Task The_threshold_moves_by_keys_and_Delete_brings_the_learnt_one_back()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await open.Page.Keyboard.PressAsync("t");
        await Expect(open.Page.Locator("#threshold")).ToBeFocusedAsync();
        for (int i = 0; i < 8; i++) await open.Page.Keyboard.PressAsync("Shift+ArrowDown");
        await Expect(open.Page.Locator("[data-pin=alarm]")).ToContainClassAsync("is-on"); // 4 / 1.25^8 = 0.67
        await Expect(open.Page.Locator("#threshold")).ToHaveAttributeAsync("aria-valuetext", "0.671");
        await open.Page.Keyboard.PressAsync("Delete");
        await Expect(open.Page.Locator("[data-pin=alarm]")).Not.ToContainClassAsync("is-on");
        await Expect(open.Page.Locator("#threshold")).ToHaveAttributeAsync("aria-valuetext", "4");
    }

    [Fact]
    public async Task Pause_stops_time_and_the_space_bar_lets_it_go_on()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await open.Page.Locator("#pause").ClickAsync();
        await Expect(open.Page.Locator("#pause")).ToHaveTextAsync("Go on");
        double stopped = run.Now;
        // A step is all that happens meanwhile, and it is exactly one sample.
        await open.Page.Locator("#step").ClickAsync();
        await open.UntilAsync($"Math.abs(edgernn.view.to - {(stopped + 0.01).ToString(CultureInfo.InvariantCulture)}) < 1e-6");
        Assert.Equal(stopped + 0.01, run.Now, 6);
        await open.Page.Locator("h1").ClickAsync();
        await open.Page.Keyboard.PressAsync(" ");
        await Expect(open.Page.Locator("#pause")).ToHaveTextAsync("Pause");
        await open.PassAsync(0.2);
    }

    [Fact]
    public async Task Speed_is_chosen_and_changed_by_keys()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await open.Page.Locator("#speed").SelectOptionAsync("10");
        await open.PassAsync(8);
        await open.Page.Locator("h1").ClickAsync();
        await open.Page.Keyboard.PressAsync("-");
        await Expect(open.Page.Locator("#speed")).ToHaveValueAsync("5");
        Assert.Equal(["speed", "speed"], run.Commands);
    }

    [Fact]
    public async Task Another_seed_starts_anew_and_the_page_forgets_what_it_had()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await open.Page.Locator("#seed").FillAsync("7");
        await open.Page.Locator("#restart").ClickAsync();
        await Expect(open.Page.Locator("#source")).ToHaveTextAsync("seed 7");
        await open.UntilAsync("!edgernn.view.isEmpty && edgernn.view.to < 15");
        Assert.Equal(7ul, run.Seed);
        Assert.Equal(5, await open.Page.Locator(".strip").CountAsync());
        await open.Page.Locator("#restart").ClickAsync();
        await open.UntilAsync("!edgernn.view.isEmpty");
        Assert.Equal(7ul, run.Seed);
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task A_button_of_the_board_is_pressed_by_pointer_and_by_keys()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        ILocator button = open.Page.Locator("[data-pin=button]");
        await button.Locator(".cap").HoverAsync();
        await open.Page.Mouse.DownAsync();
        await Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        await open.Page.Mouse.UpAsync();
        await Expect(button).ToHaveAttributeAsync("aria-pressed", "false");
        await button.FocusAsync();
        await open.Page.Keyboard.DownAsync(" ");
        await Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        await open.Page.Keyboard.UpAsync(" ");
        await Expect(button).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Fact]
    public async Task A_button_that_is_held_while_the_page_begins_anew_is_let_go()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        ILocator button = open.Page.Locator("[data-pin=button]");
        await button.Locator(".cap").HoverAsync();
        await open.Page.Mouse.DownAsync();
        await Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        await open.Page.RunAndWaitForResponseAsync(() => open.Page.EvaluateAsync("() => edgernn.controls.send('restart')"),
            answer => answer.Request.PostData?.Contains("release", StringComparison.Ordinal) == true);
        Assert.Equal(["press", "restart", "release"], run.Commands);
    }

    [Fact]
    public async Task Keys_before_the_run_is_described_do_nothing()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await open.Page.RouteAsync("**/api/stream", _ => Task.CompletedTask); // no answer
        await open.Page.ReloadAsync();
        await open.UntilAsync("window.edgernn?.strips === null");
        foreach (string key in (string[])["3", "ArrowLeft", "ArrowRight", "Escape", "t", "f", " ", "+", "."])
            await open.Page.Keyboard.PressAsync(key);
        Assert.Equal(0, await open.NumberAsync("edgernn.span"));
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Export_gives_the_rows_that_were_recorded()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync(runs: false);
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await open.Page.Keyboard.PressAsync("r");
        await Expect(open.Page.Locator("#record")).ToHaveAttributeAsync("aria-pressed", "true");
        run.Advance(1.5);
        await Expect(open.Page.Locator("#export")).ToHaveAttributeAsync("title", "150 recorded rows");
        await open.Page.Keyboard.PressAsync("r");
        await Expect(open.Page.Locator("#record")).ToHaveAttributeAsync("aria-pressed", "false");
        run.Advance(1);
        IDownload download = await open.Page.RunAndWaitForDownloadAsync(() => open.Page.Locator("#export").ClickAsync());
        string[] lines = (await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken)).TrimEnd().Split('\n');
        Assert.Equal("time,ax,ay,az,temperature,score,threshold,state,alarm,fault", lines[0].TrimEnd());
        Assert.Equal(150, lines.Length - 1);
        Assert.StartsWith("20.01,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("21.5,", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_shown_as_the_server_words_it()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await open.Page.EvaluateAsync("() => edgernn.controls.send('fault', 'none such')");
        await Expect(open.Page.Locator("#refusal")).ToHaveTextAsync("fault: not understood here");
    }

    [Fact]
    public async Task Everything_is_reached_by_keys_and_the_help_says_how()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await open.Page.Keyboard.PressAsync("?");
        await Expect(open.Page.Locator("#help")).ToBeVisibleAsync();
        await Expect(open.Page.Locator("#help")).ToContainTextAsync("go to the threshold");
        await open.Page.Keyboard.PressAsync("Escape");
        await Expect(open.Page.Locator("#help")).ToBeHiddenAsync();
        await open.Page.Keyboard.PressAsync("f");
        await Expect(open.Page.Locator("[data-fault=bearing]")).ToBeFocusedAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        await Expect(open.Page.Locator("[data-pin=alarm]")).ToContainClassAsync("is-on");
        await open.Page.Keyboard.PressAsync("a");
        await Expect(open.Page.Locator("[data-pin=alarm]")).Not.ToContainClassAsync("is-on");
        await open.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(open.Page.Locator("#cursor")).ToBeVisibleAsync();
        Regex described = new("score .*, ax .* m/s²");
        await Expect(open.Page.Locator("#strips")).ToHaveAttributeAsync("aria-description", described);
        await open.Page.Keyboard.PressAsync("Escape");
        await Expect(open.Page.Locator("#cursor")).ToBeHiddenAsync();
        await open.Page.Keyboard.PressAsync("3");
        await open.UntilAsync("edgernn.view.span === 0 && edgernn.view.from < 0.1");
    }

    // By mouse, from where the handle is to where the axis has the value.
    private static async Task DragThresholdAsync(OpenPage open, double value)
    {
        LocatorBoundingBoxResult handle = (await open.Page.Locator("#threshold .tag").BoundingBoxAsync())!;
        double top = await open.NumberAsync(
            $"edgernn.strips.score.rect.top + edgernn.strips.score.u.valToPos({value.ToString(CultureInfo.InvariantCulture)}, 'y')");
        float x = handle.X + handle.Width / 2;
        await open.Page.Mouse.MoveAsync(x, handle.Y + handle.Height / 2);
        await open.Page.Mouse.DownAsync();
        await open.Page.Mouse.MoveAsync(x, (float)top, new() { Steps = 5 });
        await open.Page.Mouse.UpAsync();
    }
}
