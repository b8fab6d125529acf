using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

/// <summary>Puts on a simulated board what <see cref="SensorFactory"/> makes a driver for, from the same options.</summary>
public static partial class SimulatedParts
{
    private delegate SimulatedPart Maker(SimulatedBoard board, SensorOptions options, ConnectionProbe at, ISensor driver, ulong seed);

    private static readonly Dictionary<string, Maker> _makers = new(StringComparer.Ordinal)
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

    /// <summary>Attaches a part.</summary>
    /// <param name="board">Where to.</param>
    /// <param name="options">Kind and options, as the driver gets them.</param>
    /// <param name="seed">Of what is chance in the part, as the bouncing of a contact.</param>
    /// <exception cref="SensorOptionException">There is no such kind, or an option is wrong, missing or unknown.</exception>
    public static SimulatedPart Attach(SimulatedBoard board, SensorOptions options, ulong seed = 0)
    {
        ConnectionProbe probe = new(board);
        ISensor driver = SensorFactory.Create(probe, options);
        return _makers[options.Kind](board, options, probe, driver, seed);
    }

    private static BusFaults Connect(SimulatedBoard board, ConnectionProbe at, RegisterDevice device) =>
        at.IsSpi ? board.AttachSpi(at.Bus, at.Place, device) : board.AttachI2c(at.Bus, at.Place, device);

    // The channels of the driver: what it does not read need not be fed.
    private static Quantity[] ChannelsOf(ISensor driver) =>
        [.. Enumerable.Range(0, driver.ChannelCount).Select(i => new Quantity(driver.ChannelName(i), driver.ChannelUnit(i)))];

    // The pins that a converter's channels, as "ch0" and "ch0-ch1", are made of.
    private static Quantity[] PinsOf(ISensor driver) =>
        [.. ChannelsOf(driver).SelectMany(channel => channel.Name.Split('-')).Distinct().Order(StringComparer.Ordinal)
            .Select(pin => new Quantity(pin, "V"))];

    private static int PinNumber(Quantity pin) => pin.Name[^1] - '0';

    // What stands in for inputs until somebody feeds them: what the device says by itself.
    private static Func<long, double>[] AtRest(Quantity[] inputs, Func<string, double> rest) =>
        [.. inputs.Select(input => rest(input.Name)).Select(value => new Func<long, double>(_ => value))];
}
