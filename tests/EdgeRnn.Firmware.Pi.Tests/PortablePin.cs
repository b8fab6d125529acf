extern alias portable;

using EdgeRnn.Hardware;
using P = portable::EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>A pin of the simulator, as the shared source compiled alone wants it.</summary>
internal sealed class PortablePin(IDigitalOutput pin) : P.IDigitalOutput
{
    public int Write(bool isHigh) => pin.Write(isHigh);
}
