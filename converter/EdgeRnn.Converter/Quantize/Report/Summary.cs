using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>The tables of a report as cells, the same for text and page.</summary>
internal static class Summary
{
    private const int MostOutputs = 24;

    public static string[] SignalHeadings { get; } =
        ["layer", "signal", "minimum", "maximum", "RMS", "held up to", "fraction bits", "beyond", "SNR dB", "largest error"];

    public static string[] OverflowHeadings { get; } = ["layer", "matrix", "worst row / 2^31", "blocks"];

    public static string[] OutputHeadings { get; } = ["output", "error", "RMS error", "largest error", "signal RMS"];

    public static string[] DriftHeadings { get; } =
        ["layer", "state", "arithmetic, all", "tenth before", "last tenth", "with weights, all", "last tenth"];

    public static string[] ChoiceHeadings { get; } = ["layer", "scheme", "error of the answer", "bytes more"];

    /// <summary>What was fed.</summary>
    public static string Data(QuantizationReport report)
    {
        DataReport data = report.Data;
        string what = data.IsNoise ? $"standard-normal noise (seed {data.Seed})" : "the recording";
        string skipped = data.SkippedSteps > 0 ? $"; {Count(data.SkippedSteps)} steps with missing values left out" : "";
        return $"Compared over {Count(data.Steps)} steps of {what} with the float model in double precision{skipped}.";
    }

    /// <summary>The figures a person looks at first.</summary>
    public static IEnumerable<(string Name, string Value)> Figures(QuantizationReport report)
    {
        SizeReport size = report.Size;
        yield return ("weights", $"{Count(size.StoredBytes)} of {Count(size.FloatBytes)} bytes, {Fixed(size.Share)} x float " +
            "(weights, biases, scales; the structure of the file is the same)");
        yield return ("answer", report.Task.ErrorRatio is { } ratio
            ? $"error {Sentences.Decibels(ratio)} (ratio {Scientific(ratio)}), largest {Sentences.Number(report.Task.Max)}"
            : "nothing to compare");
        double[] proofs = [.. report.Layers.SelectMany(layer => layer.Overflow).Select(proof => proof.ShareOfLimit)];
        if (proofs.Length > 0)
            yield return ("overflow", $"impossible: the worst row reaches {Sentences.Percent(proofs.Max())} of 2^31");
        long beyond = report.Layers.SelectMany(layer => layer.Signals).Sum(signal => signal.Saturated);
        yield return ("saturation", beyond == 0 ? "none" : $"{Count(beyond)} values");
        if (report.Drift is { } drift)
        {
            string arithmetic = Sentences.Number(drift.Curves.Max(curve => curve.Arithmetic.Max()));
            string total = Sentences.Number(drift.Curves.Max(curve => curve.Total.Max()));
            yield return ("drift", $"largest state error {arithmetic} by arithmetic, {total} with rounded weights, in " +
                $"{Count(drift.Steps)} steps");
        }
    }

    public static IEnumerable<string[]> Layers(QuantizationReport report) => report.Layers.Select(layer => new[]
    {
        NameOf(layer.Graph, layer.Name), layer.Kind, SchemeName.Of(layer.Scheme),
        Count(layer.FloatBytes), Count(layer.StoredBytes), Count(layer.SavedBytes),
    });

    public static IEnumerable<string[]> Signals(QuantizationReport report)
    {
        if (report.Input is { } input) yield return Cells("input", input);
        foreach (LayerReport layer in report.Layers)
        {
            foreach (SignalReport signal in layer.Signals) yield return Cells(NameOf(layer.Graph, layer.Name), signal);
        }
    }

    public static IEnumerable<string[]> Overflow(QuantizationReport report) =>
        from layer in report.Layers
        from proof in layer.Overflow
        let share = proof.ShareOfLimit.ToString("0.0000", Invariant)
        select new[] { NameOf(layer.Graph, layer.Name), proof.Matrix, share, Count(proof.Blocks) };

    /// <summary>The worst outputs, where there are many.</summary>
    public static IEnumerable<string[]> Outputs(QuantizationReport report) => report.Task.Outputs
        .OrderByDescending(output => output.ErrorRatio ?? 0).Take(MostOutputs).Select(output => new[]
        {
            Count(output.Index), output.ErrorRatio is { } ratio ? Sentences.Decibels(ratio) : "", Sentences.Number(output.Rms),
            Sentences.Number(output.Max), Sentences.Number(output.SignalRms),
        });

    public static IEnumerable<string[]> Drift(DriftReport drift) => drift.Curves.Select(curve => new[]
    {
        NameOf(curve.Graph, curve.Layer), curve.State,
        Sentences.Number(curve.Arithmetic.Max()), Sentences.Number(Tenth(curve.Arithmetic, 8)),
        Sentences.Number(Tenth(curve.Arithmetic, 9)),
        Sentences.Number(curve.Total.Max()), Sentences.Number(Tenth(curve.Total, 9)),
    });

    /// <summary>A suggestion as a sentence with the options to type.</summary>
    public static string Suggestion(MixSuggestion suggestion)
    {
        string within = $"within {Fixed(suggestion.Budget)} x the float size of the weights";
        if (suggestion.ErrorRatioBefore is not { } before) return $"Suggestion {within}: nothing could be compared.";
        if (suggestion.Layers.Count == 0)
        {
            return $"Suggestion {within}: leave it as it is, at {Fixed(suggestion.Share)} x; " +
                "no layer that fits is worth its bytes.";
        }
        IEnumerable<string> named = suggestion.Layers
            .Select(choice => $"--layer \"{choice.Layer}={SchemeName.Of(choice.Scheme)}\"");
        string options = string.Join(' ', named);
        return $"Suggestion {within}: {options} brings the error of the answer from {Sentences.Decibels(before)} to " +
            $"{Sentences.Decibels(suggestion.ErrorRatio!.Value)} at {Fixed(suggestion.Share)} x.";
    }

    public static IEnumerable<string[]> Choices(MixSuggestion suggestion) => suggestion.Alone.Select(choice => new[]
    {
        choice.Layer, SchemeName.Of(choice.Scheme), Sentences.Decibels(choice.ErrorRatio), Count(choice.AddedBytes),
    });

    /// <summary>A layer, with its graph where that is the decoder.</summary>
    public static string NameOf(GraphPart graph, string layer) => graph == GraphPart.Decoder ? $"decoder/{layer}" : layer;

    public static string Count(long count) => count.ToString("N0", Invariant);

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private static string[] Cells(string layer, SignalReport signal) =>
    [
        layer, Sentences.NameOf(signal),
        Sentences.Number(signal.Minimum), Sentences.Number(signal.Maximum), Sentences.Number(signal.Rms),
        "+-" + Sentences.Number(signal.Limit), signal.FractionBits is { } bits ? bits.ToString(Invariant) : "",
        Count(signal.Saturated), signal.SignalToNoiseDb is { } snr ? snr.ToString("0.0", Invariant) : "",
        signal.MaxError is { } error ? Sentences.Number(error) : "",
    ];

    private static double Tenth(IReadOnlyList<double> curve, int tenth)
    {
        int first = curve.Count * tenth / 10, end = curve.Count * (tenth + 1) / 10;
        return curve.Skip(first).Take(end - first).DefaultIfEmpty(0).Max();
    }

    private static string Fixed(double share) => share.ToString("0.00", Invariant);

    private static string Scientific(double value) => value.ToString("0.##e+00", Invariant);
}
