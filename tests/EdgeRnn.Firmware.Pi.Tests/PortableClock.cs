extern alias portable;

using EdgeRnn.Hardware;
using P = portable::EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Pi.Tests;

/// <summary>A clock of the simulator, as the shared source compiled alone wants it.</summary>
internal sealed class PortableClock(IClock clock) : P.IClock
{
    public long NowMicros => clock.NowMicros;

    public void SleepUntil(long deadlineMicros) => clock.SleepUntil(deadlineMicros);
}
