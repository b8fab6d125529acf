using System;
using System.Device.Spi;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests.Fakes;

/// <summary>A device of System.Device.Gpio whose registers are computed.</summary>
internal sealed class FakeSpiDevice(ISpiDevice device, SpiConnectionSettings? settings = null) : SpiDevice
{
    /// <summary>What every transfer throws; null: it succeeds.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What happens with every transfer, as time passing.</summary>
    public Action OnTransfer { get; set; } = () => { };

    public bool IsDisposed { get; private set; }

    public override SpiConnectionSettings ConnectionSettings { get; } = settings ?? new SpiConnectionSettings(0, 0);

    public override void Read(Span<byte> buffer) => TransferFullDuplex(new byte[buffer.Length], buffer);

    public override void Write(ReadOnlySpan<byte> buffer) => TransferFullDuplex(buffer, new byte[buffer.Length]);

    public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        OnTransfer();
        if (Failure != null) throw Failure;
        device.Transfer(writeBuffer, readBuffer);
    }

    protected override void Dispose(bool disposing) => IsDisposed = true;
}
