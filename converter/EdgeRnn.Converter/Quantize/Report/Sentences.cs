using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>What a report says in words.</summary>
internal static class Sentences
{
    // An error ratio of 1e-8 is -80 dB, the noise of 16-bit values themselves.
    private const double Harmless = 1e-8;

    /// <summary>The one sentence at the top.</summary>
    public static string Headline(IReadOnlyList<GateDamage> damage, TaskReport task)
    {
        if (task.Answers == 0) return "Nothing to compare: the model gave no answer to this input.";
        if (damage.Count == 0) return "Nothing to compare: the model answers zeros to this input.";
        GateDamage worst = damage[0];
        bool several = worst.Part == RoundedPart.Weights;
        string loss = $"an error of {Decibels(worst.ErrorRatio)} in the answer, {Percent(worst.Share)} of all";
        if (worst.ErrorRatio < Harmless) return $"No part hurts; the worst is {NameOf(worst)} with {loss}.";
        if (worst.Layer.Length == 0) return $"The {worst.Part} loses most: {loss}.";
        (string loses, string itMakes) = several ? ("lose", "they make") : ("loses", "it makes");
        return $"{Capital(NameOf(worst))} {loses} most: rounded alone {itMakes} {loss}.";
    }

    /// <summary>A part with its layer: "the update gate of gru1".</summary>
    public static string NameOf(GateDamage damage) =>
        damage.Layer.Length == 0 ? $"the {damage.Part}" : $"the {damage.Part} of {damage.Layer}";

    /// <summary>What the measured figures call for.</summary>
    public static IEnumerable<string> Warnings(IReadOnlyList<LayerReport> layers, TaskReport task)
    {
        if (task.Answers == 0) yield return "the recording is too short for an answer; give a longer one to compare answers";
        foreach (LayerReport layer in layers)
        {
            foreach (SignalReport signal in layer.Signals.Where(signal => signal.Saturated > 0))
            {
                string share = Percent((double)signal.Saturated / signal.Count);
                yield return $"{layer.Name}: {share} of the {NameOf(signal)} lie beyond +-{Number(signal.Limit)} and saturate; " +
                    "calibrate with a recording that shows them";
            }
        }
    }

    /// <summary>A signal in words.</summary>
    public static string NameOf(SignalReport signal)
    {
        string gate = RoundedPart.NameOf(signal.Gate);
        return signal.Kind switch
        {
            Signal.PreActivation => $"{gate} pre-activation".TrimStart(),
            Signal.GateValue => gate,
            Signal.CellState => "cell state",
            Signal.Output => "output",
            _ => "value",
        };
    }

    /// <summary>An error ratio as decibels of the signal: -40 dB is one hundredth.</summary>
    public static string Decibels(double ratio) =>
        ratio <= 0 ? "nothing" : string.Create(CultureInfo.InvariantCulture, $"{10 * System.Math.Log10(ratio):0.0} dB");

    /// <summary>A share, 0 to 1.</summary>
    public static string Percent(double share) =>
        share is > 0 and < 0.0005 ? "under 0.1 %" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");

    /// <summary>A number with four significant digits, or more where they stand before the point.</summary>
    public static string Number(double value) =>
        value.ToString(System.Math.Abs(value) is >= 1_000 and < 10_000_000 ? "0" : "G4", CultureInfo.InvariantCulture);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
