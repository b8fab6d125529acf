using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Tests;

/// <summary>A graph that grows layer by layer and knows when each of its values arrives.</summary>
internal sealed class RandomSubgraph
{
    private const int MaxFirst = 40, MaxPeriod = 12;

    private readonly Random _random;
    private readonly RandomLayers _layers;
    private readonly List<GraphNode> _nodes = [];
    private readonly List<(int First, int Period)> _rates = [(0, 1)];

    public RandomSubgraph(Random random, RandomLayers layers, int inputSize)
    {
        _random = random;
        _layers = layers;
        InputSize = inputSize;
    }

    public int InputSize { get; }

    public IReadOnlyList<GraphNode> Nodes => _nodes;

    public (int First, int Period) RateOf(int value) => _rates[value];

    public Subgraph ToSubgraph(Segment[] outputs) => new() { InputSize = InputSize, Nodes = _nodes, Outputs = outputs };

    public void Grow(int layers, bool steadyOnly)
    {
        for (int i = 0; i < layers; i++)
        {
            Segment[] inputs = Pieces();
            GraphNode node = _layers.Next(inputs, PieceOfSize, steadyOnly);
            (int first, int period) = _rates[inputs[0].Value];
            if (node is ConvNode conv)
            {
                if (!conv.PaddedStart) first += (conv.Weights.Shape[2] - 1) * conv.Dilation * period;
                period *= conv.Stride;
            }
            if (first > MaxFirst || period > MaxPeriod) continue;
            _nodes.Add(node);
            _rates.Add((first, period));
        }
    }

    public void AddDense(int outputSize)
    {
        Segment[] inputs = Pieces(0);
        _nodes.Add(_layers.Dense("out", inputs, outputSize));
        _rates.Add((0, 1));
    }

    public Segment[] LastValue() => [new(_nodes.Count, 0, _nodes[^1].OutputSize)];

    public int ValueOfPeriodOne()
    {
        int[] values = Enumerable.Range(0, _rates.Count).Where(value => _rates[value].Period == 1).ToArray();
        return values[_random.Next(values.Length)];
    }

    /// <summary>One to three pieces of values that arrive together; late values are taken more often.</summary>
    public Segment[] Pieces() => Pieces(Math.Max(_random.Next(_rates.Count), _random.Next(_rates.Count)));

    /// <summary>One to three pieces of values that arrive together with <paramref name="value"/>.</summary>
    public Segment[] Pieces(int value)
    {
        List<int> together = Enumerable.Range(0, _rates.Count).Where(other => _rates[other] == _rates[value]).ToList();
        Segment[] pieces = new Segment[1 + _random.Next(3) * _random.Next(2)];
        for (int i = 0; i < pieces.Length; i++)
        {
            int from = i == 0 ? value : together[_random.Next(together.Count)];
            int offset = _random.Next(2) * _random.Next(SizeOf(from));
            int length = _random.Next(2) == 0 ? SizeOf(from) - offset : 1 + _random.Next(SizeOf(from) - offset);
            pieces[i] = new Segment(from, offset, length);
        }
        return pieces;
    }

    // Something as long as all the pieces together, for the second half of a sum: the pieces again, in another order.
    private Segment[] PieceOfSize(Segment[] pieces) => pieces.Reverse().ToArray();

    private int SizeOf(int value) => value == 0 ? InputSize : _nodes[value - 1].OutputSize;
}
