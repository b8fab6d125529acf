using System;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>The arithmetic of BME280 and BMP280.</summary>
public sealed class Bme280CompensationTests
{
    // BST-BMP280-DS001, 3.12: T1 = 27504, T2 = 26435, T3 = -1000, P1 = 36477, P2 = -10685, P3 = 3024, P4 = 2855, P5 = 140, P6 = -7,
    // P7 = 15500, P8 = -14600, P9 = 6000.
    private static readonly int[] _example = [27504, 26435, -1000, 36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000];

    [Fact]
    public void The_temperature_of_the_datasheets_example_is_exact()
    {
        Bme280Compensation compensation = Example();
        Assert.Equal(2508, compensation.Temperature(519_888));
        Assert.Equal(128_422, compensation.FineTemperature);
    }

    [Fact]
    public void The_pressure_of_the_datasheets_example_is_the_floating_point_one_within_its_last_digits()
    {
        Bme280Compensation compensation = Example();
        compensation.Temperature(519_888);
        Assert.Equal(100_653.27, compensation.Pressure(415_148) / 256.0, 0.05);
    }

    [Fact]
    public void Coefficients_of_pressure_that_would_divide_by_zero_give_none()
    {
        Bme280Compensation compensation = Example(p1: 0);
        compensation.Temperature(519_888);
        Assert.Equal(0, compensation.Pressure(415_148));
        Assert.False(compensation.IsPlausible);
    }

    [Fact]
    public void An_empty_bus_holds_no_coefficients()
    {
        Bme280Compensation compensation = new();
        Assert.False(compensation.IsPlausible);
        byte[] ones = new byte[Bme280Compensation.FirstBlockBytes];
        Array.Fill(ones, (byte)0xFF);
        compensation.TakeFirstBlock(ones);
        Assert.False(compensation.IsPlausible);
        Assert.True(Example().IsPlausible);
    }

    // H4 and H5 in the three bytes they share: 0xE4 is H4's upper 8 bits, 0xE5 the lower 4 of both, 0xE6 H5's upper 8.
    [Theory]
    [InlineData(313, 50)]
    [InlineData(-1, 50)]
    [InlineData(313, -1)]
    [InlineData(-100, 2047)]
    [InlineData(900, -2048)]
    [InlineData(0x123, 0x456)]
    public void H4_and_H5_are_signed_numbers_of_12_bits_that_share_a_byte(int h4, int h5)
    {
        foreach (int h6 in new[] { 30, -30 })
        {
            byte[] block = [0x6A, 0x01, 3, (byte)(h4 >> 4), (byte)((h4 & 15) | ((h5 & 15) << 4)), (byte)(h5 >> 4), (byte)h6];
            Bme280Compensation compensation = Example();
            compensation.TakeSecondBlock(block);
            int temperature = 519_888;
            for (int conversion = 0; conversion < 65_536; conversion += 1024)
            {
                compensation.Temperature(temperature);
                double expected = Humidity(conversion, compensation.FineTemperature, 75, 362, 3, h4, h5, h6);
                // The whole-number form rounds six times, by at most 1/1024 % each after scaling; its gain keeps 14 bits.
                Assert.Equal(expected, compensation.Humidity(conversion) / 1024.0, 0.02);
            }
        }
    }

    [Fact]
    public void Humidity_stays_within_0_and_100_percent()
    {
        Bme280Compensation compensation = Example();
        compensation.TakeSecondBlock(new Bme280Device(new VirtualClock()).SecondBlock);
        compensation.Temperature(519_888);
        Assert.Equal(0, compensation.Humidity(0));
        Assert.Equal(102_400, compensation.Humidity(65_535));
    }

    // The datasheet's floating-point form.
    private static double Humidity(int conversion, int fine, int h1, int h2, int h3, int h4, int h5, int h6)
    {
        double t = fine - 76_800.0;
        double gain = h2 / 65_536.0 * (1 + h6 / 67_108_864.0 * t * (1 + h3 / 67_108_864.0 * t));
        double h = (conversion - (h4 * 64.0 + h5 / 16_384.0 * t)) * gain;
        return Math.Clamp(h * (1 - h1 * h / 524_288.0), 0, 100);
    }

    private static Bme280Compensation Example(int? p1 = null)
    {
        byte[] bytes = new byte[Bme280Compensation.FirstBlockBytes];
        for (int i = 0; i < _example.Length; i++)
        {
            int value = i == 3 && p1 != null ? p1.Value : _example[i];
            bytes[2 * i] = (byte)value;
            bytes[2 * i + 1] = (byte)(value >> 8);
        }
        bytes[25] = 75;
        Bme280Compensation compensation = new();
        compensation.TakeFirstBlock(bytes);
        return compensation;
    }
}
