using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EdgeRnn.Simulator;

/// <summary>Serves the live page to browsers on this computer, and to nobody else: bound to 127.0.0.1, other origins refused.</summary>
public sealed class LiveServer : IAsyncDisposable
{
    private const int MostConnections = 64;
    private const int MostHeaderBytes = 16 << 10;
    private static readonly TimeSpan StopTime = TimeSpan.FromMilliseconds(500);

    private readonly WebApplication _application;
    private readonly int _port;

    /// <summary>A server; it listens after <see cref="StartAsync"/>.</summary>
    /// <param name="feed">What is shown.</param>
    /// <param name="control">Does what a person asks for; null: the page only shows.</param>
    /// <param name="port">0: any that is free; at most 65535.</param>
    public LiveServer(LiveFeed feed, ILiveControl? control, int port)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        _port = port;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.Configure<HostOptions>(end => end.ShutdownTimeout = StopTime);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = LiveEndpoints.MostBodyBytes;
            server.Limits.MaxConcurrentConnections = MostConnections;
            server.Limits.MaxRequestHeadersTotalSize = MostHeaderBytes;
            server.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        _application = builder.Build();
        Endpoints = new LiveEndpoints(feed, control, _application.Lifetime.ApplicationStopping);
        _application.Run(Endpoints.Answer);
    }

    /// <summary>The page's address, once it has started: "http://127.0.0.1:41234/".</summary>
    public Uri Url => new(_application.Urls.Single());

    internal LiveEndpoints Endpoints { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="LiveServerException">The port cannot be used; one line.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new LiveServerException($"port {_port}: expected one that is free, found one that cannot be used " +
                $"({(error.InnerException ?? error).Message.TrimEnd('.')}); choose another with --port, or leave it out for any", error);
        }
    }

    /// <summary>Ends, open streams included, within a second.</summary>
    public Task StopAsync() => _application.StopAsync(CancellationToken.None);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    // Signals are the caller's affair.
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
