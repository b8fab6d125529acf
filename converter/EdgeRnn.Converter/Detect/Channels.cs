using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>Names of a model's channels, and of those of a score.</summary>
public static class Channels
{
    /// <summary>The name of an input channel; its number where the file has none.</summary>
    public static string NameOf(Model model, int channel) =>
        model.InputNames[channel].Length > 0 ? model.InputNames[channel] : channel.ToString(CultureInfo.InvariantCulture);

    /// <summary>The names of the channels of a score, in the order of <see cref="Detector.SharePercent"/>.</summary>
    public static IReadOnlyList<string> OfScore(Model model, DetectorSettings settings)
    {
        IEnumerable<string> inputs = Enumerable.Range(0, model.InputSize).Select(channel => NameOf(model, channel));
        if (settings.Kind == ScoreKind.Level) return [.. inputs];
        if (settings.Kind == ScoreKind.Confidence) return ["confidence"];
        IEnumerable<string> errors = Enumerable.Range(0, model.FrameSize)
            .Select(feature => NameOf(model, settings.Targets.Length == 0 ? feature : settings.Targets[feature]));
        return [.. settings.AddLevel ? errors.Concat(inputs.Select(name => $"level of {name}")) : errors];
    }

    /// <summary>The channel of a name or number.</summary>
    /// <exception cref="ConversionException">There is none.</exception>
    public static int Find(Model model, string name, string option)
    {
        int named = Array.FindIndex([.. model.InputNames], candidate => candidate.Equals(name, StringComparison.Ordinal));
        if (named < 0) named = Array.FindIndex([.. model.InputNames], candidate =>
            candidate.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (named >= 0) return named;
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < model.InputSize) return number;
        throw new ConversionException($"{option} {name}: the model has no channel of that name; it reads {List(model)}");
    }

    /// <summary>All input channels, for messages.</summary>
    internal static string List(Model model) => model.InputNames.All(name => name.Length == 0)
        ? $"channels 0 to {model.InputSize - 1}"
        : Import.SourceText.List([.. Enumerable.Range(0, model.InputSize).Select(channel => NameOf(model, channel))]);
}
