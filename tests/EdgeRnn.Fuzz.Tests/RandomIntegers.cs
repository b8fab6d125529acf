using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Random graphs in integers: a scheme for each layer, formats that hold everything or let much of it saturate.</summary>
internal static class RandomIntegers
{
    private static readonly Scheme[] _schemes = [Scheme.W16A16, Scheme.W8A16, Scheme.W8A8, Scheme.W4A16];

    /// <summary>A quantized graph; every third has float layers too. The seed decides all.</summary>
    public static QuantizedGraph Create(int seed)
    {
        bool islands = HasIslands(seed);
        RecurrentGraph prepared = Quantizer.Prepare(islands ? RandomGraphs.CreateForIslands(seed) : RandomGraphs.CreateForIntegers(seed));
        Random random = new(seed);
        Dictionary<string, Scheme> layers = [];
        foreach (GraphNode node in prepared.Main.Nodes.Concat(prepared.Decoder?.Nodes ?? []))
        {
            bool inFloat = islands && (random.Next(3) == 0 || !HasIntegerForm(node));
            layers[node.Name] = inFloat ? Scheme.F32 : _schemes[random.Next(_schemes.Length)];
        }
        QuantizationSettings settings = new() { Layers = layers };
        ValueRanges bounds = IntervalBounds.Of(prepared);
        int narrower = random.Next(2) * random.Next(1, 8);
        return Try(bounds.Signals, value => Math.ScaleB(value, -narrower)) ?? Try(bounds.Signals, value => value)
            ?? Try(bounds.Signals, value => Math.Min(value, 16)) ?? throw new InvalidOperationException($"seed {seed} cannot be quantized");

        // Bounds are wide; half of the graphs get formats too small for them. Where weights do not suit the formats, others are tried.
        QuantizedGraph? Try(IReadOnlyDictionary<SignalId, ValueRange> signals, Func<double, double> change)
        {
            ValueRanges ranges = new(signals.ToDictionary(pair => pair.Key, pair => ValueRange.Of(change(pair.Value.Magnitude))), true, []);
            try
            {
                return Quantizer.Quantize(prepared, ranges, settings);
            }
            catch (ConversionException)
            {
                return null;
            }
        }
    }

    private static bool HasIslands(int seed) => seed % 3 == 0;

    private static bool HasIntegerForm(GraphNode node) => node switch
    {
        DenseNode dense => Supports(dense.Activation),
        RnnNode rnn => Supports(rnn.Activation),
        ConvNode conv => Supports(conv.Activation),
        ActivationNode activation => Supports(activation.Activation),
        GruNode gru => Supports(gru.CandidateActivation),
        LstmNode lstm => ActivationFormat.IsBounded(lstm.CellActivation) && ActivationFormat.IsBounded(lstm.OutputActivation),
        EmbeddingNode embedding => embedding.Inputs[0].Value == 0,
        _ => true,
    };

    private static bool Supports(Activation activation) => ActivationFormat.IsSupported(activation);
}
