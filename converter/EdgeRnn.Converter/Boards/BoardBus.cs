namespace EdgeRnn.Converter.Boards;

/// <summary>A bus of a board. Pins are numbers as in <see cref="BoardPin.Gpio"/>.</summary>
public sealed record BoardBus
{
    /// <summary>Its kind.</summary>
    public required BusKind Kind { get; init; }

    /// <summary>Its number, as programs open it.</summary>
    public required int Bus { get; init; }

    /// <summary>Data of I2C; null with SPI.</summary>
    public int? Sda { get; init; }

    /// <summary>Clock of I2C; null with SPI.</summary>
    public int? Scl { get; init; }

    /// <summary>Clock of SPI; null with I2C.</summary>
    public int? Sck { get; init; }

    /// <summary>Data from the devices; null with I2C.</summary>
    public int? Miso { get; init; }

    /// <summary>Data to the devices; null with I2C.</summary>
    public int? Mosi { get; init; }

    /// <summary>Whether a program may put the bus on any free pins; false where the firmware fixes them.</summary>
    public bool AnyPin { get; init; }
}
