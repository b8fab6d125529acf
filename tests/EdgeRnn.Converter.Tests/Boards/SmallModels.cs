using System;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Boards;

/// <summary>Models of one recurrent layer and a forecast of the next sample, for estimates.</summary>
internal static class SmallModels
{
    private const int _seed = 20261209;

    /// <summary>A GRU with a dense head, as a file with golden steps.</summary>
    public static byte[] Gru(int inputSize, int hiddenSize, Scheme scheme) => GoldenSteps.Append(Bare(inputSize, hiddenSize, scheme));

    /// <summary>The same with a detector.</summary>
    public static byte[] Detector(int inputSize, int hiddenSize, Scheme scheme, DetectorSettings settings) =>
        DetectorSection.Write(Bare(inputSize, hiddenSize, scheme), settings);

    /// <summary>Values for a tensor, [-0.5, 0.5).</summary>
    public static Tensor Values(Random random, params int[] shape) =>
        new([.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => random.NextSingle() - 0.5f)], shape);

    private static byte[] Bare(int inputSize, int hiddenSize, Scheme scheme)
    {
        Random random = new(_seed);
        GruNode gru = new("gru", [new(0, 0, inputSize)], Values(random, 3 * hiddenSize, inputSize), Values(random, 3 * hiddenSize, hiddenSize),
            Values(random, 4 * hiddenSize), true);
        DenseNode head = new("head", [new(1, 0, hiddenSize)], Values(random, inputSize, hiddenSize), Values(random, inputSize), Activation.Linear);
        RecurrentGraph graph = new()
        {
            Name = "small",
            Main = new Subgraph { InputSize = inputSize, Nodes = [gru, head], Outputs = [new(2, 0, inputSize)] },
        };
        return scheme == Scheme.F32 ? ErnnWriter.Write(graph)
            : new IntegerConverter(graph).Convert(new QuantizationSettings { Default = scheme });
    }
}
