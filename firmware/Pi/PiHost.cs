using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace EdgeRnn.Firmware.Pi;

/// <summary>
/// The service: the loop on its thread, logs, health and metrics, and systemd told of all of it. Made from settings and parts, so that
/// tests run all of it on a computed board.
/// </summary>
internal sealed partial class PiHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly NotifySocket _socket;
    private readonly PiSettings _settings;
    private readonly HostParts _parts;
    private readonly ILogger _log;
    private readonly StreamEndpoint _stream;

    private PiHost(WebApplication application, NotifySocket socket, DeviceProgram program, PiSettings settings, HostParts parts)
    {
        _application = application;
        _socket = socket;
        Program = program;
        _settings = settings;
        _parts = parts;
        Sampling = application.Services.GetRequiredService<SamplingService>();
        Events = application.Services.GetRequiredService<EventLog>();
        _log = application.Services.GetRequiredService<ILogger<PiHost>>();
        _stream = new StreamEndpoint(program, Health, application.Lifetime.ApplicationStopping);
    }

    /// <summary>The loop and what belongs to it.</summary>
    public DeviceProgram Program { get; }

    /// <summary>The loop's thread.</summary>
    public SamplingService Sampling { get; }

    /// <summary>Writes the loop's events to the log.</summary>
    public EventLog Events { get; }

    /// <summary>Clients that follow the stream.</summary>
    public int StreamReaders => _stream.Following;

    /// <summary>Where health, metrics and the stream are served, once it has started.</summary>
    public Uri Address => new(_application.Urls.Single());

    /// <summary>Makes the service. The model has been checked and the state restored; nothing runs yet.</summary>
    /// <param name="settings">What is wanted.</param>
    /// <param name="parts">What it is made of.</param>
    /// <exception cref="PiException">Something is missing or does not fit; one line.</exception>
    public static PiHost Create(PiSettings settings, HostParts parts)
    {
        NotifySocket socket = new(parts.NotifySocket);
        DeviceProgram program = DeviceProgram.Create(settings, parts, socket);
        WebApplicationOptions options = new() { ContentRootPath = AppContext.BaseDirectory };
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(options);
        AddLogs(builder.Logging, settings, parts);
        builder.Services.AddSingleton(program).AddSingleton(socket).AddSingleton(TimeProvider.System);
        // What starts first ends last: the log hears how the loop ended.
        builder.Services.AddSingleton<EventLog>().AddHostedService(services => services.GetRequiredService<EventLog>());
        builder.Services.AddSingleton<SamplingService>().AddHostedService(services => services.GetRequiredService<SamplingService>());
        builder.Services.Configure<HostOptions>(end => end.ShutdownTimeout = parts.StopTimeout);
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = 0;
            server.Limits.MaxConcurrentConnections = 16;
            server.Listen(settings.HealthAddress);
        });
        PiHost host = new(builder.Build(), socket, program, settings, parts);
        host.MapEndpoints();
        return host;
    }

    /// <summary>Starts everything; then systemd hears that the service is ready, unless it was asked to end meanwhile.</summary>
    /// <exception cref="PiException">The health address cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Started(_log, BuildInfo.Version, BuildInfo.DevicePackages, _parts.Board.Name, _settings.ModelPath,
            Program.Model.HasSelfTest ? "self-test passed" : "WITHOUT a self-test: the file has no golden steps", Program.StateText);
        if (_socket.Failure != null) Unreachable(_log, _socket.Failure);
        if (!IPAddress.IsLoopback(_settings.HealthAddress.Address)) Visible(_log, _settings.HealthAddress.ToString());
        try
        {
            await _application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_application.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return; // asked to end before it had started: WaitAsync ends what has
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw new PiException($"{_settings.File}: health.address: expected an address of this system that is free, " +
                $"found {_settings.HealthAddress}: {error.Message.TrimEnd('.')}; choose another");
        }
        _socket.Send("READY=1\nSTATUS=started");
    }

    /// <summary>Waits until a signal or a failure ends the service, then until all of it has ended.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitAsync()
    {
        try
        {
            await _application.WaitForShutdownAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Hangs(_log, Program.Loop.Sensor.Name, _parts.StopTimeout.TotalSeconds);
            return PiException.BadInput;
        }
        return Sampling.HasFailed ? PiException.BadInput : 0;
    }

    /// <summary>Asks the service to end, as a signal does. May be called on any thread.</summary>
    public void RequestStop() => _application.Lifetime.StopApplication();

    /// <summary>Ends the service: the loop after its turn, the state saved, the last events logged.</summary>
    public Task StopAsync() => _application.StopAsync(CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync().ConfigureAwait(false);
        _socket.Dispose();
    }

    private void MapEndpoints()
    {
        _application.Lifetime.ApplicationStopping.Register(() => _socket.Send("STOPPING=1\nSTATUS=stopping"));
        _application.UseRouting();
        _application.MapGet("/healthz", (HttpContext context) => WriteHealth(context));
        _application.MapGet("/metrics", (HttpContext context) => WriteMetrics(context));
        _application.MapGet("/stream", (HttpContext context) => _stream.Serve(context));
    }

    private Task WriteHealth(HttpContext context)
    {
        HealthReport report = Health();
        context.Response.StatusCode = report.IsHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(report.Text + "\n");
    }

    private Task WriteMetrics(HttpContext context)
    {
        context.Response.ContentType = MetricsText.ContentType;
        return context.Response.WriteAsync(MetricsText.Of(Program, Health(), (_parts.Lines as LineQueue)?.Dropped ?? 0));
    }

    private HealthReport Health() => HealthReport.Of(Program, Sampling.IsRunning, (long)(_settings.SilenceSeconds * 1e6));

    private static void AddLogs(ILoggingBuilder logging, PiSettings settings, HostParts parts)
    {
        logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
        if (parts.Logs != null)
        {
            logging.AddProvider(parts.Logs);
            return;
        }
        // Standard output is for report lines.
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        if (settings.LogsJson) logging.AddJsonConsole();
        else logging.AddSystemdConsole();
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "edgernn-pi {Version} with {DevicePackages} on {Board}: {Model}, {SelfTest}; state: {State}")]
    private static partial void Started(ILogger log, string version, string devicePackages, string board, string model, string selfTest,
        string state);

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "the loop did not end within {Seconds} s, as where the bus of the {Sensor} hangs; its state was not saved")]
    private static partial void Hangs(ILogger log, string sensor, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Failure}")]
    private static partial void Unreachable(ILogger log, string failure);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "health, metrics and stream at {Address} can be read by everyone who reaches this address")]
    private static partial void Visible(ILogger log, string address);
}
