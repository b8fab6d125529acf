using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeRnn.Page.Tests;

/// <summary>Narrow screens, light and dark, and whether what is written can be read.</summary>
public sealed class LayoutTests(Chromium chromium)
{
    // Every text with the colour behind it, mixed through everything that is half transparent; WCAG 2.1's ratio. Large text may have 3.
    private const string TooFaint = """
        () => {
          const parse = text => { const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number); return { r, g, b, a }; };
          const mix = (top, below, part) => top[part] * top.a + below[part] * (1 - top.a);
          const over = (top, below) => ({ r: mix(top, below, 'r'), g: mix(top, below, 'g'), b: mix(top, below, 'b'), a: 1 });
          const part = value => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
          const light = c => 0.2126 * part(c.r) + 0.7152 * part(c.g) + 0.0722 * part(c.b);
          const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((m, n) => n - m); return (x + 0.05) / (y + 0.05); };
          const behind = element => { const layers = [];
            for (let e = element; e; e = e.parentElement) layers.push(parse(getComputedStyle(e).backgroundColor));
            return layers.reverse().reduce((below, layer) => over(layer, below), { r: 255, g: 255, b: 255, a: 1 }); };
          const found = []; let seen = 0;
          for (const element of document.querySelectorAll('body *')) {
            if (![...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())) continue;
            if (!element.checkVisibility() || element.closest('.unseen, .skip, option')) continue;
            const style = getComputedStyle(element);
            const ground = element.ownerSVGElement ? parse(getComputedStyle(document.querySelector('.board .chip')).fill) : behind(element);
            const ink = over(parse(element.ownerSVGElement ? style.fill : style.color), ground);
            const size = parseFloat(style.fontSize);
            const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
            seen++;
            if (ratio(ink, ground) < least)
              found.push(`${element.tagName} "${element.textContent.trim().slice(0, 30)}" ${ratio(ink, ground).toFixed(2)}`);
          }
          const ground = parse(getComputedStyle(document.documentElement).backgroundColor);
          const drawn = (name, least) => { const value = ratio(parse(edgernn.colours.get(name)), ground);
            seen++; if (value < least) found.push(`${name} ${value.toFixed(2)}`); };
          drawn('soft', 4.5);
          for (const name of ['trace', 'score', 'threshold', 'alarm', 'fault']) drawn(name, 3);
          if (seen < 60) found.push(`only ${seen} texts were seen`);
          return found;
        }
        """;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Everything_written_can_be_read(ColorScheme scheme, int width)
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url,
            new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        run.Advance(0.1);
        await open.Page.Locator("[data-fault=unplug]").ClickAsync();
        await open.Page.Locator("[data-fault=bearing]").ClickAsync();
        await Expect(open.Page.Locator("[data-pin=alarm]")).ToContainClassAsync("is-on");
        await Expect(open.Page.Locator("#acknowledge")).ToBeVisibleAsync();
        Assert.Empty(await open.Page.EvaluateAsync<string[]>(TooFaint));
    }

    [Fact]
    public async Task A_screen_of_390_pixels_shows_everything_in_one_column()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync(channels: 8);
        BrowserNewContextOptions phone = new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true };
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url, phone);
        Assert.Equal(390, await open.NumberAsync("document.documentElement.scrollWidth"));
        string[] controls = ["#pause", "#speed", "#seed", "#restart", "#record", "#export", "#theme", "#help-open", "[data-fault=bearing]"];
        foreach (string control in controls)
        {
            await open.Page.Locator(control).ScrollIntoViewIfNeededAsync();
            LocatorBoundingBoxResult box = (await open.Page.Locator(control).BoundingBoxAsync())!;
            Assert.True(box.X >= 0 && box.X + box.Width <= 390, $"{control} lies from {box.X} to {box.X + box.Width}");
        }
        double narrowest = await open.NumberAsync("Math.min(...edgernn.strips.all.map(strip => strip.rect.width))");
        Assert.True(narrowest >= 280, $"a strip's plot is {narrowest} pixels wide");
        await open.Page.Locator("[data-fault=bearing]").TapAsync();
        await Expect(open.Page.Locator("[data-pin=alarm]")).ToContainClassAsync("is-on");
        Assert.Equal(390, await open.NumberAsync("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Dark_follows_the_system_and_the_button_is_remembered()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url, new() { ColorScheme = ColorScheme.Dark });
        Assert.True(await GroundAsync(open) < 60);
        string darkTrace = await open.Page.EvaluateAsync<string>("() => edgernn.colours.get('trace')");
        await open.Page.Locator("#theme").ClickAsync();
        await Expect(open.Page.Locator("#theme")).ToHaveTextAsync("Theme: light");
        Assert.True(await GroundAsync(open) > 200);
        Assert.NotEqual(darkTrace, await open.Page.EvaluateAsync<string>("() => edgernn.colours.get('trace')"));
        await open.Page.ReloadAsync();
        await Expect(open.Page.Locator("#theme")).ToHaveTextAsync("Theme: light");
        await open.Page.Keyboard.PressAsync("d");
        await open.Page.Keyboard.PressAsync("d");
        await Expect(open.Page.Locator("#theme")).ToHaveTextAsync("Theme: auto");
        await open.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await open.UntilAsync("getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0] > 200");
    }

    [Fact]
    public async Task Every_control_has_a_name_and_shows_its_focus()
    {
        await using SyntheticRun run = await SyntheticRun.StartAsync();
        await using OpenPage open = await OpenPage.OnAsync(chromium, run.Url);
        const string Nameless = """
            () => [...document.querySelectorAll('button, a, select, input, [role=button], [role=slider], canvas[role=img], [tabindex="0"]')]
              .filter(e => e.checkVisibility() && !(e.getAttribute('aria-label') || e.labels?.length > 0 || e.textContent.trim()))
              .map(e => e.outerHTML.slice(0, 80))
            """;
        Assert.Empty(await open.Page.EvaluateAsync<string[]>(Nameless));
        string[] unseen = [];
        for (int i = 0; i < 16; i++)
        {
            await open.Page.Keyboard.PressAsync("Tab");
            string? plain = await open.Page.EvaluateAsync<string?>("""
                () => { const e = document.activeElement; if (e === document.body) return null;
                  const marks = [e, e.nextElementSibling, e.querySelector?.('.ring')].filter(Boolean).map(mark => [mark, getComputedStyle(mark)]);
                  const isSeen = marks.some(([mark, style]) => style.outlineStyle !== 'none' || (mark.matches('.ring') && style.stroke !== 'none'));
                  return isSeen ? null : e.outerHTML.slice(0, 80); }
                """);
            if (plain != null) unseen = [.. unseen, plain];
        }
        Assert.Empty(unseen.Distinct());
    }

    // The red of the page's ground.
    private static Task<double> GroundAsync(OpenPage open) =>
        open.NumberAsync("getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0]");
}
