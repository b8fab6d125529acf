using System;
using System.Threading;
using EdgeRnn.Hardware;
using nanoFramework.Runtime.Native;

namespace EdgeRnn.Firmware.Nano;

/// <summary>
/// Restarts the device where it was not fed for one to two periods. The library offers programs no watchdog of the chip; the firmware
/// itself keeps one for the interpreter where the chip has it. This one catches a program that waits for ever while the interpreter goes
/// on.
/// </summary>
public sealed class NanoWatchdog : IWatchdog, IDisposable
{
    private readonly Timer _timer;
    private bool _isFed = true;

    /// <summary>A watchdog that runs from now on.</summary>
    /// <param name="periodMs">How often it looks; longer than the longest time between two samples.</param>
    public NanoWatchdog(int periodMs)
    {
        _timer = new Timer(Look, null, periodMs, periodMs);
    }

    /// <inheritdoc/>
    public void Feed() => _isFed = true;

    /// <summary>Ends the watch.</summary>
    public void Dispose() => _timer.Dispose();

    private void Look(object? state)
    {
        if (!_isFed) Power.RebootDevice();
        _isFed = false;
    }
}
