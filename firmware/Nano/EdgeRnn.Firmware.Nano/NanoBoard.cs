using System;
using System.Device.Gpio;
using EdgeRnn.Hardware;

namespace EdgeRnn.Firmware.Nano;

/// <summary>A microcontroller board under nanoFramework.</summary>
public sealed class NanoBoard : IBoard
{
    private readonly GpioController _pins = new GpioController();

    /// <summary>A board.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="clock">The board's time.</param>
    public NanoBoard(string name, IClock clock)
    {
        Name = name;
        Clock = clock;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IClock Clock { get; }

    /// <inheritdoc/>
    public IRegisterBus OpenI2c(int bus, int address, int longestTransfer)
    {
        try
        {
            return new NanoI2cBus(bus, address, longestTransfer);
        }
        catch (Exception refused)
        {
            throw Refusal("I2C bus " + bus.ToString(), refused);
        }
    }

    /// <inheritdoc/>
    public ISpiBus OpenSpi(int bus, int select, int clockHz, int mode, int longestTransfer)
    {
        try
        {
            return new NanoSpiBus(bus, select, clockHz, mode);
        }
        catch (Exception refused)
        {
            throw Refusal("SPI bus " + bus.ToString(), refused);
        }
    }

    /// <inheritdoc/>
    public IDigitalInput OpenInput(int pin, int pull)
    {
        PinMode mode = pull == PinPull.Up ? PinMode.InputPullUp : pull == PinPull.Down ? PinMode.InputPullDown : PinMode.Input;
        return new NanoInput(Open(pin, mode), Clock);
    }

    /// <inheritdoc/>
    public IDigitalOutput OpenOutput(int pin, bool isHigh) => new NanoOutput(Open(pin, PinMode.Output), isHigh);

    private GpioPin Open(int pin, PinMode mode)
    {
        try
        {
            return _pins.OpenPin(pin, mode);
        }
        catch (Exception refused)
        {
            throw Refusal("pin " + pin.ToString(), refused);
        }
    }

    private BoardException Refusal(string what, Exception refused) =>
        new BoardException(what + " of the " + Name + " cannot be opened: " + refused.Message +
            "; compare its numbers with the board's file in Boards");
}
