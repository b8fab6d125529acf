using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;
using Microsoft.Extensions.Logging;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>
/// The real service on a simulated board. Its clock runs as fast as it computes and stands still at the moments a test names, so that
/// nothing depends on how fast this machine is.
/// </summary>
internal sealed class PiRun : IReportSink, ILoggerProvider, IAsyncDisposable
{
    public const string Sensor = """{ "kind": "mpu6050", "range": 4, "rotation": false, "temperature": true, "samplesPerTurn": 5 }""";

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    private readonly Dictionary<double, (TaskCompletionSource Reached, ManualResetEventSlim Go)> _stops = [];
    private readonly StringBuilder _lines = new();
    private HttpClient? _client;

    public PumpBoard Pump { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("edgernn-pi-").FullName;

    public IStorage Storage { get; init; } = new MemoryStorage();

    public byte[] Model { get; init; } = Tests.Pump.Model;

    public ILoopListener? Listener { get; init; }

    public string? NotifySocket { get; init; }

    public long WatchdogMicros { get; init; }

    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);

    public ConcurrentQueue<string> Logs { get; } = [];

    public string Lines => _lines.ToString();

    public PiHost Host { get; private set; } = null!;

    /// <summary>Has the clock stand still at a moment. All stops are named before the start.</summary>
    public void StopAt(double seconds)
    {
        (TaskCompletionSource reached, ManualResetEventSlim go) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new ManualResetEventSlim());
        _stops[seconds] = (reached, go);
        Pump.At(seconds, () =>
        {
            reached.SetResult();
            go.Wait(_patience);
        });
    }

    public async Task Start(string sensor = Sensor, string more = "")
    {
        await Create(sensor, more);
        await Host.StartAsync(TestContext.Current.CancellationToken);
        _client = new HttpClient { BaseAddress = Host.Address };
    }

    /// <summary>Makes the service; nothing runs yet.</summary>
    public async Task Create(string sensor = Sensor, string more = "")
    {
        string model = Path.Combine(Folder, "model.ernn"), config = Path.Combine(Folder, "edgernn.json");
        await File.WriteAllBytesAsync(model, Model, TestContext.Current.CancellationToken);
        string text = $$"""
            { "model": "model.ernn", "sensor": {{sensor}}, "alarm": { "pin": 17 }, "led": { "pin": 27, "activeLow": true },
              "report": { "periodMs": 50 }, "state": { "folder": "state", "saveSeconds": 7 }, "health": { "address": "127.0.0.1:0" } {{more}} }
            """;
        Host = PiHost.Create(SettingsFile.Parse(config, text, null), new HostParts
        {
            Board = Pump.Board,
            Lines = this,
            NotifySocket = NotifySocket,
            WatchdogMicros = WatchdogMicros,
            Listener = Listener,
            Logs = this,
            OpenStorage = _ => Storage,
            StopTimeout = StopTimeout,
        });
    }

    /// <summary>Waits until the clock stands at a moment.</summary>
    public Task Reach(double seconds) => _stops[seconds].Reached.Task.WaitAsync(_patience, TestContext.Current.CancellationToken);

    /// <summary>Lets the clock go on from a moment.</summary>
    public void GoOn(double seconds) => _stops[seconds].Go.Set();

    /// <summary>Ends the service while the clock stands at a moment.</summary>
    public async Task End(double seconds)
    {
        await Reach(seconds);
        Host.Program.Stop();
        GoOn(seconds);
        await Host.StopAsync();
    }

    public async Task<(int Status, string Text)> Get(string path)
    {
        using HttpResponseMessage answer = await _client!.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    void IReportSink.Write(byte[] text, int count) => _lines.Append(Encoding.ASCII.GetString(text, 0, count));

    ILogger ILoggerProvider.CreateLogger(string categoryName) => new ListLogger(Logs);

    public void Dispose()
    {
    }

    public async ValueTask DisposeAsync()
    {
        Host?.Program.Stop();
        foreach ((TaskCompletionSource _, ManualResetEventSlim go) in _stops.Values) go.Set();
        if (Host != null)
        {
            try
            {
                await Host.StopAsync();
            }
            catch (OperationCanceledException)
            {
                // A test gave it less time than it takes; it has ended all the same.
            }
            await Host.DisposeAsync();
        }
        _client?.Dispose();
        Directory.Delete(Folder, true);
    }

    private sealed class ListLogger(ConcurrentQueue<string> logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) logs.Enqueue($"{logLevel}: {formatter(state, exception)}");
        }
    }
}
