using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>Reads server-sent events from a service.</summary>
internal sealed class StreamClient : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _client = new() { Timeout = _patience };
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private HttpResponseMessage? _answer;
    private StreamReader? _lines;

    public int Status => (int)_answer!.StatusCode;

    public string MediaType => _answer!.Content.Headers.ContentType!.MediaType!;

    public static async Task<StreamClient> Open(Uri service)
    {
        StreamClient client = new();
        client._end.CancelAfter(_patience);
        client._answer = await client._client.GetAsync(new Uri(service, "stream"), HttpCompletionOption.ResponseHeadersRead, client._end.Token);
        client._lines = new StreamReader(await client._answer.Content.ReadAsStreamAsync(client._end.Token));
        return client;
    }

    public Task<string> Text() => _lines!.ReadToEndAsync(_end.Token);

    /// <summary>The next event, or null where the stream has ended.</summary>
    public async Task<(string Name, JsonElement Data)?> Next()
    {
        string name = "";
        try
        {
            while (await _lines!.ReadLineAsync(_end.Token) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line["event: ".Length..];
                if (line.StartsWith("data: ", StringComparison.Ordinal)) return (name, JsonDocument.Parse(line["data: ".Length..]).RootElement);
            }
        }
        catch (IOException)
        {
            // The service has ended in the middle of it.
        }
        return null;
    }

    /// <summary>Events until one that is wanted, that one included.</summary>
    public async Task<List<(string Name, JsonElement Data)>> Until(Func<string, JsonElement, bool> isWanted)
    {
        List<(string Name, JsonElement Data)> events = [];
        while (await Next() is { } next)
        {
            events.Add(next);
            if (isWanted(next.Name, next.Data)) return events;
        }
        throw new EndOfStreamException($"the stream ended after {events.Count} events without the one that was awaited");
    }

    public void Dispose()
    {
        _end.Cancel();
        _lines?.Dispose();
        _answer?.Dispose();
        _client.Dispose();
        _end.Dispose();
    }
}
