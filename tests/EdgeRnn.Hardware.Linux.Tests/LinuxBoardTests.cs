using System.Collections.Generic;
using System.Device.Spi;
using System.IO;
using EdgeRnn.Hardware;
using EdgeRnn.Hardware.Linux;
using EdgeRnn.Simulator;
using EdgeRnn.Tests.Fakes;

namespace EdgeRnn.Tests;

/// <summary>What a Linux board opens and ends.</summary>
public sealed class LinuxBoardTests
{
    private readonly List<FakeI2cBus> _buses = [];
    private readonly List<FakeSpiDevice> _spiDevices = [];
    private readonly FakeGpioDriver _driver = new();
    private readonly LinuxBoard _board;

    public LinuxBoardTests() => _board = new LinuxBoard(new VirtualClock(), OpenBus, OpenSpi, () => _driver);

    [Fact]
    public void Devices_on_one_bus_share_it()
    {
        _board.OpenI2c(1, 0x40, 4);
        _board.OpenI2c(1, 0x68, 4);
        _board.OpenI2c(3, 0x40, 4);
        Assert.Equal(2, _buses.Count);
        Assert.Equal([0x40, 0x68], _buses[0].Devices.Keys);
    }

    [Fact]
    public void A_bus_made_on_it_reaches_the_device()
    {
        IRegisterBus bus = _board.OpenI2c(1, 0x40, 4);
        byte[] read = new byte[1];
        Assert.Equal(BusStatus.Ok, bus.Write(5, [99], 0, 1));
        Assert.Equal(BusStatus.Ok, bus.Read(5, read, 0, 1));
        Assert.Equal(99, read[0]);
    }

    [Fact]
    public void An_SPI_device_is_opened_with_clock_and_mode()
    {
        _board.OpenSpi(0, 1, 5_000_000, 3, 7);
        SpiConnectionSettings settings = Assert.Single(_spiDevices).ConnectionSettings;
        Assert.Equal((0, 1, 5_000_000, SpiMode.Mode3), (settings.BusId, settings.ChipSelectLine, settings.ClockFrequency, settings.Mode));
    }

    [Fact]
    public void A_bus_that_cannot_be_opened_says_which_why_and_what_to_do()
    {
        const string reason = "Error 2 (No such file or directory). Can not open I2C device file '/dev/i2c-1'";
        using LinuxBoard board = new(new VirtualClock(), _ => throw new IOException(reason + "."), OpenSpi, () => _driver);
        BoardException refusal = Assert.Throws<BoardException>(() => board.OpenI2c(1, 0x68, 4));
        Assert.Equal($"I2C bus 1, address 0x68: cannot be opened ({reason}); " +
            "enable the bus with dtparam=i2c_arm=on, and add the user to the group i2c", refusal.Message);
    }

    [Fact]
    public void An_address_has_one_user()
    {
        _board.OpenI2c(1, 0x40, 4);
        BoardException refusal = Assert.Throws<BoardException>(() => _board.OpenI2c(1, 0x40, 4));
        Assert.StartsWith("I2C bus 1, address 0x40: cannot be opened", refusal.Message);
    }

    [Fact]
    public void A_pin_that_does_not_exist_is_refused_with_its_number()
    {
        BoardException refusal = Assert.Throws<BoardException>(() => _board.OpenInput(54, PinPull.None));
        Assert.StartsWith("pin 54: cannot be opened (no pin 54)", refusal.Message);
    }

    [Fact]
    public void Everything_opened_ends_with_the_board()
    {
        _board.OpenI2c(1, 0x40, 4);
        _board.OpenSpi(0, 0, 1_000_000, 0, 4);
        _board.OpenOutput(17, false);
        _board.Dispose();
        Assert.True(_buses[0].IsDisposed && _buses[0].Devices[0x40].IsDisposed && _spiDevices[0].IsDisposed && _driver.IsDisposed);
    }

    [Fact]
    public void Pins_are_not_touched_before_one_is_opened()
    {
        using LinuxBoard board = new(new VirtualClock(), OpenBus, OpenSpi, () => throw new BoardException("no driver"));
        board.OpenI2c(1, 0x40, 4);
        Assert.Equal("no driver", Assert.Throws<BoardException>(() => board.OpenOutput(17, false)).Message);
    }

    [Fact]
    public void Built_with_contracts_a_board_opens_nothing_and_names_the_property()
    {
        Assert.SkipWhen(DevicePackages.AreReal, "built with UseDevicePackages=true: devices are looked for");
        using LinuxBoard board = new(new MonotonicClock());
        BoardException[] refusals =
        [
            Assert.Throws<BoardException>(() => board.OpenI2c(1, 0x40, 4)),
            Assert.Throws<BoardException>(() => board.OpenSpi(0, 0, 1_000_000, 0, 4)),
            Assert.Throws<BoardException>(() => board.OpenOutput(17, false)),
        ];
        Assert.All(refusals, refusal => Assert.Contains("UseDevicePackages=true", refusal.Message));
    }

    private FakeI2cBus OpenBus(int bus)
    {
        FakeI2cBus opened = new();
        _buses.Add(opened);
        return opened;
    }

    private FakeSpiDevice OpenSpi(SpiConnectionSettings settings)
    {
        FakeSpiDevice opened = new(new PlainDevice(), settings);
        _spiDevices.Add(opened);
        return opened;
    }
}
