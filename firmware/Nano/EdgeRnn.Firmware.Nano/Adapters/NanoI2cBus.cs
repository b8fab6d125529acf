using System;
using System.Device.I2c;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Nano;

/// <summary>
/// A device on an I2C bus, at 400 kHz. Each transfer costs the small objects that System.Device.I2c makes of its spans and its result;
/// nothing else is allocated.
/// </summary>
public sealed class NanoI2cBus : IRegisterBus
{
    private readonly I2cDevice _device;
    private readonly byte[] _register = new byte[1];
    private readonly byte[] _out;

    /// <summary>Opens the device; whether it is there shows at the first transfer.</summary>
    /// <param name="bus">As the firmware numbers it, from 1 on most chips.</param>
    /// <param name="address">7 bits.</param>
    /// <param name="longestTransfer">Most bytes of a write besides the register's number.</param>
    public NanoI2cBus(int bus, int address, int longestTransfer)
    {
        _device = I2cDevice.Create(new I2cConnectionSettings(bus, address, I2cBusSpeed.FastMode));
        _out = new byte[1 + longestTransfer];
    }

    /// <inheritdoc/>
    public int Read(int register, byte[] buffer, int offset, int count)
    {
        _register[0] = (byte)register;
        try
        {
            return StatusOf(_device.WriteRead(new SpanByte(_register), new SpanByte(buffer, offset, count)).Status);
        }
        catch (Exception)
        {
            return BusStatus.Failed;
        }
    }

    /// <inheritdoc/>
    public int Write(int register, byte[] buffer, int offset, int count)
    {
        if (count >= _out.Length) return BusStatus.ShortTransfer;
        _out[0] = (byte)register;
        Array.Copy(buffer, offset, _out, 1, count);
        try
        {
            return StatusOf(_device.Write(new SpanByte(_out, 0, 1 + count)).Status);
        }
        catch (Exception)
        {
            return BusStatus.Failed;
        }
    }

    private static int StatusOf(I2cTransferStatus status)
    {
        switch (status)
        {
            case I2cTransferStatus.FullTransfer: return BusStatus.Ok;
            case I2cTransferStatus.SlaveAddressNotAcknowledged: return BusStatus.NoAnswer;
            case I2cTransferStatus.PartialTransfer: return BusStatus.ShortTransfer;
            case I2cTransferStatus.ClockStretchTimeout: return BusStatus.Timeout;
            default: return BusStatus.Failed;
        }
    }
}
