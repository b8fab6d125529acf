using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>Measures what becoming integers does to a model.</summary>
public static class ReportBuilder
{
    // Steps are given up before a report takes minutes.
    private const double LargestCost = 2e9;
    private const int FewestSteps = 1_000;

    /// <summary>Measures.</summary>
    /// <param name="converter">The model and, where there is one, its recording.</param>
    /// <param name="settings">Schemes of the layers.</param>
    /// <param name="options">How much is measured; null for the default.</param>
    /// <exception cref="ConversionException">As for <see cref="IntegerConverter.Quantize"/>.</exception>
    public static QuantizationReport Build(IntegerConverter converter, QuantizationSettings settings,
        ReportOptions? options = null)
    {
        options ??= new ReportOptions();
        QuantizedGraph graph = converter.Quantize(settings);
        byte[] file = ErnnWriter.Write(graph);
        Model model = Model.Load(file);
        ReportInput input = new(graph.Source, converter.Recording, options.Seed);
        int steps = StepsFor(model, options);

        SignalComparison comparison = SignalComparison.Run(graph, model, input, steps);
        IReadOnlyList<GateDamage> damage = new DamageMeasurement(graph, file, input, steps).Measure();
        DriftReport? drift = options.DriftSteps == 0 ? null : DriftMeasurement.Run(graph, model, input, options.DriftSteps);
        MixSuggestion? suggestion = options.Budget is { } budget ? MixSearch.Suggest(converter, settings, budget, options) : null;
        IReadOnlyList<LayerReport> layers = LayersOf(graph, model, comparison);
        TaskReport task = comparison.Task;
        return new QuantizationReport
        {
            Model = graph.Source.Name,
            Headline = Sentences.Headline(damage, task),
            Uncalibrated = converter.ValueRanges.Uncalibrated,
            Data = new DataReport(input.IsNoise, input.Seed, comparison.Steps, input.SkippedSteps),
            Task = task,
            Damage = damage,
            Input = comparison.Of(GraphPart.Main, 0) is [var seen] ? seen : null,
            Layers = layers,
            Drift = drift,
            Size = new SizeReport(graph.FloatBytes, graph.StoredBytes, file.Length),
            Suggestion = suggestion,
            Warnings = [.. converter.ValueRanges.Warnings, .. Sentences.Warnings(layers, task)],
        };
    }

    /// <summary>How many steps are compared: fewer for models with much to compute.</summary>
    internal static int StepsFor(Model model, ReportOptions options)
    {
        double affordable = LargestCost / Math.Max(model.MeanMacsPerStep, 1);
        return (int)Math.Min(options.MaxSteps, Math.Max(affordable, FewestSteps));
    }

    private static List<LayerReport> LayersOf(QuantizedGraph graph, Model model, SignalComparison comparison)
    {
        List<LayerReport> layers = [];
        (GraphPart, QuantizedSubgraph?)[] parts = [(GraphPart.Main, graph.Main), (GraphPart.Decoder, graph.Decoder)];
        foreach ((GraphPart part, QuantizedSubgraph? nodes) in parts)
        {
            for (int i = 0; i < (nodes?.Nodes.Count ?? 0); i++)
            {
                QuantizedNode node = nodes!.Nodes[i];
                layers.Add(new LayerReport
                {
                    Graph = part,
                    Name = node.Source.Name,
                    Kind = model.Layers[layers.Count].Kind,
                    Scheme = node.Scheme,
                    FloatBytes = node.FloatBytes,
                    StoredBytes = node.StoredBytes,
                    Signals = comparison.Of(part, i + 1),
                    Overflow = [.. node.Weights.Select(ProofOf)],
                });
            }
        }
        return layers;
    }

    private static OverflowProof ProofOf(QuantizedWeights weights)
    {
        long worst = weights.RowBounds.DefaultIfEmpty(0).Max();
        return new OverflowProof(weights.Name, worst, worst / (double)(1L << 31), weights.Blocks);
    }
}
