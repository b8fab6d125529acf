using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeRnn.Firmware.Pi;

/// <summary>
/// Runs the loop on a thread of its own, so that no other work delays it. The priority is a wish that Linux heeds only under a real-time
/// policy; the unit file shows how to give it one.
/// </summary>
internal sealed partial class SamplingService(DeviceProgram program, IHostApplicationLifetime lifetime, ILogger<SamplingService> log)
    : IHostedService
{
    private Thread? _thread;
    private volatile bool _isRunning;
    private TaskCompletionSource? _ended;

    /// <summary>Whether the thread runs.</summary>
    public bool IsRunning => _isRunning;

    /// <summary>Whether it ended by an exception, which must not happen.</summary>
    public bool HasFailed { get; private set; }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _thread = new Thread(Run) { Name = "edgernn sampling", IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _isRunning = true;
        _thread.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        program.Stop();
        return _ended?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
    }

    private void Run()
    {
        try
        {
            program.Loop.Start();
            program.Loop.Run();
        }
#pragma warning disable CA1031 // Nothing in the loop throws; if something does after all, the service ends and systemd starts it again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            HasFailed = true;
            Failed(log, error);
            lifetime.StopApplication();
        }
        finally
        {
            _isRunning = false;
            _ended!.TrySetResult();
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "the loop has ended unexpectedly; the service stops")]
    private static partial void Failed(ILogger log, Exception error);
}
