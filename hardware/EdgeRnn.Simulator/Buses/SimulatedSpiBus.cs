using System;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>A computed device on a computed SPI bus that can go wrong: without a device, zeros come.</summary>
public sealed class SimulatedSpiBus : ISpiBus
{
    private readonly ISpiDevice _device;

    /// <summary>A bus with one device.</summary>
    /// <param name="device">Answers; on this bus alone.</param>
    public SimulatedSpiBus(ISpiDevice device)
    {
        _device = device;
        if (device is RegisterDevice registers) registers.Faults = Faults;
    }

    /// <summary>What goes wrong.</summary>
    public BusFaults Faults { get; } = new();

    /// <inheritdoc/>
    public int Transfer(byte[] write, byte[] read, int count)
    {
        int status = Faults.Next(true);
        // Nothing acknowledges on SPI: a device that is gone leaves the line low, and only a driver's own look at it can tell.
        if (status == BusStatus.NoAnswer) Array.Clear(read, 0, count);
        else if (status == BusStatus.Ok) _device.Transfer(write.AsSpan(0, count), read.AsSpan(0, count));
        else if (Faults.ShortReadBytes > 0)
        {
            int arriving = 1 + Faults.Arriving(status, count - 1);
            _device.Transfer(write.AsSpan(0, arriving), read.AsSpan(0, arriving));
        }
        return status == BusStatus.NoAnswer ? BusStatus.Ok : status;
    }
}
