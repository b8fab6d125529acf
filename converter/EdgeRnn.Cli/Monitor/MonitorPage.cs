using System;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Monitor;

/// <summary>The live page of a monitored device: shows, and takes no command but to record.</summary>
internal sealed class MonitorPage : IDisposable
{
    private readonly LiveServer _server;

    /// <summary>Serves a feed.</summary>
    /// <param name="feed">What is shown.</param>
    /// <param name="port">0: any that is free.</param>
    /// <exception cref="CommandException">The port cannot be used.</exception>
    public MonitorPage(LiveFeed feed, int port)
    {
        _server = new LiveServer(feed, null, port);
        try
        {
            _server.StartAsync().GetAwaiter().GetResult();
        }
        catch (LiveServerException refused)
        {
            throw new CommandException(refused.Message.Replace("--port", "--web-port", StringComparison.Ordinal), refused);
        }
    }

    /// <summary>The page's address.</summary>
    public Uri Url => _server.Url;

    /// <inheritdoc/>
    public void Dispose()
    {
        _server.StopAsync().GetAwaiter().GetResult();
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
