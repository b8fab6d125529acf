using System.Collections.Generic;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Converter.Quantize.Ranges;
using EdgeRnn.Runtime;
using static EdgeRnn.Tests.ValidFiles;

namespace EdgeRnn.Tests;

/// <summary>Valid quantized files that together hold every field of the format, with layers named after their kind.</summary>
internal static class ValidIntegers
{
    /// <summary>A stream through integer layers of all kinds but the embedding and in all schemes, standardised first.</summary>
    public static byte[] Stream { get; } = ErnnWriter.Write(Quantized(StreamGraph(), new()
    {
        ["dense"] = Scheme.W16A16,
        ["rnn"] = Scheme.W8A8,
        ["lstm"] = Scheme.W4A16,
        ["coupled"] = Scheme.W16A16,
    }));

    /// <summary>Overlapping windows over words; a float layer stands between integer layers.</summary>
    public static byte[] Mixed { get; } = ErnnWriter.Write(Quantized(MixedGraph(), new() { ["island"] = Scheme.F32, ["rested"] = Scheme.F32 }));

    /// <summary>An encoder and an autoregressive decoder with linked states, spread over steps.</summary>
    public static byte[] Decoder { get; } = ErnnWriter.Write(Quantized(DecoderGraph(), new() { ["head"] = Scheme.W16A16 }));

    /// <summary>A graph in integers, in formats that bounds ask for.</summary>
    public static QuantizedGraph Quantized(RecurrentGraph graph, Dictionary<string, Scheme> layers)
    {
        RecurrentGraph prepared = Quantizer.Prepare(graph);
        return Quantizer.Quantize(prepared, IntervalBounds.Of(prepared), new QuantizationSettings { Layers = layers });
    }

    private static RecurrentGraph StreamGraph()
    {
        List<GraphNode> nodes =
        [
            new ConvNode("conv", [new(0, 0, 4)], Values(4, 2, 3), Values(4), Activation.Relu) { Dilation = 2, Groups = 2, PaddedStart = true },
            new DenseNode("dense", [new(1, 0, 4), new(0, 1, 2)], Values(6, 6), Values(6), new Activation(ActivationKind.LeakyRelu, 0.1f)),
            new RnnNode("rnn", [new(2, 0, 6)], Values(5, 6), Values(5, 5), Values(5), Activation.Tanh) { PreActivationClip = 3, InitialHidden = Values(5) },
            new LstmNode("lstm", [new(3, 0, 5)], Values(16, 5), Values(16, 3), Values(16))
            {
                Peepholes = Values(12),
                Projection = Values(3, 4),
                ProjectionBias = Values(3),
                InitialHidden = Values(3),
                InitialCell = Values(4),
            },
            new GruNode("gru", [new(4, 0, 3)], Values(9, 3), Values(9, 3), Values(12), true) { InitialHidden = Values(3), CandidateActivation = Activation.Relu },
            new ActivationNode("activation", [new(5, 0, 3)], new Activation(ActivationKind.Softmax)),
            new StandardiseNode("standardise", [new(5, 0, 3)], Values(3), Values(3), 2),
            new PairwiseNode("pairwise", [new(6, 0, 3), new(7, 0, 3)], Multiply: true),
            new ArgMaxNode("argmax", [new(8, 0, 3), new(6, 0, 3)]),
            new LstmNode("coupled", [new(3, 0, 5)], Values(9, 5), Values(9, 3), Values(9)) { Coupling = GateCoupling.ForgetFromInput },
        ];
        return new RecurrentGraph
        {
            Name = "integers",
            Main = new Subgraph { InputSize = 4, Nodes = nodes, Outputs = [new(9, 0, 1), new(8, 0, 3), new(10, 0, 3)] },
            Preprocessing = new Preprocessing(Values(4).Data, [0.5f, -0.5f, 0.25f, 2], 4) { ChannelNames = ["a", "b", "c", "d"], ChannelUnits = ["g", "g", "g", "V"] },
        };
    }

    private static RecurrentGraph MixedGraph()
    {
        List<GraphNode> nodes =
        [
            new EmbeddingNode("embedding", [new(0, 0, 1)], Values(7, 3)),
            new ConvNode("conv", [new(1, 0, 3)], Values(3, 3, 3), null, Activation.Relu) { Stride = 2 },
            new GruNode("island", [new(2, 0, 3)], Values(9, 3), Values(9, 3), Values(9), false),
            new ConvNode("rested", [new(3, 0, 3)], Values(2, 3, 2), null, Activation.Tanh) { PaddedStart = true },
            new GruNode("gru", [new(3, 0, 3), new(4, 0, 2)], Values(9, 5), Values(9, 3), Values(9), false),
        ];
        return new RecurrentGraph
        {
            Name = "mixed",
            Main = new Subgraph { InputSize = 1, Nodes = nodes, Outputs = [new(5, 0, 3)] },
            Window = new WindowPlan { WindowLength = 9, Hop = 4, Answer = WindowAnswer.LastStep },
        };
    }

    private static RecurrentGraph DecoderGraph()
    {
        Subgraph encoder = new()
        {
            InputSize = 2,
            Nodes =
            [
                new LstmNode("encoder", [new(0, 0, 2)], Values(16, 2), Values(16, 4), Values(16)),
                new GruNode("memory", [new(0, 0, 2)], Values(12, 2), Values(12, 4), Values(12), false),
            ],
            Outputs = [new(1, 0, 4)],
        };
        Subgraph decoder = new()
        {
            InputSize = 2,
            Nodes =
            [
                new LstmNode("decoder", [new(0, 0, 2)], Values(16, 2), Values(16, 4), Values(16)),
                new GruNode("recall", [new(0, 0, 2)], Values(12, 2), Values(12, 4), Values(12), false),
                new ConvNode("taps", [new(1, 0, 4)], Values(4, 4, 2), null, Activation.Linear) { PaddedStart = true },
                new DenseNode("head", [new(3, 0, 4), new(2, 0, 4)], Values(2, 8), null, Activation.Linear),
            ],
            Outputs = [new(4, 0, 2)],
        };
        return new RecurrentGraph
        {
            Name = "decoder",
            Main = encoder,
            Decoder = decoder,
            Window = new WindowPlan
            {
                WindowLength = 6,
                Hop = 3,
                Answer = WindowAnswer.Decoder,
                DecoderSteps = 6,
                DecoderStepsPerTick = 2,
                DecoderInput = [new(0, 0, 2)],
                Feedback = DecoderFeedback.Autoregressive,
                StateLinks =
                [
                    new(0, StatePart.Hidden, 0, StatePart.Hidden), new(0, StatePart.Cell, 0, StatePart.Cell),
                    new(1, StatePart.Hidden, 1, StatePart.Hidden),
                ],
            },
        };
    }
}
