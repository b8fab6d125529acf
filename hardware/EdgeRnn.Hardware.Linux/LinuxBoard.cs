using System;
using System.Collections.Generic;
using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using System.IO;

namespace EdgeRnn.Hardware.Linux;

/// <summary>
/// A board that runs Linux, as a Raspberry Pi: its buses and pins through System.Device.Gpio. Nothing is opened before it is asked for,
/// and everything that was ends with the board. Belongs to one thread.
/// </summary>
public sealed class LinuxBoard : IBoard, IDisposable
{
    private const string ModelFile = "/proc/device-tree/model";

    private readonly Dictionary<int, I2cBus> _buses = [];
    private readonly List<IDisposable> _devices = [];
    private readonly Func<int, I2cBus> _openI2c;
    private readonly Func<SpiConnectionSettings, SpiDevice> _openSpi;
    private readonly Func<GpioDriver> _openGpio;
    private GpioController? _pins;

    /// <summary>The board that this program runs on.</summary>
    /// <param name="clock">Its time, as a <see cref="MonotonicClock"/>.</param>
    /// <param name="gpioChip">The number of the chip with the pins, as <c>gpiodetect</c> lists them; -1: the one that has those of the
    /// connector.</param>
    public LinuxBoard(IClock clock, int gpioChip = -1) : this(clock, OpenI2cBus, OpenSpiDevice, () => GpioDrivers.Open(gpioChip))
    {
    }

    internal LinuxBoard(IClock clock, Func<int, I2cBus> openI2c, Func<SpiConnectionSettings, SpiDevice> openSpi, Func<GpioDriver> openGpio)
    {
        Clock = clock;
        _openI2c = openI2c;
        _openSpi = openSpi;
        _openGpio = openGpio;
    }

    /// <summary>As the system names it, <c>Raspberry Pi 4 Model B Rev 1.4</c>, or that it is a Linux system.</summary>
    public string Name { get; } = File.Exists(ModelFile) ? File.ReadAllText(ModelFile).TrimEnd('\0', '\n') : "Linux system";

    /// <inheritdoc/>
    public IClock Clock { get; }

    /// <summary>The pins, for bindings that want them; the board's own.</summary>
    /// <exception cref="BoardException">No driver works; the message says which were tried.</exception>
    public GpioController Pins => _pins ??= new GpioController(_openGpio());

    /// <inheritdoc/>
    public IRegisterBus OpenI2c(int bus, int address, int longestTransfer) => new I2cRegisterBus(I2cDevice(bus, address), longestTransfer);

    /// <inheritdoc/>
    public ISpiBus OpenSpi(int bus, int select, int clockHz, int mode, int longestTransfer) =>
        new SpiBus(SpiDevice(bus, select, clockHz, mode));

    /// <inheritdoc/>
    public IDigitalInput OpenInput(int pin, int pull)
    {
        PinMode mode = pull == PinPull.Up ? PinMode.InputPullUp : pull == PinPull.Down ? PinMode.InputPullDown : PinMode.Input;
        return Opened($"pin {pin}", "check its number, and that no other program uses it", () => new LinuxInput(Pins, pin, mode, Clock));
    }

    /// <inheritdoc/>
    public IDigitalOutput OpenOutput(int pin, bool isHigh) =>
        Opened($"pin {pin}", "check its number, and that no other program uses it", () => new LinuxOutput(Pins, pin, isHigh));

    /// <summary>Opens a device on an I2C bus for a binding. A device has one user: the board opens an address once.</summary>
    /// <param name="bus">The number in /dev/i2c-1.</param>
    /// <param name="address">7 bits.</param>
    /// <returns>The device, which belongs to the board.</returns>
    /// <exception cref="BoardException">The bus cannot be opened, or the address is open already.</exception>
    public I2cDevice I2cDevice(int bus, int address) => Opened($"I2C bus {bus}, address 0x{address:X2}",
        "enable the bus with dtparam=i2c_arm=on, and add the user to the group i2c", () =>
        {
            if (!_buses.TryGetValue(bus, out I2cBus? opened)) _buses[bus] = opened = _openI2c(bus);
            return Owned(opened.CreateDevice(address));
        });

    /// <summary>Opens a device on an SPI bus for a binding.</summary>
    /// <param name="bus">The first number in /dev/spidev0.1.</param>
    /// <param name="select">The second number.</param>
    /// <param name="clockHz">Bits a second, at most.</param>
    /// <param name="mode">0 to 3: polarity times 2 plus phase.</param>
    /// <returns>The device, which belongs to the board.</returns>
    /// <exception cref="BoardException">The bus cannot be opened.</exception>
    public SpiDevice SpiDevice(int bus, int select, int clockHz, int mode) => Opened($"SPI bus {bus}, select line {select}",
        "enable the bus with dtparam=spi=on, and add the user to the group spi",
        () => Owned(_openSpi(new SpiConnectionSettings(bus, select) { ClockFrequency = clockHz, Mode = (SpiMode)mode })));

    /// <summary>Closes what was opened.</summary>
    public void Dispose()
    {
        foreach (IDisposable device in _devices) device.Dispose();
        foreach (I2cBus bus in _buses.Values) bus.Dispose();
        _pins?.Dispose();
        _devices.Clear();
        _buses.Clear();
        _pins = null;
    }

    private static T Opened<T>(string what, string remedy, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception) when (exception is not BoardException)
        {
            throw new BoardException($"{what}: cannot be opened ({LinuxErrors.Reason(exception)}); {remedy}");
        }
    }

    private static I2cBus OpenI2cBus(int bus)
    {
        DevicePackages.Require($"I2C bus {bus}");
        return I2cBus.Create(bus);
    }

    // The library opens the file with the first transfer, when nobody expects it any more.
    private static SpiDevice OpenSpiDevice(SpiConnectionSettings settings)
    {
        DevicePackages.Require($"SPI bus {settings.BusId}");
        string file = $"/dev/spidev{settings.BusId}.{settings.ChipSelectLine}";
        return File.Exists(file) ? System.Device.Spi.SpiDevice.Create(settings) : throw new IOException($"{file} does not exist");
    }

    private T Owned<T>(T device) where T : IDisposable
    {
        _devices.Add(device);
        return device;
    }
}
