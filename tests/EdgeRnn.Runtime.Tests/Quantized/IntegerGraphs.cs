using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantized;

/// <summary>
/// Small models with what only integers make different: functions that have a form of their own, values in several formats, rows longer
/// than one accumulator, groups of 4-bit weights that are not full.
/// </summary>
internal static class IntegerGraphs
{
    private const int Seed = 20261122;

    /// <summary>Factor for the weights of wide layers: at +-1 each rounding grows until the stream itself is lost.</summary>
    public const float Calm = 0.15f;

    private static readonly Activation _hardSigmoid = new(ActivationKind.HardSigmoid, 0.2f, 0.5f);
    private static readonly Activation _scaledTanh = new(ActivationKind.ScaledTanh, 1.7159f, 0.6667f);
    private static readonly Activation _leaky = new(ActivationKind.LeakyRelu, 0.1f);

    private static readonly Activation[] _functions =
    [
        Activation.Linear, Activation.Relu, _leaky, Activation.Sigmoid, _hardSigmoid, Activation.Tanh, new(ActivationKind.Affine, -0.7f, 0.3f),
        new(ActivationKind.ThresholdedRelu, 0.05f), _scaledTanh, new(ActivationKind.Clip, -0.3f, 0.6f), new(ActivationKind.Softmax),
    ];

    private static readonly Dictionary<string, Func<Graphs, RecurrentGraph>> _makers = new()
    {
        ["gru relu candidate"] = g => Graphs.Whole(Graphs.Chain(3, Relu(g, true), g.Dense(2))),
        ["gru relu candidate, reset before"] = g => Graphs.Whole(Graphs.Chain(3, Relu(g, false), g.Dense(2))),
        ["gru hard sigmoid, scaled tanh, initial state"] = g => Graphs.Whole(Graphs.Chain(3, x => (GruNode)g.Gru(6)(x) with
        {
            GateActivation = _hardSigmoid,
            CandidateActivation = _scaledTanh,
            InitialHidden = g.Random(6),
        })),
        ["gru sigmoid candidate, clip"] = g => Graphs.Whole(Graphs.Chain(3, x => (GruNode)g.Gru(6, resetAfter: false)(x) with
        {
            CandidateActivation = Activation.Sigmoid,
            PreActivationClip = 0.8f,
        })),
        ["lstm hard sigmoid everywhere"] = g => Graphs.Whole(Graphs.Chain(3, x => (LstmNode)g.Lstm(6)(x) with
        {
            GateActivation = _hardSigmoid,
            CellActivation = new Activation(ActivationKind.HardSigmoid, 0.3f, 0.4f),
            OutputActivation = Activation.Sigmoid,
        })),
        ["lstm coupled, projected, peepholes, clip"] = g => Graphs.Whole(Graphs.Chain(3, x =>
            new LstmNode("lstm", x, g.Random(18, 3), g.Random(18, 4), g.Random(18))
            {
                Coupling = GateCoupling.ForgetFromInput,
                GateActivation = _hardSigmoid,
                Peepholes = g.Random(18),
                Projection = g.Random(4, 6),
                PreActivationClip = 1.5f,
                InitialHidden = g.Random(4),
                InitialCell = g.Random(6),
            })),
        ["rnn leaky relu, clip, initial state"] = g => Graphs.Whole(Graphs.Chain(3, x => (RnnNode)g.Rnn(5, _leaky)(x) with
        {
            PreActivationClip = 1.2f,
            InitialHidden = g.Random(5),
        })),
        ["dense of every function"] = EveryDense,
        ["every function"] = EveryFunction,
        ["conv of every function"] = g => Graphs.Whole(Graphs.Chain(3, x => new ConvNode("relu", x, g.Random(4, 3, 2), null, Activation.Relu),
            x => new ConvNode("tanh", x, g.Random(6, 2, 3), g.Random(6), Activation.Tanh) { Groups = 2, Stride = 2 },
            x => new ConvNode("leaky", x, g.Random(4, 6, 1), g.Random(4), _leaky),
            x => new ConvNode("scaled", x, g.Random(3, 4, 2), g.Random(3), _scaledTanh) { Dilation = 3, PaddedStart = true })),
        ["different formats"] = DifferentFormats,
        ["rows longer than an accumulator"] = g => Graphs.Whole(Graphs.Chain(701, x =>
            new DenseNode("wide", x, Signs(g, 9, 701), g.Random(9), Activation.Tanh), g.Gru(4), g.Dense(3))),
        ["half filled groups"] = g => Magnified(Graphs.Whole(Graphs.Chain(37, g.Gru(41), g.Lstm(35),
            x => new DenseNode("head", x, g.Random(3, 35), null, Activation.Linear))), Calm),
        ["wide table"] = g => Graphs.Whole(Graphs.Chain(1, x => new EmbeddingNode("words", x, g.Random(4, 39).Scale(3)), g.Dense(3, Activation.Tanh))),
        ["table read from a computed value"] = g => Graphs.Whole(Graphs.Chain(2, x => new DenseNode("which", x, g.Random(1, 2).Scale(9), null, Activation.Relu),
            x => new EmbeddingNode("words", x, Slope(12, 3)))),
        ["standardiser inside, negative and tiny scales"] = g => Graphs.Whole(Graphs.Chain(3, x => new StandardiseNode("scale", x,
            new Tensor([0.5f, -40, 0], 3), new Tensor([-3, 0.02f, 1e-3f], 3), 0), g.Dense(3, Activation.Tanh))),
    };

    public static IEnumerable<string> Names => _makers.Keys;

    public static bool Has(string name) => _makers.ContainsKey(name);

    /// <summary>The same numbers at every call.</summary>
    public static RecurrentGraph Make(string name) => _makers[name](new Graphs(Seed));

    /// <summary>The graph with every weight and bias times a factor.</summary>
    public static RecurrentGraph Magnified(RecurrentGraph graph, float factor) => new()
    {
        Name = graph.Name,
        Main = Magnified(graph.Main, factor),
        Decoder = graph.Decoder == null ? null : Magnified(graph.Decoder, factor),
        Window = graph.Window,
        Preprocessing = graph.Preprocessing,
    };

    private static Subgraph Magnified(Subgraph graph, float factor) =>
        new() { InputSize = graph.InputSize, Nodes = [.. graph.Nodes.Select(node => Magnified(node, factor))], Outputs = graph.Outputs };

    private static GraphNode Magnified(GraphNode node, float factor) => node switch
    {
        DenseNode dense => dense with { Weights = dense.Weights.Scale(factor), Bias = dense.Bias?.Scale(factor) },
        RnnNode rnn => rnn with
        {
            InputWeights = rnn.InputWeights.Scale(factor),
            RecurrentWeights = rnn.RecurrentWeights.Scale(factor),
            Bias = rnn.Bias.Scale(factor),
        },
        GruNode gru => gru with
        {
            InputWeights = gru.InputWeights.Scale(factor),
            RecurrentWeights = gru.RecurrentWeights.Scale(factor),
            Bias = gru.Bias.Scale(factor),
        },
        LstmNode lstm => lstm with
        {
            InputWeights = lstm.InputWeights.Scale(factor),
            RecurrentWeights = lstm.RecurrentWeights.Scale(factor),
            Bias = lstm.Bias.Scale(factor),
            Peepholes = lstm.Peepholes?.Scale(factor),
            Projection = lstm.Projection?.Scale(factor),
        },
        ConvNode conv => conv with { Weights = conv.Weights.Scale(factor), Bias = conv.Bias?.Scale(factor) },
        _ => node,
    };

    private static Func<IReadOnlyList<Segment>, GraphNode> Relu(Graphs g, bool resetAfter) => x =>
        new GruNode("gru", x, g.Random(18, 3), g.Random(18, 6).Scale(0.4f), g.Random(resetAfter ? 24 : 18), resetAfter)
        {
            CandidateActivation = Activation.Relu,
        };

    // Weights of +-1, so that every row comes as near to its accumulator's limit as a row can.
    private static Tensor Signs(Graphs g, int rows, int columns) =>
        new(Array.ConvertAll(g.Random(rows, columns).Data, value => value < 0 ? -1f : 1f), rows, columns);

    // Rows that differ little from their neighbours, for a number may be rounded to either of two.
    private static Tensor Slope(int rows, int columns) =>
        new([.. Enumerable.Range(0, rows * columns).Select(i => (i / columns - 5) * 0.02f + (i % columns) * 0.3f)], rows, columns);

    private static RecurrentGraph EveryDense(Graphs g) => Parallel(4, (i, input) =>
        new DenseNode("dense " + _functions[i].Kind, [input], g.Random(3, 4), i % 2 == 0 ? g.Random(3) : null, _functions[i]));

    private static RecurrentGraph Parallel(int inputSize, Func<int, Segment, GraphNode> make)
    {
        GraphNode[] nodes = [.. Enumerable.Range(0, _functions.Length).Select(i => make(i, new Segment(0, 0, inputSize)))];
        return Graphs.Whole(new Subgraph
        {
            InputSize = inputSize,
            Nodes = nodes,
            Outputs = [.. nodes.Select((node, i) => new Segment(i + 1, 0, node.OutputSize))],
        });
    }

    // Each reads pieces of two formats: the second value is eight times as large as the first.
    private static RecurrentGraph EveryFunction(Graphs g)
    {
        GraphNode wide = new DenseNode("wide", [new(0, 0, 2)], g.Random(2, 2).Scale(8), null, Activation.Linear);
        GraphNode[] functions = [.. _functions.Select(f => new ActivationNode("just " + f.Kind, [new(0, 0, 2), new(1, 0, 2)], f))];
        return Graphs.Whole(new Subgraph
        {
            InputSize = 2,
            Nodes = [wide, .. functions],
            Outputs = [.. functions.Select((_, i) => new Segment(i + 2, 0, 4))],
        });
    }

    // A tanh, a relu of about 20 and the input itself, read together by every kind of layer that can.
    private static RecurrentGraph DifferentFormats(Graphs g)
    {
        Segment[] pieces = [new(2, 1, 3), new(0, 0, 3), new(1, 0, 4)];
        GraphNode[] nodes =
        [
            new DenseNode("small", [new(0, 0, 3)], g.Random(4, 3), g.Random(4), Activation.Tanh),
            new DenseNode("large", [new(0, 0, 3)], g.Random(4, 3).Scale(12), g.Random(4), Activation.Relu),
            new DenseNode("dense", pieces, g.Random(3, 10).Scale(0.2f), g.Random(3), Activation.Linear),
            new RnnNode("rnn", pieces, g.Random(3, 10).Scale(0.2f), g.Random(3, 3), g.Random(3), Activation.Tanh),
            new GruNode("gru", pieces, g.Random(9, 10).Scale(0.2f), g.Random(9, 3), g.Random(12), ResetAfter: true),
            new LstmNode("lstm", pieces, g.Random(12, 10).Scale(0.2f), g.Random(12, 3), g.Random(12)),
            new ConvNode("conv", pieces, g.Random(3, 10, 2).Scale(0.2f), g.Random(3), Activation.Tanh) { PaddedStart = true },
            new PairwiseNode("sum", [new(1, 0, 3), new(2, 0, 3)], Multiply: false),
            new PairwiseNode("product", [new(1, 1, 3), new(2, 1, 3)], Multiply: true),
            new StandardiseNode("scale", [new(1, 0, 2), new(2, 0, 2)], g.Random(4), g.Random(4), 1.5f),
            new ArgMaxNode("best", [new(1, 0, 4), new(2, 0, 4)]),
        ];
        return Graphs.Whole(new Subgraph
        {
            InputSize = 3,
            Nodes = nodes,
            Outputs = [.. nodes.Select((node, i) => new Segment(i + 1, 0, node.OutputSize)), new(0, 1, 1)],
        });
    }
}
