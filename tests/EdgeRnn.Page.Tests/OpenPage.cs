using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Tasks;
using Microsoft.Playwright;

namespace EdgeRnn.Page.Tests;

/// <summary>The live page in a browser of its own, with all it complained about and every foreign address it asked for.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    /// <summary>How long anything awaited may take. What is awaited usually comes within a tenth of a second.</summary>
    public const float LimitMillis = 15_000;

    private readonly IBrowserContext _context;

    private OpenPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the browser's console, and exceptions.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>Requests to anything but the server.</summary>
    public ConcurrentQueue<string> ForeignRequests { get; } = new();

    /// <summary>Opens a page, and waits until the run is drawn.</summary>
    public static async Task<OpenPage> OnAsync(
        Chromium chromium, Uri url, BrowserNewContextOptions? options = null, bool awaitsSamples = true)
    {
        options ??= new() { ViewportSize = new() { Width = 1280, Height = 900 } };
        IBrowserContext context = await chromium.Browser.NewContextAsync(options);
        context.SetDefaultTimeout(LimitMillis);
        Assertions.SetDefaultExpectTimeout(LimitMillis);
        OpenPage open = new(context, await context.NewPageAsync());
        open.Page.Console += (_, message) => { if (message.Type is "error" or "warning") open.Complaints.Enqueue(message.Text); };
        open.Page.PageError += (_, error) => open.Complaints.Enqueue(error);
        open.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(url.ToString(), StringComparison.Ordinal)) open.ForeignRequests.Enqueue(request.Url);
        };
        await open.Page.GotoAsync(url.ToString());
        await open.UntilAsync("window.edgernn?.strips != null");
        if (awaitsSamples) await open.UntilAsync("edgernn.strips.score.trace.count > 0");
        return open;
    }

    /// <summary>Waits until a condition in the page's own words holds.</summary>
    public async Task UntilAsync(string condition)
    {
        try
        {
            await Page.WaitForFunctionAsync($"() => {condition}", null, new() { Timeout = LimitMillis });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"within {LimitMillis / 1000} s it did not become true that {condition}; " +
                $"the page says: {string.Join("; ", Complaints)}");
        }
    }

    /// <summary>A number the page computes.</summary>
    public async Task<double> NumberAsync(string expression) =>
        double.Parse(await Page.EvaluateAsync<string>($"() => String({expression})"), CultureInfo.InvariantCulture);

    /// <summary>Pixels of a canvas that have a colour of the page, or nearly so where an edge is smooth.</summary>
    public Task<double> PixelsAsync(string canvas, string colour) => NumberAsync(PixelsOf(canvas, colour));

    /// <summary>Waits until a canvas has so many pixels of a colour.</summary>
    public Task UntilPixelsAsync(string canvas, string colour, int least) => UntilAsync($"{PixelsOf(canvas, colour)} >= {least}");

    /// <summary>Waits until a time has passed on the page's axis.</summary>
    public async Task PassAsync(double seconds)
    {
        double from = await NumberAsync("edgernn.view.to");
        await UntilAsync($"edgernn.view.to >= {(from + seconds).ToString(CultureInfo.InvariantCulture)}");
    }

    private static string PixelsOf(string canvas, string colour) => $$"""
        (() => { const canvas = document.querySelector('{{canvas}}');
        const [r, g, b] = edgernn.colours.get('{{colour}}').match(/[\d.]+/g).map(Number);
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height); let found = 0;
        for (let i = 0; i < data.length; i += 4)
          if (data[i + 3] > 150 && Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 36) found++;
        return found; })()
        """;

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
