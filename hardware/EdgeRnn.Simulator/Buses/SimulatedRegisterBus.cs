using System;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>A computed device on a computed I2C bus that can go wrong.</summary>
/// <param name="device">Answers.</param>
public sealed class SimulatedRegisterBus(RegisterDevice device) : IRegisterBus
{
    private readonly byte[] _bytes = new byte[1024];

    /// <summary>What goes wrong.</summary>
    public BusFaults Faults { get; } = new();

    /// <inheritdoc/>
    public int Read(int register, byte[] buffer, int offset, int count)
    {
        int status = Faults.Next(true);
        if (status != BusStatus.Ok) return status;
        _bytes[0] = (byte)register;
        device.Write(_bytes.AsSpan(0, 1));
        device.Read(buffer.AsSpan(offset, count));
        for (int i = 0; i < count; i++) buffer[offset + i] = Faults.Seen(register + i, buffer[offset + i]);
        return status;
    }

    /// <inheritdoc/>
    public int Write(int register, byte[] buffer, int offset, int count)
    {
        int status = Faults.Next(false);
        if (status != BusStatus.Ok) return status;
        _bytes[0] = (byte)register;
        buffer.AsSpan(offset, count).CopyTo(_bytes.AsSpan(1));
        device.Write(_bytes.AsSpan(0, 1 + count));
        return status;
    }
}
