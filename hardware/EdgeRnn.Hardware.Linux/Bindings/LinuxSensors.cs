using System;
using System.Collections.Generic;
using System.Device.I2c;
using System.Device.Spi;
using System.Linq;

namespace EdgeRnn.Hardware.Linux;

/// <summary>
/// Makes a sensor from its kind and options: one of the project's own drivers, or with <c>binding:</c> before its kind that of
/// Iot.Device.Bindings, on a Linux board and with its usual ranges.
/// </summary>
public static class LinuxSensors
{
    private const string Prefix = "binding:";
    private const int FastestSpiHz = 1_000_000; // what an MCP3008 takes at 2.7 V, and an ADXL345 as well
    private const int MostPin = 1023;

    private static readonly SortedDictionary<string, Func<LinuxBoard, SensorOptions, ISensor>> _makers = new(StringComparer.Ordinal)
    {
        [Prefix + "ads1115"] = (board, options) => new Ads1115Binding(I2c(board, options, 0x48, 0x4B)),
        [Prefix + "adxl345"] = (board, options) => new Adxl345Binding(Spi(board, options, 3)),
        [Prefix + "bme280"] = (board, options) => new Bme280Binding(I2c(board, options, 0x76, 0x77)),
        [Prefix + "hcsr04"] = (board, options) =>
            new Hcsr04Binding(board.Pins, options.Whole("trigger", null, 0, MostPin), options.Whole("echo", null, 0, MostPin)),
        [Prefix + "ina219"] = (board, options) => new Ina219Binding(I2c(board, options, 0x40, 0x4F),
            options.Number("shuntOhms", 0.1, 1e-4, 10), options.Number("amperesPerCount", 1e-4, 1e-5, 1e-2)),
        [Prefix + "mcp3008"] = (board, options) => new Mcp3008Binding(Spi(board, options, 0),
            (float)options.Number("referenceVolts", 3.3, 0.25, 5.5),
            options.Words("inputs", "0", [.. Enumerable.Range(0, 8).Select(input => $"{input}")])),
        [Prefix + "mpu6050"] = (board, options) => new Mpu6050Binding(I2c(board, options, 0x68, 0x69)),
    };

    /// <summary>The kinds, the project's own drivers first.</summary>
    public static IReadOnlyCollection<string> Kinds { get; } = [.. SensorFactory.Kinds, .. _makers.Keys];

    /// <summary>Whether a kind is one of Iot.Device.Bindings, which only a <see cref="LinuxBoard"/> can make.</summary>
    public static bool IsBinding(string kind) => _makers.ContainsKey(kind);

    /// <summary>Makes a sensor, as <see cref="SensorFactory.Create"/> does.</summary>
    /// <param name="board">Where it is; a <see cref="LinuxBoard"/> for a binding.</param>
    /// <param name="options">Its kind, and how it is connected and set.</param>
    /// <exception cref="SensorOptionException">There is no such kind, or an option is wrong, missing or unknown.</exception>
    /// <exception cref="BoardException">A bus or a pin cannot be opened, or the board knows no bindings.</exception>
    public static ISensor Create(IBoard board, SensorOptions options)
    {
        if (!options.Kind.StartsWith(Prefix, StringComparison.Ordinal)) return SensorFactory.Create(board, options);
        if (!_makers.TryGetValue(options.Kind, out Func<LinuxBoard, SensorOptions, ISensor>? maker))
            throw new SensorOptionException("kind",
                $"expected one of {string.Join(", ", _makers.Keys)}, found '{options.Kind}'; correct it");
        if (board is not LinuxBoard linux)
            throw new BoardException($"{options.Kind}: a binding needs a Linux board, found the {board.Name}; leave '{Prefix}' out");
        ISensor sensor;
        try
        {
            sensor = maker(linux, options);
        }
        catch (OverflowException)
        {
            throw new SensorOptionException("amperesPerCount",
                "expected a step that the device's calibration can hold with this shunt, found another; enlarge it");
        }
        options.Number("rate", 1, 0, double.MaxValue); // the program's, that reads so often
        options.RefuseOthers();
        return sensor;
    }

    private static I2cDevice I2c(LinuxBoard board, SensorOptions options, int leastAddress, int mostAddress)
    {
        int bus = options.Whole("bus", 1, 0, byte.MaxValue);
        return board.I2cDevice(bus, options.Whole("address", leastAddress, leastAddress, mostAddress));
    }

    private static SpiDevice Spi(LinuxBoard board, SensorOptions options, int mode)
    {
        int bus = options.Whole("bus", 0, 0, byte.MaxValue);
        return board.SpiDevice(bus, options.Whole("select", 0, 0, byte.MaxValue), FastestSpiHz, mode);
    }
}
