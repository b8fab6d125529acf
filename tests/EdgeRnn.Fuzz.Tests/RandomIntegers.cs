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

    // Another seed where one cannot be quantized: rare weights, or links, that have no integer form.
    private const int NextSeed = 3_000_003;

    /// <summary>A quantized graph; every third has float layers too. The seed decides all.</summary>
    public static QuantizedGraph Create(int seed)
    {
        for (; ; seed += NextSeed)
        {
            if (TryCreate(seed) is { } graph) return graph;
        }
    }

    private static QuantizedGraph? TryCreate(int seed)
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
        // Bounds are wide; half of the graphs get formats too small for them, as far as their weights suit these.
        int narrower = random.Next(2) * random.Next(1, 8);
        return Quantize(prepared, layers, narrower) ?? Quantize(prepared, layers, 0);
    }

    private static QuantizedGraph? Quantize(RecurrentGraph prepared, Dictionary<string, Scheme> layers, int narrower)
    {
        Dictionary<SignalId, ValueRange> ranges = IntervalBounds.Of(prepared).Signals
            .ToDictionary(pair => pair.Key, pair => ValueRange.Of(Math.ScaleB(pair.Value.Magnitude, -narrower)));
        ValueRanges allowed = new(new RangeRules(prepared).Apply(ranges), true, []);
        try
        {
            return Quantizer.Quantize(prepared, allowed, new QuantizationSettings { Layers = layers });
        }
        catch (ConversionException)
        {
            return null;
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
        _ => true,
    };

    private static bool Supports(Activation activation) => ActivationFormat.IsSupported(activation);
}
