using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware;

/// <summary>
/// Whether a model and a sensor belong together: which of the sensor's channels the network's inputs are, by their names, whether both
/// measure in the same units, and how far apart samples are. What names devices in a file asks here: the Pi's service, the simulator.
/// </summary>
public static class DeviceFit
{
    /// <summary>Finds the channels.</summary>
    /// <param name="model">Names its inputs, or does not.</param>
    /// <param name="sensor">Names its channels.</param>
    /// <param name="named">Names of channels, in the order of the inputs; empty: as the model names them.</param>
    /// <param name="checksUnits">Whether a channel's unit has to be the one the model's file names; counts have none.</param>
    /// <param name="unitsEntry">What the caller's file calls <paramref name="checksUnits"/>, for messages.</param>
    /// <returns>Channel numbers, [inputSize].</returns>
    /// <exception cref="SensorOptionException">Of <c>channels</c>: one is not there, or measures in another unit than the model was
    /// trained on.</exception>
    public static int[] Channels(Model model, ISensor sensor, IReadOnlyList<string> named, bool checksUnits, string unitsEntry)
    {
        string[] offered = Enumerable.Range(0, sensor.ChannelCount).Select(sensor.ChannelName).ToArray();
        IReadOnlyList<string> wanted = named.Count > 0 ? named : model.InputNames;
        bool isNamed = wanted.Count > 0 && wanted.Any(name => name.Length > 0);
        if (!isNamed && offered.Length < model.InputSize)
            throw Wrong($"expected a sensor with {model.InputSize} channels, as the model has inputs, " +
                $"found {offered.Length} of the {sensor.Name}; take another sensor or model");
        if (named.Count > 0 && named.Count != model.InputSize)
            throw Wrong($"expected {model.InputSize} names, as the model has inputs, found {named.Count}; correct them");
        int[] channels = new int[model.InputSize];
        for (int i = 0; i < channels.Length; i++)
        {
            channels[i] = isNamed ? Array.IndexOf(offered, wanted[i]) : i;
            if (channels[i] < 0)
            {
                throw Wrong($"expected some of {string.Join(", ", offered)}, which the {sensor.Name} measures, found '{wanted[i]}'" +
                    (named.Count > 0 ? "; correct it"
                        : " as an input of the model; name the channels in the order of the model's inputs"));
            }
            if (checksUnits) CheckUnit(model, i, sensor, channels[i], unitsEntry);
        }
        return channels;
    }

    /// <summary>Microseconds from one sample to the next. The network was trained for a rate: another one is refused, whoever says
    /// it.</summary>
    /// <param name="detector">Knows what the network was trained for, or does not.</param>
    /// <param name="sensor">May measure by its own clock.</param>
    /// <param name="rateHz">Samples a second; null: as the sensor or the model says.</param>
    /// <exception cref="SensorOptionException">Of <c>rate</c>: nobody says it, or it is another one than the model's.</exception>
    public static int PeriodMicros(Detector detector, ISensor sensor, double? rateHz)
    {
        int own = sensor.SamplePeriodMicros, trained = 1000 * detector.PeriodMs;
        int period = own > 0 ? own : rateHz is { } hz ? (int)Math.Min(int.MaxValue, Math.Round(1e6 / hz)) : trained;
        if (period == 0)
            throw new SensorOptionException("rate",
                "expected samples a second, found nothing, and the model does not say it either; add it");
        if (trained > 0 && Math.Abs(period - trained) >= 1000)
        {
            throw new SensorOptionException("rate", string.Create(CultureInfo.InvariantCulture,
                $"expected {1e6 / trained} samples a second, as the model was trained for, " +
                $"found {1e6 / period}; correct it, or run edgernn calibrate with --period-ms {period / 1000}"));
        }
        return period;
    }

    private static void CheckUnit(Model model, int input, ISensor sensor, int channel, string unitsEntry)
    {
        if (model.InputUnits.Count == 0) return;
        string unit = model.InputUnits[input], measured = sensor.ChannelUnit(channel);
        if (unit.Length == 0 || measured.Length == 0 || unit == measured) return;
        throw Wrong($"expected {sensor.ChannelName(channel)} in {unit}, as the model was trained on, " +
            $"found {measured} of the {sensor.Name}; " +
            $"train on this sensor's recordings, or set {unitsEntry} to false where both mean the same");
    }

    private static SensorOptionException Wrong(string message) => new("channels", message);
}
