using System;
using System.Collections.Generic;
using System.Device.I2c;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Fakes;

/// <summary>A device of System.Device.Gpio whose registers are computed.</summary>
internal sealed class FakeI2cDevice(RegisterDevice device, int address = 0x40) : I2cDevice
{
    /// <summary>What every transfer throws; null: it succeeds.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What each transfer was: w3 for three bytes written, w1r6 for one written and six read.</summary>
    public List<string> Transfers { get; } = [];

    public bool KeepsTransfers { get; set; } = true;

    /// <summary>What happens with every transfer, as time passing.</summary>
    public Action OnTransfer { get; set; } = () => { };

    public bool IsDisposed { get; private set; }

    public override I2cConnectionSettings ConnectionSettings => new(1, address);

    public override byte ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        Read(one);
        return one[0];
    }

    public override void WriteByte(byte value) => Write([value]);

    public override void Read(Span<byte> buffer)
    {
        Note(0, buffer.Length);
        device.Read(buffer);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Note(buffer.Length, 0);
        device.Write(buffer);
    }

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        Note(writeBuffer.Length, readBuffer.Length);
        device.Write(writeBuffer);
        device.Read(readBuffer);
    }

    protected override void Dispose(bool disposing) => IsDisposed = true;

    private void Note(int written, int read)
    {
        OnTransfer();
        if (Failure != null) throw Failure;
        if (KeepsTransfers) Transfers.Add((written > 0 ? $"w{written}" : "") + (read > 0 ? $"r{read}" : ""));
    }
}
