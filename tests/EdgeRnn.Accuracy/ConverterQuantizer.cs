using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Converter.Quantize.Reference;
using EdgeRnn.Converter.Quantize.Rounding;
using EdgeRnn.Runtime;

namespace EdgeRnn.Accuracy;

/// <summary>The converter as a user calls it.</summary>
public sealed class ConverterQuantizer : IModelQuantizer
{
    /// <inheritdoc/>
    public byte[] Quantize(RecurrentGraph graph, float[][] calibrationRows, string scheme,
        IReadOnlyDictionary<string, string> layerSchemes)
    {
        RecurrentGraph prepared = Quantizer.Prepare(graph);
        Largest largest = new();
        InputStatistics inputs = new();
        ReferenceRun run = new(prepared, largest, inputs);
        foreach (float[] row in calibrationRows) run.Step(row);
        ValueRanges bounds = IntervalBounds.Of(prepared);
        Dictionary<SignalId, ValueRange> ranges = [];
        foreach ((SignalId signal, ValueRange range) in bounds.Signals)
            ranges[signal] = largest.Seen.TryGetValue(signal, out double seen) ? ValueRange.Of(1.5 * seen) : range;
        Dictionary<string, Scheme> schemes = [];
        foreach ((string layer, string name) in layerSchemes) schemes[layer] = SchemeOf(name);
        QuantizationSettings settings = new() { Default = SchemeOf(scheme), Layers = schemes };
        long before = Environment.TickCount64;
        QuantizedGraph q = Quantizer.Quantize(prepared, new ValueRanges(ranges, false, []), settings, RoundingOptions.Of("PLAIN", 0) == 1 ? null : inputs);
        if (Environment.TickCount64 - before > 300) Console.Error.WriteLine($"{graph.Name} {Environment.TickCount64 - before} ms");
        return RoundingOptions.Of("FLOAT", 0) == 1 ? ErnnWriter.Write(q.Dequantized()) : ErnnWriter.Write(q);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> SuggestMix(RecurrentGraph graph, float[][] calibrationRows, double budget) =>
        new Dictionary<string, string>();

    /// <inheritdoc/>
    public int SizeWithoutGoldenSteps(byte[] file) => file.Length;

    private static Scheme SchemeOf(string name) => Enum.Parse<Scheme>(name, ignoreCase: true);

    private sealed class Largest : ISignalObserver
    {
        public Dictionary<SignalId, double> Seen { get; } = [];

        public void Observe(SignalId signal, ReadOnlySpan<double> values)
        {
            double largest = Seen.GetValueOrDefault(signal);
            foreach (double value in values) largest = Math.Max(largest, Math.Abs(value));
            Seen[signal] = largest;
        }
    }
}
