using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Measure;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;

namespace EdgeRnn.Benchmarks;

/// <summary>One network of the table: an RNN (tanh), GRU (reset after) or LSTM with a dense head of one output, random weights.</summary>
/// <param name="Cell">One of <see cref="Cells"/>.</param>
/// <param name="InputSize">Features per step.</param>
/// <param name="HiddenSize">Units.</param>
/// <param name="Scheme">Float or integers, which are converted without a calibration.</param>
public sealed record BenchmarkCase(string Cell, int InputSize, int HiddenSize, Scheme Scheme)
{
    private const int Seed = 20240601;

    /// <summary>The cells of the table.</summary>
    public static IReadOnlyList<string> Cells { get; } = ["rnn", "gru", "lstm"];

    /// <summary>The schemes of the table.</summary>
    public static IReadOnlyList<Scheme> Schemes { get; } = [Scheme.F32, Scheme.W8A16, Scheme.W8A8];

    /// <summary>The shapes of the table.</summary>
    public static IReadOnlyList<(int Input, int Hidden)> Shapes { get; } = [(1, 16), (4, 32), (8, 64), (16, 128), (40, 256)];

    /// <summary>Every row of the table.</summary>
    public static IReadOnlyList<BenchmarkCase> All { get; } = [.. Schemes.SelectMany(scheme => Cells
        .SelectMany(cell => Shapes.Select(shape => new BenchmarkCase(cell, shape.Input, shape.Hidden, scheme))))];

    /// <summary>Gates of a unit, the candidate among them.</summary>
    public int Gates => Cell switch { "rnn" => 1, "gru" => 3, _ => 4 };

    /// <summary>Multiply-accumulates of a step, the head's included.</summary>
    public int Macs => Gates * HiddenSize * (InputSize + HiddenSize) + HiddenSize;

    /// <summary>Bytes of the weights of cell and head: 4 a weight in float, 1 in 8-bit schemes.</summary>
    public int WeightBytes => Macs * (Scheme == Scheme.F32 ? sizeof(float) : 1);

    /// <summary>Reading these weights, and the product of the cell alone.</summary>
    public MachineLimits Limits() => new(WeightBytes, [new ProductLimit(Gates * HiddenSize, InputSize + HiddenSize, Scheme)]);

    /// <summary>Weights in canonical order: GRU z r n, LSTM i f g o.</summary>
    public CellWeights Weights()
    {
        Random random = new(Seed);
        float scale = 1 / MathF.Sqrt(HiddenSize);
        float[] Numbers(int count) => Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 2 - 1) * scale).ToArray();
        return new CellWeights(Numbers(Gates * HiddenSize * InputSize), Numbers(Gates * HiddenSize * HiddenSize),
            Numbers((Cell == "rnn" ? 1 : 4) * HiddenSize), Numbers(HiddenSize), Numbers(1)[0]);
    }

    /// <summary>The network as an .ernn file.</summary>
    public byte[] File()
    {
        CellWeights weights = Weights();
        Segment[] input = [new(0, 0, InputSize)];
        Tensor w = new(weights.Input, Gates * HiddenSize, InputSize), u = new(weights.Recurrent, Gates * HiddenSize, HiddenSize);
        Tensor b = new(weights.Bias, weights.Bias.Length);
        GraphNode cell = Cell switch
        {
            "rnn" => new RnnNode("rnn", input, w, u, b, Activation.Tanh),
            "gru" => new GruNode("gru", input, w, u, b, true),
            _ => new LstmNode("lstm", input, w, u, b),
        };
        DenseNode head = new("head", [new(1, 0, HiddenSize)], new Tensor(weights.Head, 1, HiddenSize), new Tensor([weights.HeadBias], 1), Activation.Linear);
        RecurrentGraph graph = new()
        {
            Name = ToString(),
            Main = new Subgraph { InputSize = InputSize, Nodes = [cell, head], Outputs = [new(2, 0, 1)] },
        };
        return Scheme == Scheme.F32 ? ErnnWriter.Write(graph)
            : new IntegerConverter(graph).Convert(new QuantizationSettings { Default = Scheme });
    }

    /// <summary>[steps][InputSize] values in [-1, 1).</summary>
    public float[][] Signal(int steps)
    {
        Random random = new(Seed + 1);
        return Enumerable.Range(0, steps).Select(_ => Enumerable.Range(0, InputSize).Select(_ => (float)(random.NextDouble() * 2 - 1)).ToArray()).ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Scheme == Scheme.F32 ? $"{Cell} {InputSize},{HiddenSize}" : $"{Cell} {InputSize},{HiddenSize} {SchemeName.Of(Scheme)}";
}

/// <summary>The numbers of a <see cref="BenchmarkCase"/>, row-major.</summary>
/// <param name="Input">W [gates * hiddenSize, inputSize].</param>
/// <param name="Recurrent">U [gates * hiddenSize, hiddenSize].</param>
/// <param name="Bias">RNN b, [hiddenSize]; GRU b_z b_r b_Wn b_Un, LSTM b_i b_f b_g b_o, [4 * hiddenSize].</param>
/// <param name="Head">[1, hiddenSize].</param>
/// <param name="HeadBias">Of the one output.</param>
public sealed record CellWeights(float[] Input, float[] Recurrent, float[] Bias, float[] Head, float HeadBias);
