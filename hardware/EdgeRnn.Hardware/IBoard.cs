namespace EdgeRnn.Hardware;

/// <summary>
/// Where a program gets its buses and pins: a Raspberry Pi, a microcontroller, or a simulated board. Opening happens once, at the
/// start, and may allocate and throw; what it gives does neither afterwards. What is opened belongs to the board and ends with it.
/// </summary>
public interface IBoard
{
    /// <summary>What it is, for messages.</summary>
    string Name { get; }

    /// <summary>The board's time.</summary>
    IClock Clock { get; }

    /// <summary>Opens a device on an I2C bus. Whether it is there shows when it is used.</summary>
    /// <param name="bus">The bus's number, as the board counts.</param>
    /// <param name="address">7 bits: 8 to 119.</param>
    /// <param name="longestTransfer">Most bytes of one read or write, besides the register's number.</param>
    /// <exception cref="BoardException">The bus cannot be opened.</exception>
    IRegisterBus OpenI2c(int bus, int address, int longestTransfer);

    /// <summary>Opens a device on an SPI bus.</summary>
    /// <param name="bus">The bus's number, as the board counts.</param>
    /// <param name="select">The select line: on Linux its number on that bus, on microcontrollers the pin.</param>
    /// <param name="clockHz">Bits a second, at most.</param>
    /// <param name="mode">0 to 3: polarity times 2 plus phase.</param>
    /// <param name="longestTransfer">Most bytes of one transfer.</param>
    /// <exception cref="BoardException">The bus cannot be opened.</exception>
    ISpiBus OpenSpi(int bus, int select, int clockHz, int mode, int longestTransfer);

    /// <summary>Opens a pin for reading.</summary>
    /// <param name="pin">The pin, as the processor numbers it and not as the connector does.</param>
    /// <param name="pull">A <see cref="PinPull"/>.</param>
    /// <exception cref="BoardException">The pin cannot be opened.</exception>
    IDigitalInput OpenInput(int pin, int pull);

    /// <summary>Opens a pin for writing.</summary>
    /// <param name="pin">As in <see cref="OpenInput"/>.</param>
    /// <param name="isHigh">The level it begins with.</param>
    /// <exception cref="BoardException">The pin cannot be opened.</exception>
    IDigitalOutput OpenOutput(int pin, bool isHigh);
}
