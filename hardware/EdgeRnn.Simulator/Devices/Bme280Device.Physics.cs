using System;

namespace EdgeRnn.Simulator;

// What the converters give at a temperature, a pressure and a humidity: the datasheets' formulas in floating point, solved for the
// conversion by halving an interval. They share nothing with the whole-number arithmetic of a driver.
public sealed partial class Bme280Device
{
    /// <summary>
    /// Registers 0x88 to 0xA1: T1 to T3, P1 to P9, a reserved byte, H1. At first those of the example in BST-BMP280-DS001, with a
    /// made-up H1.
    /// </summary>
    public byte[] FirstBlock { get; set; } =
    [
        0x70, 0x6B, 0x43, 0x67, 0x18, 0xFC, 0x7D, 0x8E, 0x43, 0xD6, 0xD0, 0x0B, 0x27, 0x0B, 0x8C, 0x00, 0xF9, 0xFF, 0x8C, 0x3C, 0xF8, 0xC6,
        0x70, 0x17, 0x00, 0x4B,
    ];

    /// <summary>Registers 0xE1 to 0xE7: H2 = 362, H3 = 0, H4 = 313, H5 = 50, H6 = 30, made up, of a usual size.</summary>
    public byte[] SecondBlock { get; set; } = [0x6A, 0x01, 0x00, 0x13, 0x29, 0x03, 0x1E];

    private enum Quantity
    {
        Temperature,
        Pressure,
        Humidity,
    }

    private int TemperatureCode(double celsius) => Solve(20, Quantity.Temperature, 0, celsius);

    private int PressureCode(double pascal, double celsius) => Solve(20, Quantity.Pressure, Fine(TemperatureCode(celsius)), pascal);

    private int HumidityCode(double percent, double celsius) => Solve(16, Quantity.Humidity, Fine(TemperatureCode(celsius)), percent);

    // The smallest code that stands for at least the value; of pressures, which fall with the code, at most.
    private int Solve(int bits, Quantity quantity, double fine, double value)
    {
        int low = 0, high = (1 << bits) - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            bool isFar = quantity switch
            {
                Quantity.Temperature => Fine(middle) / 5120 >= value,
                Quantity.Pressure => PressureOf(middle, fine) <= value,
                _ => HumidityOf(middle, fine) >= value,
            };
            if (isFar) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private double Fine(int code)
    {
        double t1 = Unsigned(FirstBlock, 0), near = code / 131_072.0 - t1 / 8192;
        return (code / 16_384.0 - t1 / 1024) * Signed(FirstBlock, 2) + near * near * Signed(FirstBlock, 4);
    }

    private double PressureOf(int code, double fine)
    {
        double t = fine / 2 - 64_000;
        double offset = t * t * P(6) / 32_768 + t * P(5) * 2;
        offset = offset / 4 + P(4) * 65_536.0;
        double slope = (P(3) * t * t / 524_288 + P(2) * t) / 524_288;
        slope = (1 + slope / 32_768) * Unsigned(FirstBlock, 6);
        double pressure = (1_048_576 - code - offset / 4096) * 6250 / slope;
        return pressure + (P(9) * pressure * pressure / 2_147_483_648 + pressure * P(8) / 32_768 + P(7)) / 16;
    }

    private double HumidityOf(int code, double fine)
    {
        double t = fine - 76_800;
        double h4 = (sbyte)SecondBlock[3] * 16 + (SecondBlock[4] & 15), h5 = (sbyte)SecondBlock[5] * 16 + (SecondBlock[4] >> 4);
        double humidity = (code - (h4 * 64 + h5 / 16_384 * t)) *
            (Signed(SecondBlock, 0) / 65_536.0 * (1 + (sbyte)SecondBlock[6] / 67_108_864.0 * t * (1 + SecondBlock[2] / 67_108_864.0 * t)));
        return Math.Clamp(humidity * (1 - FirstBlock[25] * humidity / 524_288), 0, 100);
    }

    private int P(int number) => Signed(FirstBlock, 4 + 2 * number);

    private static int Unsigned(byte[] bytes, int at) => bytes[at] | (bytes[at + 1] << 8);

    private static int Signed(byte[] bytes, int at) => (short)Unsigned(bytes, at);
}
