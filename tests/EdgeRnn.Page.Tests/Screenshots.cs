using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using EdgeRnn.Simulator;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeRnn.Page.Tests;

/// <summary>Pictures of the page for a person to look at: light and dark, wide and narrow, quiet and in alarm, simulated and watched.</summary>
internal static class Screenshots
{
    private static readonly string[] _names =
        ["light", "dark", "alarm", "fault", "cursor", "narrow", "narrow-dark", "monitor", "eight-channels", "help", "over"];

    /// <summary>Takes them all.</summary>
    /// <param name="folder">Where they go; made where it is absent.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> TakeAsync(string folder)
    {
        if (Chromium.Path == null)
        {
            Console.Error.WriteLine($"screenshots: {Chromium.Absent}");
            return 1;
        }
        Directory.CreateDirectory(folder);
        await using Chromium chromium = new();
        await chromium.InitializeAsync();
        foreach (string name in _names)
        {
            string path = Path.Combine(folder, name + ".png");
            await TakeAsync(chromium, name, path);
            Console.WriteLine(path);
        }
        return 0;
    }

    private static async Task TakeAsync(Chromium chromium, string name, string path)
    {
        bool isNarrow = name.StartsWith("narrow", StringComparison.Ordinal);
        bool isDark = name is "dark" or "narrow-dark" or "monitor" or "eight-channels";
        await using SyntheticRun run = await SyntheticRun.StartAsync(
            channels: name == "eight-channels" ? 8 : 4, isMonitor: name == "monitor", past: 5, runs: false);
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url, new()
        {
            ViewportSize = isNarrow ? new() { Width = 390, Height = 844 } : new() { Width = 1360, Height = 960 },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            DeviceScaleFactor = 2,
        });
        for (int i = 0; i < 100; i++) await PassAsync(open, run, 0.4);
        if (name is "alarm" or "narrow" or "narrow-dark" or "over")
        {
            await open.Page.Locator("[data-fault=bearing]").ClickAsync();
            for (int i = 0; i < 8; i++) await PassAsync(open, run, 0.4);
            await Expect(open.Page.Locator("[data-pin=alarm]")).ToContainClassAsync("is-on");
        }
        if (name == "fault")
        {
            await open.Page.Locator("[data-fault=unplug]").ClickAsync();
            for (int i = 0; i < 5; i++) await PassAsync(open, run, 0.4);
        }
        if (name == "cursor") await open.Page.Locator("[data-signal=ay] .u-over").HoverAsync();
        if (name == "help") await open.Page.Keyboard.PressAsync("?");
        if (name == "over")
        {
            Verdict missed = new("channel ay causes alarm", false, "ax had 85 %");
            run.Ending = [new("no alarm before t=45", true, ""), new("alarm within 10 s of t=45", true, "at 47.7 s"), missed];
            run.Advance(0.1);
            await Expect(open.Page.Locator("#notice")).ToBeVisibleAsync();
        }
        await open.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await open.Page.ScreenshotAsync(new() { Path = path, FullPage = isNarrow });
    }

    // A frame at a time: each brings the hidden state there is.
    private static async Task PassAsync(OpenPage open, SyntheticRun run, double seconds)
    {
        run.Advance(seconds);
        await open.UntilAsync($"edgernn.view.to > {(run.Now - 0.02).ToString(CultureInfo.InvariantCulture)}");
    }
}
