namespace EdgeRnn.Firmware.Nano;

/// <summary>
/// Where things are connected on a board: the roles of its description in hardware/boards. Pins are numbered as the firmware numbers them.
/// </summary>
public sealed class BoardPins
{
    /// <summary>The board, for messages.</summary>
    public string Name { get; set; } = "";

    /// <summary>The I2C bus.</summary>
    public int I2cBus { get; set; }

    /// <summary>Data of the I2C bus.</summary>
    public int Sda { get; set; }

    /// <summary>Clock of the I2C bus.</summary>
    public int Scl { get; set; }

    /// <summary>The pin that is high during an alarm.</summary>
    public int Alarm { get; set; }

    /// <summary>The pin of the light that shows what the device is doing.</summary>
    public int Status { get; set; }

    /// <summary>The pin of a buzzer that beeps until an alarm is acknowledged; -1: none.</summary>
    public int Buzzer { get; set; } = -1;

    /// <summary>The pin of a button to ground that acknowledges alarms; -1: none.</summary>
    public int Button { get; set; } = -1;

    /// <summary>The serial port for report lines, as <c>COM2</c>; empty: reports go to the debugger.</summary>
    public string ReportPort { get; set; } = "";
}
