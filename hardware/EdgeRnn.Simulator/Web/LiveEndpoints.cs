using System;
using System.IO;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace EdgeRnn.Simulator;

/// <summary>What the live page's server answers.</summary>
/// <param name="feed">What is shown.</param>
/// <param name="control">Does what a person asks for; null: the page only shows.</param>
/// <param name="stopping">Ends streams.</param>
internal sealed class LiveEndpoints(LiveFeed feed, ILiveControl? control, CancellationToken stopping)
{
    /// <summary>The longest body of a request.</summary>
    public const int MostBodyBytes = 4096;

    /// <summary>Streams at a time.</summary>
    public const int MostStreams = 8;

    private const int FramesPerSecond = 20;
    private const int MostSilentFrames = 5 * FramesPerSecond;

    private static readonly byte[] Heartbeat = ": still here\n\n"u8.ToArray();

    private int _streams;

    /// <summary>Streams that are open.</summary>
    public int Streams => Volatile.Read(ref _streams);

    /// <summary>Answers a request.</summary>
    public Task Answer(HttpContext context)
    {
        LocalGuard.Protect(context.Response.Headers);
        string? refusal = LocalGuard.Refusal(context.Request.Headers, context.Connection.LocalPort);
        if (refusal != null) return Say(context, StatusCodes.Status403Forbidden, refusal);
        string path = context.Request.Path.Value ?? "";
        bool isControl = path == "/api/control";
        PageFiles.PageFile? file = PageFiles.Find(path);
        if (file == null && !isControl && path is not ("/api/stream" or "/api/export.csv"))
            return Say(context, StatusCodes.Status404NotFound, "there is nothing here; the page is at /");
        string method = isControl ? HttpMethods.Post : HttpMethods.Get;
        if (context.Request.Method != method)
        {
            context.Response.Headers.Allow = method;
            return Say(context, StatusCodes.Status405MethodNotAllowed, "expected " + method);
        }
        return file != null ? PageFiles.Write(context, file)
            : isControl ? Control(context)
            : path == "/api/stream" ? Stream(context)
            : Export(context);
    }

    private async Task Stream(HttpContext context)
    {
        if (Interlocked.Increment(ref _streams) > MostStreams)
        {
            Interlocked.Decrement(ref _streams);
            await Say(context, StatusCodes.Status503ServiceUnavailable, "too many pages are open; close one").ConfigureAwait(false);
            return;
        }
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
        try
        {
            using LiveReader reader = new(feed);
            using PeriodicTimer timer = new(TimeSpan.FromSeconds(1.0 / FramesPerSecond));
            context.Response.ContentType = "text/event-stream";
            int silentFrames = 0;
            do
            {
                ReadOnlyMemory<byte> text = reader.Next();
                if (text.IsEmpty && ++silentFrames < MostSilentFrames) continue;
                silentFrames = 0;
                await context.Response.BodyWriter.WriteAsync(text.IsEmpty ? Heartbeat : text, end.Token).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(end.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The page has gone, or the server ends.
        }
        finally
        {
            Interlocked.Decrement(ref _streams);
        }
    }

    private async Task Control(HttpContext context)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out MediaTypeHeaderValue? type) ||
            !"application/json".Equals(type.MediaType, StringComparison.OrdinalIgnoreCase))
        {
            await Fail(context, StatusCodes.Status415UnsupportedMediaType, "Content-Type: expected application/json").ConfigureAwait(false);
            return;
        }
        byte[] body;
        try
        {
            using MemoryStream copy = new();
            await context.Request.Body.CopyToAsync(copy, context.RequestAborted).ConfigureAwait(false);
            body = copy.ToArray();
        }
        catch (BadHttpRequestException wrong)
        {
            await Fail(context, wrong.StatusCode, $"body: expected at most {MostBodyBytes} bytes of JSON").ConfigureAwait(false);
            return;
        }
        string? failure = ControlRequest.Read(body, out LiveCommand command) ?? Do(command);
        if (failure != null)
        {
            await Fail(context, StatusCodes.Status400BadRequest, failure).ConfigureAwait(false);
            return;
        }
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{}", context.RequestAborted).ConfigureAwait(false);
    }

    private string? Do(LiveCommand command) => command.Name switch
    {
        LiveCommand.RecordStart => feed.StartRecording(),
        LiveCommand.RecordStop => feed.StopRecording(),
        _ => control == null ? "this page only shows: nothing here takes commands" : control.Do(command),
    };

    private Task Export(HttpContext context)
    {
        LiveFeed.Recording? recording = feed.LastRecording;
        FeedRun run = recording?.Run ?? feed.Run;
        long from = recording?.From ?? run.FirstRow, end = recording?.End ?? run.Rows.End;
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"edgernn.csv\"";
        return RowsText.Write(run, from, end, context.Response.BodyWriter, context.RequestAborted);
    }

    private static Task Say(HttpContext context, int status, string line)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(line + "\n", context.RequestAborted);
    }

    private static Task Fail(HttpContext context, int status, string line)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($"{{\"error\":\"{JsonEncodedText.Encode(line)}\"}}", context.RequestAborted);
    }
}
