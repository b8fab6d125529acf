namespace EdgeRnn.Firmware.Nano;

/// <summary>
/// Entry on the STM32F429I-DISCO: hardware/boards/stm32f429i-disco.json. Pins are 16 times the port, A being 0, plus the pin; buses have
/// fixed ones.
/// </summary>
public static class Stm32F429
{
    /// <summary>Starts the program.</summary>
    public static void Main()
    {
        BoardPins pins = new BoardPins
        {
            Name = "STM32F429I-DISCO",
            I2cBus = 3,
            Sda = 41,
            Scl = 8,
            Alarm = 67,
            Status = 109,
            ReportPort = "COM1",
        };
        NanoProgram.Run(pins, new NanoClock(), new NoFiles());
    }
}
