using System.Device.Gpio;
using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using EdgeRnn.Tests.Fakes;

namespace EdgeRnn.Tests;

/// <summary>Linux boards whose buses and pins are computed.</summary>
internal static class Boards
{
    public static LinuxBoard With(IClock clock, GpioDriver pins) =>
        new(clock, _ => new FakeI2cBus(), settings => new FakeSpiDevice(new PlainDevice(), settings), () => pins);
}
