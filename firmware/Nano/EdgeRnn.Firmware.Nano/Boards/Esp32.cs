using nanoFramework.Hardware.Esp32;

namespace EdgeRnn.Firmware.Nano;

/// <summary>Entry on the ESP32-DevKitC V4: hardware/boards/esp32.json.</summary>
public static class Esp32
{
    /// <summary>Gives pins their functions and starts the program.</summary>
    public static void Main()
    {
        BoardPins pins = new BoardPins
        {
            Name = "ESP32-DevKitC V4",
            I2cBus = 1,
            Sda = 21,
            Scl = 22,
            Alarm = 25,
            Status = 26,
            ReportPort = "COM2",
        };
        Configuration.SetPinFunction(pins.Sda, DeviceFunction.I2C1_DATA);
        Configuration.SetPinFunction(pins.Scl, DeviceFunction.I2C1_CLOCK);
        Configuration.SetPinFunction(4, DeviceFunction.COM2_TX);
        Configuration.SetPinFunction(5, DeviceFunction.COM2_RX);
        NanoProgram.Run(pins, new Esp32Clock(), new InternalFiles());
    }
}
