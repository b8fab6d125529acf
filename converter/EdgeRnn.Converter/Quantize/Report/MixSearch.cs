using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>
/// Looks for the layers that are worth more bits: raises each alone and looks at the answer, then takes whichever improves the
/// answer most per byte, again and again, while the weights stay within the budget.
/// </summary>
public sealed class MixSearch
{
    // A change that takes less than a tenth off the error is not worth its bytes.
    private const double WorthwhileRatio = 0.9;

    // Float breaks "the same bits everywhere", so it has to be twice as good as 16-bit weights.
    private const double FloatAdvantage = 0.5;

    private readonly IntegerConverter _converter;
    private readonly QuantizationSettings _start;
    private readonly ReportInput _input;
    private readonly int _steps;
    private readonly float[] _reference;

    private MixSearch(IntegerConverter converter, QuantizationSettings start, ReportInput input, int steps)
    {
        _converter = converter;
        _start = start;
        _input = input;
        _steps = steps;
        _reference = AnswerRun.Of(ErnnWriter.Write(converter.Prepared), input, steps);
    }

    /// <summary>Suggests.</summary>
    /// <param name="converter">The model and, where there is one, the recording the answers are compared on.</param>
    /// <param name="start">The schemes to start from; null for w8a16 everywhere.</param>
    /// <param name="budget">The largest size of weights, biases and scales, as a share of their size in float; above 0.</param>
    /// <param name="options">How much is measured; null for the default.</param>
    public static MixSuggestion Suggest(IntegerConverter converter, QuantizationSettings? start = null,
        double budget = ReportOptions.DefaultBudget, ReportOptions? options = null)
    {
        options ??= new ReportOptions();
        ReportInput input = new(converter.Prepared, converter.Recording, options.Seed);
        int steps = ReportBuilder.StepsFor(Model.Load(ErnnWriter.Write(converter.Prepared)), options);
        return new MixSearch(converter, start ?? new QuantizationSettings(), input, steps).Search(budget);
    }

    private MixSuggestion Search(double budget)
    {
        Trial before = Try(_start.Layers) ?? throw new InvalidOperationException("the starting mix has been quantized before");
        List<LayerChoice> alone = before.ErrorRatio == null ? [] : [.. Candidates(before).OrderBy(choice => choice.ErrorRatio)];
        Trial now = before;
        Dictionary<string, LayerChoice> chosen = [];
        while (alone.Count > 0 && Best(now, alone, budget) is { } step)
        {
            chosen[step.Choice.Layer] = step.Choice;
            now = step.Trial;
        }
        return new MixSuggestion
        {
            Budget = budget,
            Layers = [.. _converter.LayerNames.Distinct().Where(chosen.ContainsKey).Select(name => chosen[name])],
            ErrorRatioBefore = before.ErrorRatio,
            ErrorRatio = now.ErrorRatio,
            Share = (double)now.Bytes / before.FloatBytes,
            Alone = alone,
        };
    }

    private (LayerChoice Choice, Trial Trial)? Best(Trial now, List<LayerChoice> candidates, double budget)
    {
        (LayerChoice, Trial)? best = null;
        double bestGain = 0;
        foreach (LayerChoice choice in candidates)
        {
            if (now.Layers.GetValueOrDefault(choice.Layer, _start.Of(choice.Layer)) == choice.Scheme) continue;
            if (Try(With(now.Layers, choice)) is not { ErrorRatio: { } error } trial) continue;
            if (trial.Bytes > budget * trial.FloatBytes || error >= WorthwhileRatio * now.ErrorRatio) continue;
            double gain = (now.ErrorRatio!.Value - error) / Math.Max(trial.Bytes - now.Bytes, 1);
            if (gain <= bestGain) continue;
            bestGain = gain;
            best = (choice, trial);
        }
        return best;
    }

    // Every layer at every higher precision, alone.
    private IEnumerable<LayerChoice> Candidates(Trial before)
    {
        foreach (string layer in before.Weighted)
        {
            LayerChoice? sixteen = null;
            foreach (Scheme scheme in Above(_start.Of(layer)))
            {
                Dictionary<string, Scheme> raised = With(_start.Layers, new LayerChoice(layer, scheme, 0, 0));
                if (Try(raised) is not { ErrorRatio: { } error } trial) continue;
                LayerChoice choice = new(layer, scheme, error, trial.Bytes - before.Bytes);
                if (scheme == Scheme.W16A16) sixteen = choice;
                if (scheme == Scheme.F32 && sixteen != null && error > FloatAdvantage * sixteen.ErrorRatio) continue;
                yield return choice;
            }
        }
    }

    private static Scheme[] Above(Scheme scheme) => scheme switch
    {
        Scheme.F32 => [],
        Scheme.W16A16 => [Scheme.F32],
        Scheme.W8A16 => [Scheme.W16A16, Scheme.F32],
        _ => [Scheme.W8A16, Scheme.W16A16, Scheme.F32],
    };

    private static Dictionary<string, Scheme> With(IReadOnlyDictionary<string, Scheme> layers, LayerChoice choice) =>
        new(layers) { [choice.Layer] = choice.Scheme };

    // Null where a layer cannot be converted so: its state is handed over, or its weights are too large.
    private Trial? Try(IReadOnlyDictionary<string, Scheme> layers)
    {
        try
        {
            QuantizedGraph graph = _converter.Quantize(_start with { Layers = layers });
            double? error = AnswerRun.ErrorRatio(_reference, AnswerRun.Of(ErnnWriter.Write(graph), _input, _steps));
            IEnumerable<QuantizedNode> nodes = graph.Main.Nodes.Concat(graph.Decoder?.Nodes ?? []);
            string[] weighted = [.. nodes.Where(node => node.FloatBytes > 0).Select(node => node.Source.Name).Distinct()];
            return new Trial(layers, error, graph.StoredBytes, graph.FloatBytes, weighted);
        }
        catch (ConversionException)
        {
            return null;
        }
    }

    private sealed record Trial(IReadOnlyDictionary<string, Scheme> Layers, double? ErrorRatio, int Bytes, int FloatBytes,
        string[] Weighted);
}
