using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using EdgeRnn.Simulator;
using EdgeRnn.Tests.Fakes;

namespace EdgeRnn.Tests;

/// <summary>
/// What a loop turn does with buses, outputs and the clock allocates nothing here; where the library does, at writes that change a pin,
/// at edges and with libgpiod 2 at reads, the pages name it. Runs alone, so that no other test's collection upsets the counter.
/// </summary>
[Collection(nameof(LinuxAllocationTests)), CollectionDefinition(nameof(LinuxAllocationTests), DisableParallelization = true)]
public sealed class LinuxAllocationTests
{
    [Fact]
    public void Reading_and_writing_registers_allocates_nothing()
    {
        I2cRegisterBus bus = new(new FakeI2cDevice(new PlainDevice()) { KeepsTransfers = false }, 16);
        byte[] bytes = new byte[16];
        Assert.Equal(0, Allocations.Of(() => bus.Read(3, bytes, 0, 14)));
        Assert.Equal(0, Allocations.Of(() => bus.Write(3, bytes, 0, 2)));
    }

    [Fact]
    public void Exchanging_bytes_over_SPI_allocates_nothing()
    {
        SpiBus bus = new(new FakeSpiDevice(new PlainDevice()));
        byte[] write = [0x80, 0, 0], read = new byte[3];
        Assert.Equal(0, Allocations.Of(() => bus.Transfer(write, read, 3)));
    }

    [Fact]
    public void Writing_an_output_what_it_is_already_allocates_nothing()
    {
        using LinuxBoard board = Boards.With(new VirtualClock(), new FakeGpioDriver());
        IDigitalOutput output = board.OpenOutput(17, true);
        Assert.Equal(0, Allocations.Of(() => output.Write(true)));
    }

    [Fact]
    public void Reading_an_input_adds_nothing_to_what_its_driver_allocates()
    {
        using LinuxBoard board = Boards.With(new VirtualClock(), new FakeGpioDriver());
        IDigitalInput input = board.OpenInput(17, PinPull.None);
        Assert.Equal(0, Allocations.Of(() => input.Read()));
    }

    [Fact]
    public void Reading_the_clock_and_waiting_allocates_nothing()
    {
        MonotonicClock clock = new();
        Assert.Equal(0, Allocations.Of(() => clock.SleepUntil(clock.NowMicros + 1)));
    }
}
