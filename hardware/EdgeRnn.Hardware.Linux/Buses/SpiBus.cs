using System;
using System.Device.Spi;

namespace EdgeRnn.Hardware.Linux;

/// <summary>
/// A device on an SPI bus of the system. Nothing is allocated, but by the library for a transfer that failed: its exception becomes
/// the status.
/// </summary>
public sealed class SpiBus : ISpiBus
{
    private readonly SpiDevice _device;

    /// <summary>A device.</summary>
    /// <param name="device">The device; not owned.</param>
    public SpiBus(SpiDevice device) => _device = device;

    /// <inheritdoc/>
    public int Transfer(byte[] write, byte[] read, int count)
    {
        try
        {
            _device.TransferFullDuplex(write.AsSpan(0, count), read.AsSpan(0, count));
            return BusStatus.Ok;
        }
        catch (Exception exception)
        {
            return LinuxErrors.StatusOf(exception, BusStatus.Failed);
        }
    }
}
