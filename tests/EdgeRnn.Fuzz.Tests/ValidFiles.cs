using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Valid files that together hold every field of the format, with layers named after their kind.</summary>
internal static class ValidFiles
{
    /// <summary>A stream through one layer of each kind with all its optional tensors, standardised first.</summary>
    public static byte[] Stream { get; } = WriteStream();

    /// <summary>Overlapping windows that answer their last step; a strided convolution sets the rhythm.</summary>
    public static byte[] Window { get; } = WriteWindow();

    /// <summary>An encoder and an autoregressive decoder with linked states, spread over steps.</summary>
    public static byte[] Decoder { get; } = WriteDecoder();

    /// <summary>All of them, and the quantized ones.</summary>
    public static byte[][] All => [Stream, Window, Decoder, ValidIntegers.Stream, ValidIntegers.Mixed, ValidIntegers.Decoder, .. ValidDetectors.All];

    public static byte[] Named(string name) => name switch
    {
        nameof(Stream) => Stream,
        nameof(Window) => Window,
        nameof(Decoder) => Decoder,
        "Integers" => ValidIntegers.Stream,
        "Mixed" => ValidIntegers.Mixed,
        nameof(ValidDetectors.Forecast) => ValidDetectors.Forecast,
        nameof(ValidDetectors.Distance) => ValidDetectors.Distance,
        nameof(ValidDetectors.Classes) => ValidDetectors.Classes,
        nameof(ValidDetectors.Peaks) => ValidDetectors.Peaks,
        nameof(ValidDetectors.Drift) => ValidDetectors.Drift,
        nameof(ValidDetectors.Dynamic) => ValidDetectors.Dynamic,
        nameof(ValidDetectors.Counts) => ValidDetectors.Counts,
        "IntegerDecoder" => ValidIntegers.Decoder,
        _ => throw new System.ArgumentException(name),
    };

    /// <summary>The name, then fields, of a graph of one dense layer over one feature.</summary>
    public static RecurrentGraph Tiny(string layerName = "dense") => new()
    {
        Name = "tiny",
        Main = new Subgraph
        {
            InputSize = 1,
            Nodes = [new DenseNode(layerName, [new(0, 0, 1)], Values(1, 1), null, Activation.Linear)],
            Outputs = [new(1, 0, 1)],
        },
    };

    public static Tensor Values(params int[] shape)
    {
        int count = shape.Aggregate(1, (product, size) => product * size);
        return new Tensor(Enumerable.Range(0, count).Select(i => (i % 7 - 3) * 0.0625f).ToArray(), shape);
    }

    private static byte[] WriteStream()
    {
        List<GraphNode> nodes =
        [
            new ConvNode("conv", [new(0, 0, 4)], Values(4, 2, 3), Values(4), Activation.Relu) { Dilation = 2, Groups = 2, PaddedStart = true },
            new DenseNode("dense", [new(1, 0, 4), new(0, 1, 2)], Values(6, 6), Values(6), Activation.Tanh),
            new RnnNode("rnn", [new(2, 0, 6)], Values(5, 6), Values(5, 5), Values(5), Activation.Tanh) { PreActivationClip = 3, InitialHidden = Values(5) },
            new LstmNode("lstm", [new(3, 0, 5)], Values(16, 5), Values(16, 3), Values(16))
            {
                Peepholes = Values(12),
                Projection = Values(3, 4),
                ProjectionBias = Values(3),
                InitialHidden = Values(3),
                InitialCell = Values(4),
            },
            new GruNode("gru", [new(4, 0, 3)], Values(9, 3), Values(9, 3), Values(12), true) { InitialHidden = Values(3) },
            new EmbeddingNode("embedding", [new(0, 0, 1)], Values(5, 3)),
            new ActivationNode("activation", [new(5, 0, 3)], new Activation(ActivationKind.Softmax)),
            new StandardiseNode("standardise", [new(5, 0, 3)], Values(3), Values(3), 2),
            new PairwiseNode("pairwise", [new(7, 0, 3), new(8, 0, 3)], Multiply: true),
            new ArgMaxNode("argmax", [new(9, 0, 3), new(6, 0, 3)]),
            new LstmNode("coupled", [new(3, 0, 5)], Values(9, 5), Values(9, 3), Values(9)) { Coupling = GateCoupling.ForgetFromInput },
        ];
        return ErnnWriter.Write(new RecurrentGraph
        {
            Name = "stream",
            Main = new Subgraph { InputSize = 4, Nodes = nodes, Outputs = [new(10, 0, 1), new(9, 0, 3), new(11, 0, 3)] },
            Preprocessing = new Preprocessing(Values(4).Data, Values(4).Data, 4) { ChannelNames = ["a", "b", "c", "d"], ChannelUnits = ["g", "g", "g", "V"] },
        });
    }

    private static byte[] WriteWindow()
    {
        List<GraphNode> nodes =
        [
            new ConvNode("conv", [new(0, 0, 2)], Values(3, 2, 3), null, Activation.Relu) { Stride = 2 },
            new GruNode("gru", [new(1, 0, 3)], Values(9, 3), Values(9, 3), Values(9), false),
        ];
        return ErnnWriter.Write(new RecurrentGraph
        {
            Name = "window",
            Main = new Subgraph { InputSize = 2, Nodes = nodes, Outputs = [new(2, 0, 3)] },
            Window = new WindowPlan { WindowLength = 9, Hop = 4, Answer = WindowAnswer.LastStep },
        });
    }

    private static byte[] WriteDecoder()
    {
        Subgraph encoder = new()
        {
            InputSize = 2,
            Nodes = [new LstmNode("encoder", [new(0, 0, 2)], Values(16, 2), Values(16, 4), Values(16))],
            Outputs = [new(1, 0, 4)],
        };
        Subgraph decoder = new()
        {
            InputSize = 2,
            Nodes =
            [
                new LstmNode("decoder", [new(0, 0, 2)], Values(16, 2), Values(16, 4), Values(16)),
                new ConvNode("taps", [new(1, 0, 4)], Values(4, 4, 2), null, Activation.Linear) { PaddedStart = true },
                new DenseNode("head", [new(2, 0, 4)], Values(2, 4), null, Activation.Linear),
            ],
            Outputs = [new(3, 0, 2)],
        };
        return ErnnWriter.Write(new RecurrentGraph
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
                StateLinks = [new(0, StatePart.Hidden, 0, StatePart.Hidden), new(0, StatePart.Cell, 0, StatePart.Cell)],
            },
        });
    }
}
