using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using EdgeRnn.Page.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace EdgeRnn.Page.Tests;

/// <summary>The browser that is installed, started once without a window. Nothing is downloaded: where there is none, tests skip.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why tests skip where it is absent.</summary>
    public const string Absent = "chromium is not on PATH; install it (Debian: apt-get install chromium) to run the tests of the live page";

    /// <summary>Its program; null: there is none.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => _names.Select(name => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>The browser; skips the test where there is none.</summary>
    public IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(_browser == null, Absent);
            return _browser;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Path == null) return;
        _playwright = await Playwright.CreateAsync();
        // As root the browser has no sandbox; it only ever opens pages of this computer.
        string[] options = Environment.IsPrivilegedProcess ? ["--no-sandbox"] : [];
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = options });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser != null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
