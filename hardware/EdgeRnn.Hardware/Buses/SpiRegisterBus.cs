using System;

namespace EdgeRnn.Hardware;

/// <summary>
/// Registers over SPI, as most sensors have them: the first byte holds the register's number and flags for reading and for more than
/// one byte.
/// </summary>
public sealed class SpiRegisterBus : IRegisterBus
{
    private readonly ISpiBus _bus;
    private readonly int _readFlag;
    private readonly int _writeMask;
    private readonly int _severalFlag;
    private readonly byte[] _out;
    private readonly byte[] _in;

    /// <summary>Registers over a bus.</summary>
    /// <param name="bus">The device; not owned.</param>
    /// <param name="readFlag">Set in the first byte of a read, as 0x80.</param>
    /// <param name="writeMask">The bits of a register's number that the first byte of a write keeps: 0x7F where bit 7 means reading and
    /// registers are numbered with it set, as in a BME280.</param>
    /// <param name="severalFlag">Set in the first byte where more than one byte follows, as 0x40 in ADXL345 and LIS3DH; 0 where
    /// the device counts up by itself.</param>
    /// <param name="longestTransfer">Most bytes of a read or write besides the first.</param>
    public SpiRegisterBus(ISpiBus bus, int readFlag, int writeMask, int severalFlag, int longestTransfer)
    {
        _bus = bus;
        _readFlag = readFlag;
        _writeMask = writeMask;
        _severalFlag = severalFlag;
        _out = new byte[1 + longestTransfer];
        _in = new byte[1 + longestTransfer];
    }

    /// <inheritdoc/>
    public int Read(int register, byte[] buffer, int offset, int count)
    {
        if (count >= _out.Length) return BusStatus.ShortTransfer;
        _out[0] = (byte)(register | _readFlag | (count > 1 ? _severalFlag : 0));
        for (int i = 1; i <= count; i++) _out[i] = 0;
        int status = _bus.Transfer(_out, _in, 1 + count);
        if (status == BusStatus.Ok) Array.Copy(_in, 1, buffer, offset, count);
        return status;
    }

    /// <inheritdoc/>
    public int Write(int register, byte[] buffer, int offset, int count)
    {
        if (count >= _out.Length) return BusStatus.ShortTransfer;
        _out[0] = (byte)((register & _writeMask) | (count > 1 ? _severalFlag : 0));
        Array.Copy(buffer, offset, _out, 1, count);
        return _bus.Transfer(_out, _in, 1 + count);
    }
}
