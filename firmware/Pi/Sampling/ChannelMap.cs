using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware.Pi;

/// <summary>Which of a sensor's channels the network's inputs are, by their names, and whether both measure in the same units.</summary>
internal static class ChannelMap
{
    /// <summary>Finds the channels.</summary>
    /// <param name="model">Names its inputs, or does not.</param>
    /// <param name="sensor">Names its channels.</param>
    /// <param name="settings">May name channels, in the order of the inputs.</param>
    /// <returns>Channel numbers, [inputSize].</returns>
    /// <exception cref="PiException">A channel is not there, or measures in another unit than the model was trained on.</exception>
    public static int[] Of(Model model, ISensor sensor, PiSettings settings)
    {
        string[] offered = [.. Enumerable.Range(0, sensor.ChannelCount).Select(sensor.ChannelName)];
        IReadOnlyList<string> wanted = settings.Channels.Count > 0 ? settings.Channels : model.InputNames;
        bool isNamed = wanted.Count > 0 && wanted.Any(name => name.Length > 0);
        if (!isNamed && offered.Length < model.InputSize)
            throw Fail(settings, $"expected a sensor with {model.InputSize} channels, as the model has inputs, " +
                $"found {offered.Length} of the {sensor.Name}; take another sensor or model");
        if (settings.Channels.Count > 0 && settings.Channels.Count != model.InputSize)
            throw Fail(settings,
                $"expected {model.InputSize} names, as the model has inputs, found {settings.Channels.Count}; correct them");
        int[] channels = new int[model.InputSize];
        for (int i = 0; i < channels.Length; i++)
        {
            channels[i] = isNamed ? Array.IndexOf(offered, wanted[i]) : i;
            if (channels[i] < 0)
            {
                throw Fail(settings,
                    $"expected some of {string.Join(", ", offered)}, which the {sensor.Name} measures, found '{wanted[i]}'" +
                    (settings.Channels.Count > 0 ? "; correct it"
                        : " as an input of the model; name the channels in the order of the model's inputs"));
            }
            if (settings.ChecksUnits) CheckUnit(model, i, sensor, channels[i], settings);
        }
        return channels;
    }

    private static void CheckUnit(Model model, int input, ISensor sensor, int channel, PiSettings settings)
    {
        if (settings.UsesCounts || model.InputUnits.Count == 0) return;
        string unit = model.InputUnits[input], measured = sensor.ChannelUnit(channel);
        if (unit.Length == 0 || measured.Length == 0 || unit == measured) return;
        throw Fail(settings,
            $"expected {sensor.ChannelName(channel)} in {unit}, as the model was trained on, found {measured} of the {sensor.Name}; " +
            "train on this sensor's recordings, or set sensor.checkUnits to false where both mean the same");
    }

    private static PiException Fail(PiSettings settings, string message) => new($"{settings.File}: sensor.channels: {message}");
}
