namespace EdgeRnn.Firmware.Nano;

/// <summary>
/// Entry on the STM32F769I-DISCO: hardware/boards/stm32f769i-disco.json. Pins are 16 times the port, A being 0, plus the pin; buses have
/// fixed ones.
/// </summary>
public static class Stm32F769
{
    /// <summary>Starts the program.</summary>
    public static void Main()
    {
        BoardPins pins = new BoardPins
        {
            Name = "STM32F769I-DISCO",
            I2cBus = 1,
            Sda = 25,
            Scl = 24,
            Alarm = 147,
            Status = 149,
            ReportPort = "COM6",
        };
        NanoProgram.Run(pins, new NanoClock(), new NoFiles());
    }
}
