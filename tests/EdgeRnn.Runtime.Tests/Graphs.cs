using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Small random graphs for tests. Every value comes from the seed.</summary>
internal sealed class Graphs
{
    private readonly Random _random;

    public Graphs(int seed) => _random = new Random(seed);

    public static Model Load(Subgraph main, WindowPlan? window = null, Subgraph? decoder = null, Preprocessing? preprocessing = null) =>
        Model.Load(Write(main, window, decoder, preprocessing));

    public static byte[] Write(Subgraph main, WindowPlan? window = null, Subgraph? decoder = null, Preprocessing? preprocessing = null) =>
        ErnnWriter.Write(Whole(main, window, decoder, preprocessing));

    public static RecurrentGraph Whole(Subgraph main, WindowPlan? window = null, Subgraph? decoder = null, Preprocessing? preprocessing = null) =>
        new() { Name = "test", Main = main, Decoder = decoder, Window = window, Preprocessing = preprocessing };

    /// <summary>Layers one after another, each reading all of the one before.</summary>
    public static Subgraph Chain(int inputSize, params Func<IReadOnlyList<Segment>, GraphNode>[] layers)
    {
        List<GraphNode> nodes = [];
        Segment last = new(0, 0, inputSize);
        foreach (Func<IReadOnlyList<Segment>, GraphNode> layer in layers)
        {
            nodes.Add(layer([last]));
            last = new Segment(nodes.Count, 0, nodes[^1].OutputSize);
        }
        return new Subgraph { InputSize = inputSize, Nodes = nodes, Outputs = [last] };
    }

    public Tensor Random(params int[] shape)
    {
        int count = 1;
        foreach (int size in shape) count *= size;
        float[] data = new float[count];
        for (int i = 0; i < count; i++) data[i] = Next();
        return new Tensor(data, shape);
    }

    /// <summary>[steps][features] values in [-1, 1).</summary>
    public float[][] Signal(int steps, int features)
    {
        float[][] signal = new float[steps][];
        for (int step = 0; step < steps; step++) signal[step] = Random(features).Data;
        return signal;
    }

    public float Next() => (float)(_random.NextDouble() * 2 - 1);

    public Func<IReadOnlyList<Segment>, GraphNode> Gru(int hiddenSize, bool resetAfter = true, string name = "gru") => inputs =>
        new GruNode(name, inputs, Random(3 * hiddenSize, Segment.TotalLength(inputs)), Random(3 * hiddenSize, hiddenSize),
            Random((resetAfter ? 4 : 3) * hiddenSize), resetAfter);

    public Func<IReadOnlyList<Segment>, GraphNode> Lstm(int hiddenSize, string name = "lstm") => inputs =>
        new LstmNode(name, inputs, Random(4 * hiddenSize, Segment.TotalLength(inputs)), Random(4 * hiddenSize, hiddenSize),
            Random(4 * hiddenSize));

    public Func<IReadOnlyList<Segment>, GraphNode> Rnn(int hiddenSize, Activation? activation = null, string name = "rnn") => inputs =>
        new RnnNode(name, inputs, Random(hiddenSize, Segment.TotalLength(inputs)), Random(hiddenSize, hiddenSize).Scale(0.5f),
            Random(hiddenSize), activation ?? Activation.Tanh);

    public Func<IReadOnlyList<Segment>, GraphNode> Dense(int outputSize, Activation? activation = null, string name = "dense") => inputs =>
        new DenseNode(name, inputs, Random(outputSize, Segment.TotalLength(inputs)), Random(outputSize), activation ?? Activation.Linear);

    public Func<IReadOnlyList<Segment>, GraphNode> Conv(int outputSize, int kernel, int dilation = 1, int groups = 1, int stride = 1,
        bool padded = false, string name = "conv") => inputs =>
        new ConvNode(name, inputs, Random(outputSize, Segment.TotalLength(inputs) / groups, kernel), Random(outputSize), Activation.Relu)
        {
            Dilation = dilation,
            Groups = groups,
            Stride = stride,
            PaddedStart = padded,
        };
}
