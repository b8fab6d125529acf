using System;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantize;

/// <summary>Models whose ranges depend on the data.</summary>
internal static class CalibrationModels
{
    public const float Clip = 10;

    /// <summary>Three channels, a relu layer, a relu GRU that forgets, a linear answer of two features.</summary>
    public static RecurrentGraph Relu(bool standardised)
    {
        Random random = new(99);
        GraphNode dense = new DenseNode("dense", [new(0, 0, 3)], Numbers(random, 0.5, 8, 3), Numbers(random, 0.2, 8),
            Activation.Relu);
        GraphNode gru = new GruNode("gru", [new(1, 0, 8)], Numbers(random, 0.5, 18, 8), Numbers(random, 0.2, 18, 6),
            Numbers(random, 0.2, 24), ResetAfter: true)
        {
            CandidateActivation = Activation.Relu,
        };
        GraphNode head = new DenseNode("head", [new(2, 0, 6)], Numbers(random, 0.5, 2, 6), null, Activation.Linear);
        return new RecurrentGraph
        {
            Name = "relu",
            Main = new Subgraph { InputSize = 3, Nodes = [dense, gru, head], Outputs = [new(3, 0, 2)] },
            Preprocessing = standardised ? new Preprocessing([5, -3, 0], [0.5f, 2, 1], Clip) : null,
        };
    }

    /// <summary>An encoder with a tanh cell whose state a relu cell goes on from; windows of 20 steps.</summary>
    public static RecurrentGraph Autoregressive()
    {
        Random random = new(98);
        GruNode encoder = new("encoder", [new(0, 0, 2)], Numbers(random, 1, 12, 2), Numbers(random, 0.3, 12, 4),
            Numbers(random, 0.2, 16), ResetAfter: true);
        RnnNode decoder = new("decoder", [new(0, 0, 2)], Numbers(random, 1, 4, 2), Numbers(random, 0.3, 4, 4),
            Numbers(random, 3, 4), Activation.Relu);
        DenseNode head = new("head", [new(1, 0, 4)], Numbers(random, 0.2, 2, 4), null, Activation.Linear);
        return new RecurrentGraph
        {
            Name = "forecaster",
            Main = new Subgraph { InputSize = 2, Nodes = [encoder], Outputs = [new(1, 0, 4)] },
            Decoder = new Subgraph { InputSize = 2, Nodes = [decoder, head], Outputs = [new(2, 0, 2)] },
            Window = new WindowPlan
            {
                WindowLength = 20,
                Hop = 20,
                Answer = WindowAnswer.Decoder,
                DecoderSteps = 5,
                DecoderInput = [new(0, 0, 2)],
                Feedback = DecoderFeedback.Autoregressive,
                StateLinks = [new(0, StatePart.Hidden, 0, StatePart.Hidden)],
            },
        };
    }

    private static Tensor Numbers(Random random, double range, params int[] shape)
    {
        int count = shape.Aggregate(1, (product, size) => product * size);
        return new Tensor([.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2 - 1) * range))], shape);
    }
}
