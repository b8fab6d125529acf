extern alias portable;

using EdgeRnn.Hardware;
using P = portable::EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>A bus of the simulator, as the shared source compiled alone wants it.</summary>
internal sealed class PortableBus(IRegisterBus bus) : P.IRegisterBus
{
    public int Read(int register, byte[] buffer, int offset, int count) => bus.Read(register, buffer, offset, count);

    public int Write(int register, byte[] buffer, int offset, int count) => bus.Write(register, buffer, offset, count);
}
