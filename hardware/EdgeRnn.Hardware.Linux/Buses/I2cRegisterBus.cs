using System;
using System.Device.I2c;

namespace EdgeRnn.Hardware.Linux;

/// <summary>
/// A device on an I2C bus of the system. A read is one transfer with a repeated start. Nothing is allocated, but by the library for a
/// transfer that failed: its exception becomes the status.
/// </summary>
public sealed class I2cRegisterBus : IRegisterBus
{
    private readonly I2cDevice _device;
    private readonly byte[] _bytes; // the register's number, then what is written: [1 + longestTransfer]

    /// <summary>Registers of a device.</summary>
    /// <param name="device">The device; not owned.</param>
    /// <param name="longestTransfer">Most bytes of a read or write besides the register's number.</param>
    public I2cRegisterBus(I2cDevice device, int longestTransfer)
    {
        _device = device;
        _bytes = new byte[1 + longestTransfer];
    }

    /// <inheritdoc/>
    public int Read(int register, byte[] buffer, int offset, int count)
    {
        if (count >= _bytes.Length) return BusStatus.ShortTransfer;
        _bytes[0] = (byte)register;
        try
        {
            _device.WriteRead(_bytes.AsSpan(0, 1), buffer.AsSpan(offset, count));
            return BusStatus.Ok;
        }
        catch (Exception exception)
        {
            return LinuxErrors.StatusOf(exception, BusStatus.Failed);
        }
    }

    /// <inheritdoc/>
    public int Write(int register, byte[] buffer, int offset, int count)
    {
        if (count >= _bytes.Length) return BusStatus.ShortTransfer;
        _bytes[0] = (byte)register;
        Array.Copy(buffer, offset, _bytes, 1, count);
        try
        {
            _device.Write(_bytes.AsSpan(0, 1 + count));
            return BusStatus.Ok;
        }
        catch (Exception exception)
        {
            return LinuxErrors.StatusOf(exception, BusStatus.Failed);
        }
    }
}
