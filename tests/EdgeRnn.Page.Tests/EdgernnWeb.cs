using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace EdgeRnn.Page.Tests;

/// <summary>`edgernn VERB ... --web --port 0` as a process of its own, with the address it tells.</summary>
internal sealed class EdgernnWeb : IAsyncDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private EdgernnWeb(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    public static async Task<EdgernnWeb> StartAsync(params string[] args)
    {
        string host = Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet";
        ProcessStartInfo start = new(host)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all = ["exec", Path.Combine(AppContext.BaseDirectory, "edgernn.dll"), .. args, "--web", "--port", "0"];
        foreach (string part in all) start.ArgumentList.Add(part);
        Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string? line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(_limit);
        if (Uri.TryCreate(line, UriKind.Absolute, out Uri? url)) return new EdgernnWeb(process, url);
        process.Kill(entireProcessTree: true);
        throw new InvalidOperationException($"edgernn {string.Join(' ', args)}: expected the page's address, found {line ?? await error}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
