using nanoFramework.Hardware.Esp32;

namespace EdgeRnn.Firmware.Nano;

/// <summary>Entry on the ESP32-S3-DevKitC-1: hardware/boards/esp32-s3.json.</summary>
public static class Esp32S3
{
    /// <summary>Gives pins their functions and starts the program.</summary>
    public static void Main()
    {
        BoardPins pins = new BoardPins
        {
            Name = "ESP32-S3-DevKitC-1",
            I2cBus = 1,
            Sda = 8,
            Scl = 9,
            Alarm = 6,
            Status = 7,
            ReportPort = "COM2",
        };
        Configuration.SetPinFunction(pins.Sda, DeviceFunction.I2C1_DATA);
        Configuration.SetPinFunction(pins.Scl, DeviceFunction.I2C1_CLOCK);
        Configuration.SetPinFunction(17, DeviceFunction.COM2_TX);
        Configuration.SetPinFunction(18, DeviceFunction.COM2_RX);
        NanoProgram.Run(pins, new Esp32Clock(), new InternalFiles());
    }
}
