using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Single layers of every kind with random weights.</summary>
/// <param name="random">Decides all.</param>
/// <param name="integers">Only layers that have an integer form.</param>
internal sealed class RandomLayers(Random random, bool integers)
{
    private readonly List<Tensor> _tensors = [];
    private int _count;

    /// <summary>A layer that reads these pieces, or part of them where its kind cannot read all.</summary>
    public GraphNode Next(Segment[] inputs, Func<Segment[], Segment[]> another, bool steadyOnly)
    {
        string name = "layer" + _count++;
        return random.Next(12) switch
        {
            0 => Dense(name, inputs, Size()),
            1 => Rnn(name, inputs, Size()),
            2 or 3 => Lstm(name, inputs, Size()),
            4 or 5 => Gru(name, inputs, Size()),
            6 => new EmbeddingNode(name, [inputs[0] with { Length = 1 }], Weights(1, 1 + random.Next(5), Size())),
            7 or 8 => Conv(name, inputs, steadyOnly),
            9 => new ActivationNode(name, inputs, Coin() ? new Activation(ActivationKind.Softmax) : AnyActivation()),
            10 => new StandardiseNode(name, inputs, Vector(inputs), Vector(inputs), Coin() ? 0 : 0.75f),
            _ when Coin() => new PairwiseNode(name, [.. inputs, .. another(inputs)], Coin()),
            _ => new ArgMaxNode(name, inputs),
        };
    }

    public DenseNode Dense(string name, Segment[] inputs, int outputs) =>
        new(name, inputs, Weights(FanIn(inputs), outputs, FanIn(inputs)), Optional(outputs), Coin() ? new Activation(ActivationKind.Softmax) : AnyActivation());

    public float[] Numbers(int count, double range)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) numbers[i] = (float)((random.NextDouble() * 2 - 1) * range);
        return numbers;
    }

    private RnnNode Rnn(string name, Segment[] inputs, int hidden) =>
        new(name, inputs, Weights(FanIn(inputs), hidden, FanIn(inputs)), Weights(2 * hidden, hidden, hidden), Weights(1, hidden), CellActivation())
        {
            PreActivationClip = MaybeClip(),
            InitialHidden = Optional(hidden),
        };

    private LstmNode Lstm(string name, Segment[] inputs, int cell)
    {
        GateCoupling coupling = (GateCoupling)random.Next(3);
        bool projects = Coin();
        int gates = coupling == GateCoupling.None ? 4 : 3, outputs = projects ? Size() : cell;
        return new LstmNode(name, inputs, Weights(FanIn(inputs), gates * cell, FanIn(inputs)), Weights(2 * outputs, gates * cell, outputs), Weights(1, gates * cell))
        {
            Coupling = coupling,
            Peepholes = Optional(3 * cell),
            Projection = projects ? Weights(cell, outputs, cell) : null,
            ProjectionBias = projects ? Optional(outputs) : null,
            GateActivation = GateActivation(),
            CellActivation = integers ? BoundedActivation() : CellActivation(),
            OutputActivation = integers ? BoundedActivation() : CellActivation(),
            PreActivationClip = MaybeClip(),
            InitialHidden = Optional(outputs),
            InitialCell = Optional(cell),
        };
    }

    private GruNode Gru(string name, Segment[] inputs, int hidden)
    {
        bool resetAfter = Coin();
        Tensor bias = Weights(1, (resetAfter ? 4 : 3) * hidden);
        return new GruNode(name, inputs, Weights(FanIn(inputs), 3 * hidden, FanIn(inputs)), Weights(2 * hidden, 3 * hidden, hidden), bias, resetAfter)
        {
            GateActivation = GateActivation(),
            CandidateActivation = CellActivation(),
            PreActivationClip = MaybeClip(),
            InitialHidden = Optional(hidden),
        };
    }

    private ConvNode Conv(string name, Segment[] inputs, bool steadyOnly)
    {
        int fanIn = FanIn(inputs), kernel = 1 + random.Next(4);
        int groups = Enumerable.Range(1, fanIn).Where(divisor => fanIn % divisor == 0).OrderBy(_ => random.Next()).First();
        int outputs = groups * (1 + random.Next(3));
        return new ConvNode(name, inputs, Weights(fanIn / groups * kernel, outputs, fanIn / groups, kernel), Optional(outputs), AnyActivation())
        {
            Dilation = 1 + random.Next(3),
            Groups = groups,
            Stride = steadyOnly || Coin() ? 1 : 1 + random.Next(3),
            PaddedStart = steadyOnly || Coin(),
        };
    }

    private Activation AnyActivation() => random.Next(13) switch
    {
        0 => Activation.Linear,
        1 => Activation.Relu,
        2 => new Activation(ActivationKind.LeakyRelu, 0.1f),
        3 => Activation.Sigmoid,
        4 => new Activation(ActivationKind.HardSigmoid, 0.2f, 0.5f),
        5 => Activation.Tanh,
        6 => new Activation(ActivationKind.Affine, 0.5f, 0.25f),
        7 => new Activation(ActivationKind.ThresholdedRelu, 0.3f),
        8 => new Activation(ActivationKind.ScaledTanh, 1.2f, 0.7f),
        9 or 10 or 11 when integers => BoundedActivation(),
        9 => new Activation(ActivationKind.Elu, 0.8f),
        10 => new Activation(ActivationKind.Softsign),
        11 => new Activation(ActivationKind.Softplus),
        _ => new Activation(ActivationKind.Clip, -0.6f, 0.9f),
    };

    private Activation CellActivation() => Coin() ? Activation.Tanh : AnyActivation();

    private Activation BoundedActivation() => Coin() ? Activation.Tanh : GateActivation();

    private Activation GateActivation() => Coin() ? Activation.Sigmoid : new Activation(ActivationKind.HardSigmoid, 0.2f, 0.5f);

    // Rows of length fanIn whose sum of magnitudes is at most 1, so that no layer amplifies.
    private Tensor Weights(int fanIn, params int[] shape)
    {
        int count = shape.Aggregate(1, (product, size) => product * size);
        Tensor? tied = _tensors.Find(tensor => tensor.Shape.AsSpan().SequenceEqual(shape));
        if (tied != null && random.Next(4) == 0) return tied;
        _tensors.Add(new Tensor(Numbers(count, 1.0 / fanIn), shape));
        return _tensors[^1];
    }

    private Tensor Vector(Segment[] inputs) => Weights(1, FanIn(inputs));

    private Tensor? Optional(int size) => Coin() ? null : Weights(1, size);

    private float MaybeClip() => Coin() ? 0 : 0.8f;

    private int Size() => random.Next(16) == 0 ? 17 + random.Next(20) : 1 + random.Next(6);

    private static int FanIn(Segment[] inputs) => Segment.TotalLength(inputs);

    private bool Coin() => random.Next(2) == 0;
}
