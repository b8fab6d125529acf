namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>What a terminal of a part is for, and so what it is wired to.</summary>
public enum WireSignal
{
    /// <summary>A supply of the board.</summary>
    Supply,

    /// <summary>Ground.</summary>
    Ground,

    /// <summary>Data of I2C.</summary>
    Sda,

    /// <summary>Clock of I2C.</summary>
    Scl,

    /// <summary>Clock of SPI.</summary>
    Sck,

    /// <summary>Data of SPI to the board.</summary>
    Miso,

    /// <summary>Data of SPI to the part.</summary>
    Mosi,

    /// <summary>Select of SPI.</summary>
    Select,

    /// <summary>A level the board reads.</summary>
    Input,

    /// <summary>What starts a measurement.</summary>
    Trigger,

    /// <summary>High during an alarm.</summary>
    Alarm,

    /// <summary>The level before a divider, between two parts.</summary>
    Divided,

    /// <summary>Something that does not belong to the board; the note says what.</summary>
    External,

    /// <summary>Left open.</summary>
    Open,
}
