extern alias portable;

using EdgeRnn.Hardware;
using P = portable::EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>Storage of the simulator, as the shared source compiled alone wants it.</summary>
internal sealed class PortableStorage(IStorage storage) : P.IStorage
{
    public int Read(int slot, byte[] buffer, int offset, int capacity) => storage.Read(slot, buffer, offset, capacity);

    public int Write(int slot, byte[] buffer, int offset, int count) => storage.Write(slot, buffer, offset, count);
}
