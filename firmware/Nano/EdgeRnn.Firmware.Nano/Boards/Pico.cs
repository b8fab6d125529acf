namespace EdgeRnn.Firmware.Nano;

/// <summary>Entry on the Raspberry Pi Pico: hardware/boards/rp2040.json. The firmware has fixed pins for its buses.</summary>
public static class Pico
{
    /// <summary>Starts the program.</summary>
    public static void Main()
    {
        BoardPins pins = new BoardPins
        {
            Name = "Raspberry Pi Pico",
            I2cBus = 0,
            Sda = 4,
            Scl = 5,
            Alarm = 22,
            Status = 25,
            ReportPort = "COM1",
        };
        NanoProgram.Run(pins, new NanoClock(), new InternalFiles());
    }
}
