using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>A page's server on a free port of this computer, spoken to in bytes and as a browser does.</summary>
internal sealed class LivePage : IAsyncDisposable
{
    private readonly HttpClient _browser = new();

    private LivePage(LiveFeed feed, ILiveControl? control)
    {
        Feed = feed;
        Server = new LiveServer(feed, control, 0);
    }

    public LiveFeed Feed { get; }

    public LiveServer Server { get; }

    public string Authority => Server.Url.Authority;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<LivePage> Open(ILiveControl? control = null, int channels = 1, int keptRows = 1000)
    {
        LivePage page = new(new LiveFeed(Frames.Described(channels), keptRows), control);
        await page.Server.StartAsync(Cancelled);
        return page;
    }

    /// <summary>Sends these very lines, and reads until the server ends the connection.</summary>
    /// <returns>The answer, as it came.</returns>
    public async Task<string> Send(params string[] lines)
    {
        using TcpClient client = new();
        await client.ConnectAsync(Server.Url.Host, Server.Url.Port, Cancelled);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines)), Cancelled);
        using StreamReader reader = new(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Cancelled);
    }

    /// <summary>A GET with more header lines.</summary>
    /// <returns>The answer's status.</returns>
    public async Task<int> Get(string path, params string[] headers)
    {
        string answer = await Send(["GET " + path + " HTTP/1.1", .. headers, "Connection: close", "", ""]);
        return StatusOf(answer);
    }

    /// <summary>The status of an answer.</summary>
    public static int StatusOf(string answer) => int.Parse(answer.AsSpan("HTTP/1.1 ".Length, 3), null);

    /// <summary>A POST to the control endpoint.</summary>
    public async Task<(int Status, string Body)> Post(string body, string contentType = "application/json")
    {
        using StringContent content = new(body, Encoding.UTF8, contentType);
        using HttpResponseMessage answer = await _browser.PostAsync(new Uri(Server.Url, "api/control"), content, Cancelled);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
    }

    /// <summary>A file's text.</summary>
    public Task<string> Text(string path) => _browser.GetStringAsync(new Uri(Server.Url, path), Cancelled);

    /// <summary>Opens the stream.</summary>
    public async Task<Stream> Stream() => await _browser.GetStreamAsync(new Uri(Server.Url, "api/stream"), Cancelled);

    /// <summary>Reads events of a stream until one satisfies.</summary>
    public static async Task<JsonElement> ReadUntil(StreamReader stream, string name, Predicate<JsonElement> isIt)
    {
        while (true)
        {
            StringBuilder block = new();
            while (await stream.ReadLineAsync(Cancelled) is { Length: > 0 } line) block.Append(line).Append('\n');
            foreach ((string found, JsonElement data) in Frames.Parse(block + "\n"))
            {
                if (found == name && isIt(data)) return data;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>Keeps the commands and answers each with the same line.</summary>
    internal sealed class Commands(string? answer = null) : ILiveControl
    {
        public List<LiveCommand> All { get; } = [];

        public string? Do(LiveCommand command)
        {
            All.Add(command);
            return answer;
        }
    }
}
