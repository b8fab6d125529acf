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
        // Bounds are wide; half of the graphs get formats too small for them, as far as their weights allow it.
        for (int narrower = random.Next(2) * random.Next(1, 8); narrower > 0; narrower--)
        {
            try
            {
                return Quantizer.Quantize(prepared, Narrowed(bounds, narrower), settings);
            }
            catch (ConversionException)
            {
                continue;
            }
        }
        return Quantizer.Quantize(prepared, bounds, settings);
    }

    private static ValueRanges Narrowed(ValueRanges ranges, int bits) =>
        new(ranges.Signals.ToDictionary(pair => pair.Key, pair => ValueRange.Of(Math.ScaleB(pair.Value.Magnitude, -bits))), true, []);

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
