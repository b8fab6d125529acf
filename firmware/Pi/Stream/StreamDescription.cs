using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware.Pi;

/// <summary>What a stream shows.</summary>
/// <param name="Title">The model's name, or the sensor's where it has none.</param>
/// <param name="Source">The sensor and the board.</param>
/// <param name="Names">The network's inputs: as the model calls them, or the sensor.</param>
/// <param name="Units">Their units; empty where none is known.</param>
/// <param name="RateHz">Samples a second.</param>
/// <param name="AlarmPin">The pin of the alarm; null: none.</param>
internal sealed record StreamDescription(string Title, string Source, IReadOnlyList<string> Names, IReadOnlyList<string> Units,
    double RateHz, int? AlarmPin)
{
    /// <summary>The description of a device's loop.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="channels">Which of the sensor's channels the inputs are.</param>
    /// <param name="periodMicros">Microseconds from one sample to the next.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="board">The board's name.</param>
    public static StreamDescription Of(SensorLoop loop, IReadOnlyList<int> channels, int periodMicros, PiSettings settings, string board)
    {
        Model model = loop.Detector.Model;
        string[] names = [.. channels.Select((channel, input) => Known(model.InputNames, input) ?? loop.Sensor.ChannelName(channel))];
        string[] units = [.. channels.Select((channel, input) =>
            settings.UsesCounts ? "counts" : Known(model.InputUnits, input) ?? loop.Sensor.ChannelUnit(channel))];
        return new StreamDescription(model.Name.Length > 0 ? model.Name : loop.Sensor.Name, $"{loop.Sensor.Name} on {board}", names, units,
            1e6 / periodMicros, settings.Alarm?.Pin);
    }

    private static string? Known(IReadOnlyList<string> texts, int input) =>
        input < texts.Count && texts[input].Length > 0 ? texts[input] : null;
}
