using System.IO;

namespace EdgeRnn.Tests.Fakes;

/// <summary>What System.Device.Gpio 4.2.0 throws: the system's error number stands in the text alone.</summary>
internal static class LibraryErrors
{
    public static IOException I2cNack => new("Error 121 (Remote I/O error) performing I2C data transfer.");

    public static IOException I2cTimeout => new("Error 110 (Connection timed out) performing I2C data transfer.");

    public static IOException Spi => new("Error 5 (Input/output error) performing SPI data transfer.");
}
