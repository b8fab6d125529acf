using System;
using System.Collections.Generic;
using System.Linq;
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
        RecurrentGraph prepared = Quantizer.Prepare(islands ? RandomGraphs.Create(seed) : RandomGraphs.CreateForIntegers(seed));
        Random random = new(seed);
        // Bounds are wide; half of the graphs get formats too small for them.
        double narrower = random.Next(2) == 0 ? 1 : Math.ScaleB(1, -random.Next(1, 8));
        ValueRanges bounds = IntervalBounds.Of(prepared);
        ValueRanges ranges = new(bounds.Signals.ToDictionary(pair => pair.Key, pair => ValueRange.Of(pair.Value.Magnitude * narrower)), true, []);
        Dictionary<string, Scheme> layers = [];
        Add(prepared.Main, link => link.MainNode);
        if (prepared.Decoder != null) Add(prepared.Decoder, link => link.DecoderNode);
        return Quantizer.Quantize(prepared, ranges, new QuantizationSettings { Layers = layers });

        void Add(Subgraph graph, Func<StateLink, int> linkedNode)
        {
            for (int i = 0; i < graph.Nodes.Count; i++)
            {
                bool linked = prepared.Window != null && prepared.Window.StateLinks.Any(link => linkedNode(link) == i);
                bool inFloat = islands && (random.Next(3) == 0 || !HasIntegerForm(graph.Nodes[i]));
                layers[graph.Nodes[i].Name] = inFloat && !linked ? Scheme.F32 : _schemes[random.Next(_schemes.Length)];
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
