using EdgeRnn.Hardware;

namespace EdgeRnn.Tests;

/// <summary>A bus of which one transfer fails.</summary>
/// <param name="bus">Does the others.</param>
/// <param name="failing">The number of the one that fails, from 0.</param>
internal sealed class FailingTransfer(IRegisterBus bus, int failing) : IRegisterBus
{
    private int _count;

    public int Read(int register, byte[] buffer, int offset, int count) =>
        _count++ == failing ? BusStatus.NoAnswer : bus.Read(register, buffer, offset, count);

    public int Write(int register, byte[] buffer, int offset, int count) =>
        _count++ == failing ? BusStatus.NoAnswer : bus.Write(register, buffer, offset, count);
}
