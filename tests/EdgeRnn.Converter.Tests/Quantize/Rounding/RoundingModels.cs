using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantize.Rounding;

/// <summary>One layer of each kind that multiplies, before a dense head; weights from a seed.</summary>
internal sealed class RoundingModels
{
    public const int Inputs = 4;

    private const int Hidden = 8;

    private readonly Random _random;
    private readonly Dictionary<string, Func<GraphNode>> _kinds;

    public RoundingModels(int seed)
    {
        _random = new Random(seed);
        Segment[] input = [new(0, 0, Inputs)];
        _kinds = new Dictionary<string, Func<GraphNode>>
        {
            ["dense"] = () => new DenseNode("layer", input, Weights(Hidden, Inputs), Weights(Hidden), Activation.Tanh),
            ["rnn"] = () => new RnnNode("layer", input, Weights(Hidden, Inputs), Weights(Hidden, Hidden), Weights(Hidden), Activation.Tanh),
            ["gru, reset after"] = () => Gru(input, resetAfter: true),
            ["gru, reset before"] = () => Gru(input, resetAfter: false),
            ["lstm"] = () => new LstmNode("layer", input, Weights(4 * Hidden, Inputs), Weights(4 * Hidden, Hidden), Weights(4 * Hidden)),
            ["lstm with projection"] = () => new LstmNode("layer", input, Weights(48, Inputs), Weights(48, Hidden), Weights(48))
            {
                Projection = Weights(Hidden, 12),
                ProjectionBias = Weights(Hidden),
            },
            ["convolution in groups"] = () => new ConvNode("layer", input, Weights(Hidden, 2, 5), Weights(Hidden), Activation.Tanh)
            {
                Groups = 2,
                Dilation = 2,
                PaddedStart = true,
            },
        };
    }

    public IEnumerable<string> Kinds => _kinds.Keys;

    public RecurrentGraph Model(string kind) => new()
    {
        Name = kind,
        Main = new Subgraph
        {
            InputSize = Inputs,
            Nodes = [_kinds[kind](), new DenseNode("head", [new(1, 0, Hidden)], Weights(3, Hidden), Weights(3), Activation.Linear)],
            Outputs = [new(2, 0, 3)],
        },
    };

    /// <summary>An encoder whose state a decoder goes on from.</summary>
    public RecurrentGraph Forecaster(int windowLength) => new()
    {
        Name = "forecaster",
        Main = new Subgraph { InputSize = Inputs, Nodes = [Gru([new(0, 0, Inputs)], resetAfter: true)], Outputs = [new(1, 0, Hidden)] },
        Decoder = new Subgraph { InputSize = Inputs, Nodes = [Gru([new(0, 0, Inputs)], resetAfter: true)], Outputs = [new(1, 0, Hidden)] },
        Window = new WindowPlan
        {
            WindowLength = windowLength,
            Hop = windowLength,
            Answer = WindowAnswer.Decoder,
            DecoderSteps = 3,
            DecoderInput = [new(0, 0, Inputs)],
            StateLinks = [new(0, StatePart.Hidden, 0, StatePart.Hidden)],
        },
    };

    private GruNode Gru(Segment[] input, bool resetAfter) => new("layer", input, Weights(3 * Hidden, Inputs),
        Weights(3 * Hidden, Hidden), Weights((resetAfter ? 4 : 3) * Hidden), resetAfter);

    private Tensor Weights(params int[] shape)
    {
        int count = shape.Aggregate(1, (product, size) => product * size), fanIn = shape.Length == 1 ? 1 : count / shape[0];
        return new Tensor([.. Enumerable.Range(0, count).Select(_ => (float)((2 * _random.NextDouble() - 1) * 1.2 / Math.Sqrt(fanIn)))], shape);
    }
}
