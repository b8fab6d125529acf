using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using EdgeRnn.Tests.Fakes;

namespace EdgeRnn.Tests;

/// <summary>Transfers over the library's SPI devices.</summary>
public sealed class SpiBusTests
{
    private readonly PlainDevice _registers = new();
    private readonly FakeSpiDevice _device;
    private readonly SpiBus _bus;

    public SpiBusTests()
    {
        _device = new FakeSpiDevice(_registers);
        _bus = new SpiBus(_device);
    }

    [Fact]
    public void As_many_bytes_are_exchanged_as_asked_for()
    {
        _registers.Registers[0x10] = 5;
        byte[] read = [1, 1, 1, 1];
        Assert.Equal(BusStatus.Ok, _bus.Transfer([0x90, 0, 0, 0], read, 2));
        Assert.Equal([0, 5, 1, 1], read);
    }

    [Fact]
    public void What_the_library_throws_becomes_a_status()
    {
        _device.Failure = LibraryErrors.Spi;
        Assert.Equal(BusStatus.Failed, _bus.Transfer([0x90, 0], new byte[2], 2));
    }
}
