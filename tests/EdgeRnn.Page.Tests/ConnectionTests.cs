using System;
using System.Threading.Tasks;
using static Microsoft.Playwright.Assertions;

namespace EdgeRnn.Page.Tests;

/// <summary>What becomes of the page when it is loaded again, or its server goes.</summary>
public sealed class ConnectionTests(Chromium chromium)
{
    [Fact]
    public async Task A_reload_keeps_what_went_before()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        await open.Page.Locator("[data-fault=bearing]").ClickAsync();
        await Expect(open.Page.Locator("#log li[data-kind=alarm-began]")).ToBeVisibleAsync();
        await open.Page.ReloadAsync();
        await open.UntilAsync("edgernn.strips !== null && !edgernn.view.isEmpty");
        await Expect(open.Page.Locator("#log li[data-kind=alarm-began]")).ToBeVisibleAsync();
        await open.UntilAsync("edgernn.view.recent.t[0] < 1 && edgernn.view.recent.length > 1000 && edgernn.bands.countOf(1) === 1");
        // What came before the page was opened is not announced as if it happened now.
        await Expect(open.Page.Locator("#announcer")).ToHaveTextAsync("");
    }

    [Fact]
    public async Task A_lost_connection_is_said_and_found_again()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        Func<Task> startAgain = await run.StopServerAsync();
        await Expect(open.Page.Locator("#notice")).ToContainTextAsync("Connection lost");
        await open.Page.Locator("#pause").ClickAsync();
        await Expect(open.Page.Locator("#refusal")).ToContainTextAsync("no answer");
        await startAgain();
        await Expect(open.Page.Locator("#notice")).ToBeHiddenAsync();
        await open.PassAsync(0.3);
        Assert.Equal(5, await open.Page.Locator(".strip").CountAsync());
    }

    [Fact]
    public async Task A_run_without_a_sample_says_that_it_waits()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync(past: 0, runs: false);
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url, awaitsSamples: false);
        await Expect(open.Page.Locator("#notice")).ToContainTextAsync("Waiting for the first sample");
        run.Advance(0.5);
        await Expect(open.Page.Locator("#notice")).ToBeHiddenAsync();
    }
}
