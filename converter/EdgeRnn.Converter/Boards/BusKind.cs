namespace EdgeRnn.Converter.Boards;

/// <summary>Kinds of buses.</summary>
public enum BusKind
{
    /// <summary>I2C: a data line and a clock, many devices with addresses.</summary>
    I2c,

    /// <summary>SPI: two data lines and a clock, and a select line for each device.</summary>
    Spi,
}
