using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeRnn.Page.Tests;

/// <summary>The page over the firmware's own loop, as `edgernn simulate SCENARIO --web` shows it.</summary>
public sealed class SimulationPageTests(Chromium chromium)
{
    // The shipped example without its events: whatever happens is the button's doing, however slow this computer is.
    private const string Undisturbed = """
        title: A pump that nothing happens to
        duration: 1 h
        rate: 100
        sensor: { kind: mpu6050, rate: 100, range: 4, rotation: false, temperature: true }
        board: { alarm: 17, led: 27, buzzer: 22, button: 23 }
        sources:
          machine: { kind: rotating-machine, speedRpm: 1475, load: 0.7 }
        """;

    [Fact]
    public async Task A_bearing_broken_by_a_button_ends_in_a_lit_alarm_and_the_log_says_why()
    {
        string folder = Directory.CreateTempSubdirectory("edgernn-page").FullName;
        string scenario = Path.Combine(folder, "pump.yaml");
        await File.WriteAllTextAsync(scenario, Undisturbed, TestContext.Current.CancellationToken);
        string model = Path.Combine(AppContext.BaseDirectory, "models", "vibration-mpu6050.ernn");
        await using EdgernnWeb edgernn = await EdgernnWeb.StartAsync("simulate", scenario, "--model", model, "--seed", "3", "--speed", "10");
        Directory.Delete(folder, recursive: true);
        await using OpenPage open = await OpenPage.OnAsync(chromium, edgernn.Url);
        await Expect(open.Page.Locator("#badge")).ToHaveTextAsync("SIMULATED");
        await Expect(open.Page.Locator("#source")).ToHaveTextAsync("pump.yaml, seed 3");
        await Expect(open.Page.Locator("#state")).ToHaveTextAsync("Ready");
        await Expect(open.Page.Locator("[data-pin=alarm]")).Not.ToContainClassAsync("is-on");
        double pressed = await open.NumberAsync("edgernn.view.to");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Bearing fault" }).ClickAsync();

        await Expect(open.Page.Locator("[data-pin=alarm]")).ToContainClassAsync("is-on");
        await Expect(open.Page.Locator("[data-pin=led]")).ToContainClassAsync("is-on");
        await open.UntilAsync("edgernn.bands.countOf(1) >= 1");
        await Expect(open.Page.Locator("#log li[data-kind=alarm-began] .shares").First).ToContainTextAsync("%");
        double began = await open.NumberAsync("edgernn.log.alarms.at(-1).t");
        Assert.True(began > pressed, string.Create(CultureInfo.InvariantCulture, $"the alarm came at {began:F1} s, the button at {pressed:F1} s"));
        Assert.Equal(0, await open.NumberAsync("Number(document.querySelector('[data-figure=bytesPerStep] dd span').textContent)"));
        Assert.Empty(open.Complaints);
        Assert.Empty(open.ForeignRequests);
    }

    [Fact]
    public async Task A_run_at_full_speed_ends_with_all_expectations_met_and_starts_anew()
    {
        await using EdgernnWeb edgernn = await EdgernnWeb.StartAsync("simulate", "bearing", "--seed", "5", "--speed", "60");
        await using OpenPage open = await OpenPage.OnAsync(chromium, edgernn.Url);
        await open.Page.Locator("#speed").SelectOptionAsync("0");
        await Expect(open.Page.Locator("#notice")).ToContainTextAsync("expectations are met");
        await Expect(open.Page.Locator("#notice")).ToHaveAttributeAsync("data-kind", "over");
        await Expect(open.Page.Locator("#verdict-list li[data-met=false]")).ToHaveCountAsync(0);
        await Expect(open.Page.Locator("#pause")).ToBeHiddenAsync();
        // At full speed it would be over again before one can look.
        await open.Page.Locator("#speed").SelectOptionAsync("1");
        await open.Page.Locator("#seed").FillAsync("6");
        await open.Page.Locator("#restart").ClickAsync();
        await Expect(open.Page.Locator("#source")).ToHaveTextAsync("bearing.yaml, seed 6");
        await Expect(open.Page.Locator("#pause")).ToBeVisibleAsync();
    }
}
