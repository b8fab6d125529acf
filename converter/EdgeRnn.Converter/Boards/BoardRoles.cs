namespace EdgeRnn.Converter.Boards;

/// <summary>
/// Which pins of a board the firmware and the wiring pages use for what. Pins are numbers as in <see cref="BoardPin.Gpio"/>. A sensor is
/// on one bus or on pins, so roles of different ways may share a pin where a board has few.
/// </summary>
public sealed record BoardRoles
{
    /// <summary>Number of the I2C bus.</summary>
    public required int I2cBus { get; init; }

    /// <summary>Data of the I2C bus.</summary>
    public required int Sda { get; init; }

    /// <summary>Clock of the I2C bus.</summary>
    public required int Scl { get; init; }

    /// <summary>Number of the SPI bus.</summary>
    public required int SpiBus { get; init; }

    /// <summary>Clock of the SPI bus.</summary>
    public required int Sck { get; init; }

    /// <summary>Data from the device.</summary>
    public required int Miso { get; init; }

    /// <summary>Data to the device.</summary>
    public required int Mosi { get; init; }

    /// <summary>Select of the device.</summary>
    public required int Select { get; init; }

    /// <summary>The number Linux gives that select line; null on microcontrollers, which take the pin.</summary>
    public int? SelectLine { get; init; }

    /// <summary>A sensor that is a level: a switch, a motion sensor, an echo.</summary>
    public required int Input { get; init; }

    /// <summary>What starts a measurement of an echo sensor.</summary>
    public required int Trigger { get; init; }

    /// <summary>High during an alarm.</summary>
    public required int Alarm { get; init; }

    /// <summary>The light that shows what the program is doing; may be one of the board.</summary>
    public required int Status { get; init; }
}
