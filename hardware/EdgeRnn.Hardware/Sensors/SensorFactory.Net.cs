using System;
using System.Collections.Generic;

namespace EdgeRnn.Hardware;

/// <summary>
/// Makes a sensor from its kind and its options, on any board: the service of a Raspberry Pi, the recorder and the simulator name sensors
/// the same way. Each kind's options and their defaults are in its folder's README.
/// </summary>
public static partial class SensorFactory
{
    private static readonly SortedDictionary<string, Func<IBoard, SensorOptions, ISensor>> _makers = new(StringComparer.Ordinal);

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
        options.RefuseOthers();
        return sensor;
    }
}
