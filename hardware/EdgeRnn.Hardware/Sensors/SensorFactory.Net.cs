using System;
using System.Collections.Generic;

namespace EdgeRnn.Hardware;

/// <summary>
/// Makes a sensor from its kind and its options, on any board: the service of a Raspberry Pi, the recorder and the simulator name sensors
/// the same way. The options of each kind are in firmware/Pi/README.md.
/// </summary>
public static partial class SensorFactory
{
    private const int MostBus = 255;
    private const int MostPin = 1023;

    private static readonly SortedDictionary<string, Func<IBoard, SensorOptions, ISensor>> _makers = new(StringComparer.Ordinal)
    {
        ["ads1115"] = MakeAds1115,
        ["adxl345"] = MakeAdxl345,
        ["bme280"] = MakeBme280,
        ["hcsr04"] = MakeHcSr04,
        ["ina219"] = MakeIna219,
        ["lis3dh"] = MakeLis3dh,
        ["mcp3008"] = MakeMcp3008,
        ["mpu6050"] = MakeMpu6050,
        ["mpu6886"] = MakeMpu6886,
        ["pir"] = MakePir,
        ["vibration"] = MakeVibrationSwitch,
    };

    /// <summary>The kinds, in alphabetical order.</summary>
    public static IReadOnlyCollection<string> Kinds => _makers.Keys;

    /// <summary>Makes a sensor. Its bus or pins are opened; whether it is there shows when it is started.</summary>
    /// <param name="board">Where it is.</param>
    /// <param name="options">Its kind, and how it is connected and set.</param>
    /// <exception cref="SensorOptionException">There is no such kind, or an option is wrong, missing or unknown.</exception>
    /// <exception cref="BoardException">A bus or a pin cannot be opened.</exception>
    public static ISensor Create(IBoard board, SensorOptions options)
    {
        if (!_makers.TryGetValue(options.Kind, out Func<IBoard, SensorOptions, ISensor>? maker))
            throw new SensorOptionException("kind", $"expected one of {string.Join(", ", Kinds)}, found '{options.Kind}'; correct it");
        ISensor sensor;
        try
        {
            sensor = maker(board, options);
        }
        catch (ArgumentException wrong)
        {
            throw new SensorOptionException("kind", $"the {options.Kind} refuses its settings: {wrong.Message}; correct them");
        }
        AllowRate(options);
        options.RefuseOthers();
        return sensor;
    }

    // Which rate the program reads at is for every kind; those that measure by their own clock ask for it themselves.
    private static void AllowRate(SensorOptions options) => options.Number("rate", 1, 0, double.MaxValue);

    private static IRegisterBus OpenI2c(IBoard board, SensorOptions options, int usualAddress, int leastAddress, int mostAddress,
        int longest)
    {
        int bus = options.Whole("bus", 1, 0, MostBus);
        return board.OpenI2c(bus, options.Whole("address", usualAddress, leastAddress, mostAddress), longest);
    }

    private static ISpiBus OpenSpi(IBoard board, SensorOptions options, int clockHz, int mode, int longest)
    {
        int bus = options.Whole("bus", 0, 0, MostBus), select = options.Whole("select", 0, 0, MostBus);
        return board.OpenSpi(bus, select, options.Whole("clockHz", clockHz, 1000, clockHz), mode, longest);
    }

    private static bool IsSpi(SensorOptions options) => options.Word("over", 0, "i2c", "spi") == 1;
}
