using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace EdgeRnn.Cli;

/// <summary>Ctrl-C and SIGTERM, for a verb that ends cleanly on them.</summary>
internal sealed class InterruptSignal : IDisposable
{
    private readonly CancellationTokenSource _interrupt = new();
    private readonly PosixSignalRegistration _onInterrupt;
    private readonly PosixSignalRegistration _onTerminate;

    /// <summary>Listens from now on.</summary>
    public InterruptSignal()
    {
        _onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    /// <summary>Set by the signal.</summary>
    public CancellationToken Token => _interrupt.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _onInterrupt.Dispose();
        _onTerminate.Dispose();
        _interrupt.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _interrupt.Cancel();
    }
}
