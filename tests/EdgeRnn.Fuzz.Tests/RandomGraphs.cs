using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>
/// Valid graphs with everything the format can say: all layer kinds, skips and joins, values at several rates, windows, decoders,
/// preprocessing. Weights are small enough that states forget, so that float32 and double stay together. The seed decides all.
/// </summary>
internal sealed class RandomGraphs
{
    private readonly Random _random;
    private readonly RandomLayers _layers;
    private readonly bool _integers;
    private readonly bool _links;

    private RandomGraphs(int seed, bool integers, bool links)
    {
        _links = links;
        _random = new Random(seed);
        _integers = integers;
        _layers = new RandomLayers(_random, integers);
    }

    public static RecurrentGraph Create(int seed) => new RandomGraphs(seed, false, true).Next();

    /// <summary>A graph whose layers all have an integer form.</summary>
    public static RecurrentGraph CreateForIntegers(int seed) => new RandomGraphs(seed, true, true).Next();

    /// <summary>A graph in which any layer may stay in float: no state is handed over.</summary>
    public static RecurrentGraph CreateForIslands(int seed) => new RandomGraphs(seed, false, false).Next();

    private RecurrentGraph Next()
    {
        RandomSubgraph main = new(_random, _layers, 1 + _random.Next(6));
        main.Grow(_random.Next(8), steadyOnly: false);
        (WindowPlan? window, Subgraph? decoder, Segment[] outputs) = _random.Next(7) switch
        {
            0 or 1 => (null, null, main.Pieces()),
            2 => EveryStep(main),
            3 => LastStep(main),
            4 => AllSteps(main),
            5 => Decoder(main, endless: false),
            _ => Decoder(main, endless: true),
        };
        RecurrentGraph graph = new()
        {
            Name = "random",
            Main = main.ToSubgraph(outputs),
            Decoder = decoder,
            Window = window,
            BatchAxis = _random.Next(2),
            Preprocessing = _random.Next(2) == 0 ? null : Preprocess(main.InputSize),
        };
        graph.Metadata["source"] = "seed";
        return graph;
    }

    private Preprocessing Preprocess(int channels) =>
        new(_layers.Numbers(channels, 1), _layers.Numbers(channels, 2), _random.Next(2) == 0 ? 0 : 1.5f)
        {
            ChannelNames = Enumerable.Range(0, _random.Next(2) * channels).Select(channel => "channel " + channel).ToArray(),
            ChannelUnits = Enumerable.Range(0, _random.Next(2) * channels).Select(_ => "°C").ToArray(),
        };

    private (WindowPlan?, Subgraph?, Segment[]) EveryStep(RandomSubgraph main) =>
        (Finite(1 + _random.Next(12), WindowAnswer.EveryStep), null, main.Pieces());

    private (WindowPlan?, Subgraph?, Segment[]) LastStep(RandomSubgraph main)
    {
        Segment[] outputs = main.Pieces();
        WindowPlan window = Finite(LengthFor(main, outputs), WindowAnswer.LastStep) with { ReversedInput = Coin() };
        bool endsInPhase = window.WindowLength % main.RateOf(outputs[0].Value).Period == 0;
        return (window with { CarriesState = window.CarriesState && endsInPhase }, null, outputs);
    }

    private (WindowPlan?, Subgraph?, Segment[]) AllSteps(RandomSubgraph main) =>
        (Finite(1 + _random.Next(12), WindowAnswer.AllSteps) with { ReversedInput = Coin() }, null, main.Pieces(0));

    private WindowPlan Finite(int length, WindowAnswer answer)
    {
        int hop = Coin() ? length : 1 + _random.Next(length);
        return new() { WindowLength = length, Hop = hop, Answer = answer, CarriesState = hop == length && Coin() };
    }

    // A window that ends when the pieces arrive.
    private int LengthFor(RandomSubgraph main, Segment[] pieces)
    {
        (int first, int period) = main.RateOf(pieces[0].Value);
        return 1 + first + period * _random.Next(5);
    }

    private (WindowPlan?, Subgraph?, Segment[]) Decoder(RandomSubgraph main, bool endless)
    {
        DecoderFeedback feedback = (DecoderFeedback)_random.Next(3);
        bool handsOver = feedback == DecoderFeedback.Repeat || (feedback == DecoderFeedback.Autoregressive && Coin());
        Segment[] handed = !handsOver ? [] : endless ? main.Pieces(main.ValueOfPeriodOne()) : main.Pieces();
        int first = handsOver ? main.RateOf(handed[0].Value).First : 0;

        RandomSubgraph decoder = new(_random, _layers, handsOver ? Segment.TotalLength(handed) : 1 + _random.Next(5));
        decoder.Grow(_random.Next(5), steadyOnly: true);
        if (feedback == DecoderFeedback.Autoregressive) decoder.AddDense(decoder.InputSize);
        Subgraph decoderGraph = decoder.ToSubgraph(feedback == DecoderFeedback.Autoregressive ? decoder.LastValue() : decoder.Pieces());

        int length = endless ? 0 : handsOver ? LengthFor(main, handed) : 1 + _random.Next(12);
        int hop = endless ? first + 1 + _random.Next(6) : 1 + _random.Next(length);
        int steps = 1 + _random.Next(8);
        WindowPlan window = new()
        {
            WindowLength = length,
            Hop = hop,
            Answer = WindowAnswer.Decoder,
            ReversedInput = !endless && Coin(),
            DecoderSteps = steps,
            DecoderStepsPerTick = Coin() ? 0 : Math.Min(steps, (steps + hop - 1) / hop + _random.Next(2)),
            DecoderInput = handed,
            Feedback = feedback,
            ReversedTarget = Coin(),
            StateLinks = Links(main.Nodes, decoderGraph.Nodes),
        };
        return (window, decoderGraph, main.Pieces());
    }

    // Every state of the decoder that has an equal in size in the first graph is linked, half of the time; in integers also equal in kind.
    private List<StateLink> Links(IReadOnlyList<GraphNode> from, IReadOnlyList<GraphNode> to)
    {
        List<StateLink> links = [];
        if (!_links) return links;
        foreach ((int node, StatePart part, int size) in States(to))
        {
            (int Node, StatePart Part, int Size)[] equals = States(from).Where(state => state.Size == size &&
                (!_integers || (state.Part == part && from[state.Node].GetType() == to[node].GetType()))).ToArray();
            if (equals.Length == 0 || (!_integers && Coin())) continue;
            (int source, StatePart sourcePart, _) = equals[_random.Next(equals.Length)];
            links.Add(new StateLink(source, sourcePart, node, part));
        }
        return links;
    }

    private static IEnumerable<(int Node, StatePart Part, int Size)> States(IReadOnlyList<GraphNode> nodes)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            if (nodes[i] is RnnNode or GruNode or LstmNode) yield return (i, StatePart.Hidden, nodes[i].OutputSize);
            if (nodes[i] is LstmNode lstm) yield return (i, StatePart.Cell, lstm.CellSize);
        }
    }

    private bool Coin() => _random.Next(2) == 0;
}
