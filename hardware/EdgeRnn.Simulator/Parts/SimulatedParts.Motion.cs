using System;
using EdgeRnn.Hardware;

namespace EdgeRnn.Simulator;

// Acceleration and rotation.
public static partial class SimulatedParts
{
    private const double Gravity = 9.80665;

    private static SimulatedPart MakeMpu6050(SimulatedBoard board, SensorOptions options, ConnectionProbe at, ISensor driver, ulong seed) =>
        MakeInvenSense(board, options, at, driver, new SimulatedMpu6050(board.Time));

    private static SimulatedPart MakeMpu6886(SimulatedBoard board, SensorOptions options, ConnectionProbe at, ISensor driver, ulong seed) =>
        MakeInvenSense(board, options, at, driver, new SimulatedMpu6886(board.Time));

    private static SimulatedPart MakeAdxl345(SimulatedBoard board, SensorOptions options, ConnectionProbe at, ISensor driver, ulong seed) =>
        MakeMotion(board, options, at, driver, new SimulatedAdxl345(board.Time), out _);

    private static SimulatedPart MakeLis3dh(SimulatedBoard board, SensorOptions options, ConnectionProbe at, ISensor driver, ulong seed) =>
        MakeMotion(board, options, at, driver, new SimulatedLis3dh(board.Time), out _);

    private static SimulatedPart MakeInvenSense(SimulatedBoard board, SensorOptions options, ConnectionProbe at, ISensor driver,
        InvenSenseDevice device)
    {
        SimulatedPart part = MakeMotion(board, options, at, driver, device, out Func<string, Func<long, double>> input);
        Func<long, double> x = input("gx"), y = input("gy"), z = input("gz");
        device.Rotation = micros => (x(micros), y(micros), z(micros));
        device.Temperature = input("temperature");
        return part;
    }

    private static SimulatedPart MakeMotion(SimulatedBoard board, SensorOptions options, ConnectionProbe at, ISensor driver,
        SamplingDevice device, out Func<string, Func<long, double>> input)
    {
        Quantity[] inputs = ChannelsOf(driver);
        Func<long, double>[] values = AtRest(inputs, RestOf);
        Func<string, Func<long, double>> find = name =>
        {
            int index = Array.FindIndex(inputs, quantity => quantity.Name == name);
            return index >= 0 ? micros => values[index](micros) : _ => RestOf(name);
        };
        Func<long, double> x = find("ax"), y = find("ay"), z = find("az");
        device.Acceleration = micros => (x(micros), y(micros), z(micros));
        input = find;
        return new SimulatedPart(options.Kind, inputs, values, device.PowerUp, Connect(board, at, device), null);
    }

    private static double RestOf(string input) => input switch
    {
        "az" => Gravity,
        "temperature" => 25,
        _ => 0,
    };
}
