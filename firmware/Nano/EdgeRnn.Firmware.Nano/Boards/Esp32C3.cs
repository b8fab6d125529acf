using nanoFramework.Hardware.Esp32;

namespace EdgeRnn.Firmware.Nano;

/// <summary>Entry on the ESP32-C3-DevKitM-1: hardware/boards/esp32-c3.json.</summary>
public static class Esp32C3
{
    /// <summary>Gives pins their functions and starts the program.</summary>
    public static void Main()
    {
        BoardPins pins = new BoardPins
        {
            Name = "ESP32-C3-DevKitM-1",
            I2cBus = 1,
            Sda = 4,
            Scl = 5,
            Alarm = 3,
            Status = 1,
            ReportPort = "COM2",
        };
        Configuration.SetPinFunction(pins.Sda, DeviceFunction.I2C1_DATA);
        Configuration.SetPinFunction(pins.Scl, DeviceFunction.I2C1_CLOCK);
        Configuration.SetPinFunction(19, DeviceFunction.COM2_TX);
        Configuration.SetPinFunction(18, DeviceFunction.COM2_RX);
        NanoProgram.Run(pins, new Esp32Clock(), new InternalFiles());
    }
}
