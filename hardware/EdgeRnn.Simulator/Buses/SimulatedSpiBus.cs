using System;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>A computed device on a computed SPI bus that can go wrong: without a device, zeros come.</summary>
/// <param name="device">Answers.</param>
public sealed class SimulatedSpiBus(ISpiDevice device) : ISpiBus
{
    /// <summary>What goes wrong.</summary>
    public BusFaults Faults { get; } = new();

    /// <inheritdoc/>
    public int Transfer(byte[] write, byte[] read, int count)
    {
        int status = Faults.Next(true);
        // Nothing acknowledges on SPI: a device that is gone leaves the line low, and only a driver's own look at it can tell.
        if (status == BusStatus.NoAnswer) Array.Clear(read, 0, count);
        else if (status == BusStatus.Ok) device.Transfer(write.AsSpan(0, count), read.AsSpan(0, count));
        return status == BusStatus.NoAnswer ? BusStatus.Ok : status;
    }
}
