using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;
using EdgeRnn.Tests.Quantized;

namespace EdgeRnn.Tests;

/// <summary>A small model of every kind the runtime has, for tests that must hold for all of them.</summary>
internal static class Specimens
{
    private const int Seed = 20261121;

    private static readonly Dictionary<string, Func<Graphs, RecurrentGraph>> _makers = new()
    {
        ["rnn tanh"] = g => Graphs.Whole(Graphs.Chain(3, g.Rnn(5), g.Dense(2))),
        ["rnn relu, two layers"] = g => Graphs.Whole(Graphs.Chain(3, g.Rnn(5, Activation.Relu), g.Rnn(4, Activation.Relu, "rnn2"))),
        ["gru reset after"] = g => Graphs.Whole(Graphs.Chain(3, g.Gru(7), g.Dense(2))),
        ["gru reset before"] = g => Graphs.Whole(Graphs.Chain(3, g.Gru(7, resetAfter: false), g.Dense(2))),
        ["gru with initial state"] = g => Graphs.Whole(Graphs.Chain(3, x => (GruNode)g.Gru(7)(x) with { InitialHidden = g.Random(7) })),
        ["gru wide"] = g => Graphs.Whole(Graphs.Chain(5, g.Gru(83), g.Dense(17))),
        ["lstm"] = g => Graphs.Whole(Graphs.Chain(3, g.Lstm(6), g.Dense(2))),
        ["lstm with peepholes, clip and initial state"] = g => Graphs.Whole(Graphs.Chain(3, x => (LstmNode)g.Lstm(6)(x) with
        {
            Peepholes = g.Random(18),
            PreActivationClip = 0.7f,
            InitialHidden = g.Random(6),
            InitialCell = g.Random(6),
        })),
        ["lstm projected"] = g => Graphs.Whole(Graphs.Chain(3, x => new LstmNode("lstm", x, g.Random(24, 3), g.Random(24, 4), g.Random(24))
        {
            Projection = g.Random(4, 6),
            ProjectionBias = g.Random(4),
        })),
        ["lstm projected, several blocks"] = g => Graphs.Whole(Graphs.Chain(3, x =>
            new LstmNode("lstm", x, g.Random(280, 3), g.Random(280, 33).Scale(0.2f), g.Random(280))
            {
                Projection = g.Random(33, 70).Scale(0.2f),
            })),
        ["lstm forget from input"] = g => Graphs.Whole(Graphs.Chain(3, x => new LstmNode("lstm", x, g.Random(18, 3), g.Random(18, 6), g.Random(18))
        {
            Coupling = GateCoupling.ForgetFromInput,
        })),
        ["lstm input from forget"] = g => Graphs.Whole(Graphs.Chain(3, x => new LstmNode("lstm", x, g.Random(18, 3), g.Random(18, 6), g.Random(18))
        {
            Coupling = GateCoupling.InputFromForget,
            Peepholes = g.Random(18),
        })),
        ["conv padded, dilated, grouped"] = g => Graphs.Whole(Graphs.Chain(4, g.Conv(6, 3, dilation: 2, groups: 2, padded: true), g.Gru(5))),
        ["conv strided twice"] = g => Graphs.Whole(Graphs.Chain(2, g.Conv(4, 3, stride: 2), g.Conv(3, 2, stride: 3, name: "conv2"), g.Gru(5))),
        ["skip wiring"] = SkipWiring,
        ["embedding, softmax and argmax"] = Tagger,
        ["preprocessing and standardiser"] = g => Graphs.Whole(
            Graphs.Chain(3, x => new StandardiseNode("scale", x, g.Random(3), g.Random(3), 2), g.Gru(4)), null, null,
            new Preprocessing(g.Random(3).Data, g.Random(3).Data, 1.5f) { ChannelNames = ["a", "b", "c"] }),
        ["window, every step"] = g => Graphs.Whole(Graphs.Chain(2, g.Gru(5)), Window(7, 7, WindowAnswer.EveryStep)),
        ["window, last step, overlapping"] = g => Graphs.Whole(Graphs.Chain(2, g.Gru(5)), Window(7, 3, WindowAnswer.LastStep)),
        ["window, all steps, read backwards"] = g => Graphs.Whole(Graphs.Chain(2, g.Lstm(5)),
            Window(6, 4, WindowAnswer.AllSteps) with { ReversedInput = true }),
        ["window, carried state, read backwards"] = g => Graphs.Whole(Graphs.Chain(2, g.Lstm(5)),
            Window(6, 6, WindowAnswer.LastStep) with { ReversedInput = true, CarriesState = true }),
        ["autoencoder, repeat, reversed target"] = g => Autoencoder(g, 5, 5, 0),
        ["autoencoder, overlapping, spread"] = g => Autoencoder(g, 6, 3, 2),
        ["forecaster, autoregressive, endless"] = Forecaster,
    };

    /// <summary>The names of all float specimens.</summary>
    public static TheoryData<string> Names => [.. _makers.Keys];

    /// <summary>The names of all specimens, the quantized ones too.</summary>
    public static TheoryData<string> AllNames => [.. _makers.Keys, .. QuantizedSpecimens.SessionNames];

    /// <summary>The graph of a float specimen; the same numbers at every call.</summary>
    public static RecurrentGraph Graph(string name) => _makers[name](new Graphs(Seed));

    /// <summary>The file of a specimen; the same bytes at every call.</summary>
    public static byte[] File(string name) => _makers.ContainsKey(name) ? ErnnWriter.Write(Graph(name)) : QuantizedSpecimens.File(name);

    public static Model Load(string name) => Model.Load(File(name));

    /// <summary>[steps][inputSize] of input the specimen can use.</summary>
    public static float[][] Signal(Model model, int steps)
    {
        float[][] signal = new Graphs(Seed + 1).Signal(steps, model.InputSize);
        if (model.InputSize > 1) return signal;
        foreach (float[] x in signal) x[0] = MathF.Floor((x[0] + 1) * 2);
        return signal;
    }

    private static WindowPlan Window(int length, int hop, WindowAnswer answer) => new() { WindowLength = length, Hop = hop, Answer = answer };

    // Three inputs for the last layer and two for the answer, as RNNoise is wired, with a residual sum and a gate.
    private static RecurrentGraph SkipWiring(Graphs g)
    {
        GraphNode dense = g.Dense(4, Activation.Tanh)([new(0, 0, 3)]);
        GraphNode first = g.Gru(4, name: "first")([new(1, 0, 4)]);
        GraphNode second = g.Gru(5, resetAfter: false, name: "second")([new(1, 0, 4), new(2, 0, 4), new(0, 1, 2)]);
        GraphNode sum = new PairwiseNode("sum", [new(1, 0, 4), new(2, 0, 4)], Multiply: false);
        GraphNode product = new PairwiseNode("product", [new(4, 0, 2), new(3, 3, 2)], Multiply: true);
        GraphNode soft = new ActivationNode("soft", [new(5, 0, 2), new(0, 0, 1)], new Activation(ActivationKind.Softplus));
        return Graphs.Whole(new Subgraph
        {
            InputSize = 3,
            Nodes = [dense, first, second, sum, product, soft],
            Outputs = [new(6, 0, 3), new(3, 1, 2), new(0, 2, 1)],
        });
    }

    private static RecurrentGraph Tagger(Graphs g)
    {
        Subgraph chain = Graphs.Chain(1, x => new EmbeddingNode("words", x, g.Random(4, 3)), g.Lstm(5),
            g.Dense(4, new Activation(ActivationKind.Softmax)), x => new ArgMaxNode("best", x));
        return Graphs.Whole(new Subgraph { InputSize = 1, Nodes = chain.Nodes, Outputs = [new(4, 0, 1), new(3, 0, 4)] });
    }

    private static RecurrentGraph Autoencoder(Graphs g, int length, int hop, int stepsPerTick) => Graphs.Whole(Graphs.Chain(2, g.Lstm(4)),
        Window(length, hop, WindowAnswer.Decoder) with
        {
            DecoderSteps = length,
            DecoderStepsPerTick = stepsPerTick,
            DecoderInput = [new Segment(1, 0, 4)],
            Feedback = DecoderFeedback.Repeat,
            ReversedTarget = true,
        },
        Graphs.Chain(4, g.Lstm(4), g.Dense(2)));

    private static RecurrentGraph Forecaster(Graphs g) => Graphs.Whole(Graphs.Chain(2, g.Lstm(4)), Window(0, 3, WindowAnswer.Decoder) with
    {
        DecoderSteps = 4,
        DecoderInput = [new Segment(0, 0, 2)],
        Feedback = DecoderFeedback.Autoregressive,
        StateLinks = [new StateLink(0, StatePart.Hidden, 0, StatePart.Hidden), new StateLink(0, StatePart.Cell, 0, StatePart.Cell)],
    }, Graphs.Chain(2, g.Lstm(4), g.Dense(2)));
}
