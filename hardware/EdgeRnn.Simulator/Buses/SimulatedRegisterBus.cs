using System;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>A computed device on a computed I2C bus that can go wrong.</summary>
public sealed class SimulatedRegisterBus : IRegisterBus
{
    private readonly RegisterDevice _device;
    private readonly byte[] _bytes = new byte[1024];

    /// <summary>A bus with one device.</summary>
    /// <param name="device">Answers; on this bus alone.</param>
    public SimulatedRegisterBus(RegisterDevice device)
    {
        _device = device;
        device.Faults = Faults;
    }

    /// <summary>What goes wrong.</summary>
    public BusFaults Faults { get; } = new();

    /// <inheritdoc/>
    public int Read(int register, byte[] buffer, int offset, int count)
    {
        int status = Faults.Next(true);
        if (status == BusStatus.NoAnswer) return status;
        _bytes[0] = (byte)register;
        _device.Write(_bytes.AsSpan(0, 1));
        _device.Read(buffer.AsSpan(offset, Faults.Arriving(status, count)));
        return status;
    }

    /// <inheritdoc/>
    public int Write(int register, byte[] buffer, int offset, int count)
    {
        int status = Faults.Next(false);
        if (status != BusStatus.Ok) return status;
        _bytes[0] = (byte)register;
        buffer.AsSpan(offset, count).CopyTo(_bytes.AsSpan(1));
        _device.Write(_bytes.AsSpan(0, 1 + count));
        return status;
    }
}
