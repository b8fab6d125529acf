using System;
using System.IO;
using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using EdgeRnn.Tests.Fakes;

namespace EdgeRnn.Tests;

/// <summary>Registers over the library's I2C devices.</summary>
public sealed class I2cRegisterBusTests
{
    private readonly PlainDevice _registers = new();
    private readonly FakeI2cDevice _device;
    private readonly I2cRegisterBus _bus;

    public I2cRegisterBusTests()
    {
        _device = new FakeI2cDevice(_registers);
        _bus = new I2cRegisterBus(_device, 6);
    }

    public static TheoryData<Exception, int> Failures => new()
    {
        { LibraryErrors.I2cNack, BusStatus.NoAnswer },
        { new IOException("Error 6 (No such device or address) performing I2C data transfer."), BusStatus.NoAnswer },
        { LibraryErrors.I2cTimeout, BusStatus.Timeout },
        { new TimeoutException(), BusStatus.Timeout },
        { new IOException("Error 5 (Input/output error) performing I2C data transfer."), BusStatus.Failed },
        { new IOException("Error 16 performing I2C data transfer."), BusStatus.Failed },
        { new IOException("something else"), BusStatus.Failed },
        { new ObjectDisposedException("bus"), BusStatus.Failed },
    };

    [Fact]
    public void A_read_names_the_register_and_reads_in_one_transfer()
    {
        _registers.Registers[0x3B] = 7;
        _registers.Registers[0x3C] = 8;
        byte[] read = new byte[4];
        Assert.Equal(BusStatus.Ok, _bus.Read(0x3B, read, 1, 2));
        Assert.Equal([0, 7, 8, 0], read);
        Assert.Equal(["w1r2"], _device.Transfers);
    }

    [Fact]
    public void A_write_sends_the_register_and_the_bytes_in_one_transfer()
    {
        Assert.Equal(BusStatus.Ok, _bus.Write(0x6B, [9, 1, 2], 1, 2));
        Assert.Equal([1, 2], _registers.Registers[0x6B..0x6D]);
        Assert.Equal(["w3"], _device.Transfers);
    }

    [Fact]
    public void A_write_of_nothing_sends_the_register_alone()
    {
        Assert.Equal(BusStatus.Ok, _bus.Write(0x6B, [], 0, 0));
        Assert.Equal(["w1"], _device.Transfers);
    }

    [Theory, MemberData(nameof(Failures))]
    public void What_the_library_throws_becomes_a_status(Exception failure, int status)
    {
        _device.Failure = failure;
        Assert.Equal(status, _bus.Read(0, new byte[1], 0, 1));
        Assert.Equal(status, _bus.Write(0, new byte[1], 0, 1));
    }

    [Fact]
    public void After_a_failure_the_next_transfer_is_as_any_other()
    {
        _device.Failure = LibraryErrors.I2cNack;
        Assert.Equal(BusStatus.NoAnswer, _bus.Read(0, new byte[1], 0, 1));
        _device.Failure = null;
        Assert.Equal(BusStatus.Ok, _bus.Read(0, new byte[1], 0, 1));
    }

    [Fact]
    public void A_transfer_longer_than_it_was_made_for_is_refused()
    {
        Assert.Equal(BusStatus.Ok, _bus.Read(0, new byte[7], 0, 6));
        Assert.Equal(BusStatus.ShortTransfer, _bus.Read(0, new byte[7], 0, 7));
        Assert.Equal(BusStatus.ShortTransfer, _bus.Write(0, new byte[7], 0, 7));
        Assert.Single(_device.Transfers);
    }
}
