using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeRnn.Firmware.Pi;

/// <summary>
/// Serves <c>/stream</c>: what the loop does, at most twenty times a second, to a few clients. Nothing of it runs on the loop's thread, and
/// a client that does not read holds up nobody.
/// </summary>
/// <param name="program">The loop.</param>
/// <param name="health">How it is now.</param>
/// <param name="stopping">Set when the service ends.</param>
internal sealed class StreamEndpoint(DeviceProgram program, Func<HealthReport> health, CancellationToken stopping)
{
    /// <summary>Clients at one time.</summary>
    public const int MostReaders = 4;

    private const int QuietFrames = 100; // 5 s

    private static readonly TimeSpan _framePeriod = TimeSpan.FromMilliseconds(50);
    private int _readers;
    private int _following;

    /// <summary>Clients that have been told what is shown, and now follow.</summary>
    public int Following => Volatile.Read(ref _following);

    /// <summary>Serves a client until it goes or the service ends.</summary>
    public async Task Serve(HttpContext context)
    {
        if (Interlocked.Increment(ref _readers) > MostReaders)
        {
            Interlocked.Decrement(ref _readers);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync($"{MostReaders} clients read the stream already; end one of them\n").ConfigureAwait(false);
            return;
        }
        try
        {
            using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            using StreamFollower follower = new(program, health);
            Interlocked.Increment(ref _following);
            try
            {
                await Send(context, follower, end.Token).ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref _following);
            }
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or the service ends.
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }

    private static async Task Send(HttpContext context, StreamFollower follower, CancellationToken cancellationToken)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        using PeriodicTimer timer = new(_framePeriod);
        await context.Response.Body.WriteAsync(follower.Hello(), cancellationToken).ConfigureAwait(false);
        int quiet = 0;
        while (true)
        {
            await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
            await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlyMemory<byte> frames = follower.Next();
            quiet = frames.IsEmpty ? quiet + 1 : 0;
            if (quiet == QuietFrames)
            {
                frames = follower.Quiet();
                quiet = 0;
            }
            if (!frames.IsEmpty) await context.Response.Body.WriteAsync(frames, cancellationToken).ConfigureAwait(false);
        }
    }
}
