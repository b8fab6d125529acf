using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Accuracy;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Tests.Accuracy;

/// <summary>
/// Rounds the matrices of a graph to a number of bits per row and computes the rest in float: an error of known size, to see the
/// scores react. Layers that a mix names stay as they are.
/// </summary>
/// <param name="bits">Of a weight, sign included.</param>
internal sealed class RoundedWeights(int bits) : IModelQuantizer
{
    public byte[] Quantize(RecurrentGraph graph, float[][] calibrationRows, string scheme,
        IReadOnlyDictionary<string, string> layerSchemes)
    {
        GraphNode[] nodes = [.. graph.Main.Nodes.Select(node => layerSchemes.ContainsKey(node.Name) ? node : Round(node))];
        return ErnnWriter.Write(new RecurrentGraph
        {
            Name = graph.Name,
            Main = new Subgraph { InputSize = graph.Main.InputSize, Nodes = nodes, Outputs = graph.Main.Outputs },
            Window = graph.Window,
            Preprocessing = graph.Preprocessing,
        });
    }

    public IReadOnlyDictionary<string, string> SuggestMix(RecurrentGraph graph, float[][] calibrationRows, double budget) =>
        graph.Main.Nodes.ToDictionary(node => node.Name, _ => "f32");

    public int SizeWithoutGoldenSteps(byte[] file) => file.Length;

    private GraphNode Round(GraphNode node) => node switch
    {
        DenseNode dense => dense with { Weights = Round(dense.Weights) },
        GruNode gru => gru with { InputWeights = Round(gru.InputWeights), RecurrentWeights = Round(gru.RecurrentWeights) },
        LstmNode lstm => lstm with { InputWeights = Round(lstm.InputWeights), RecurrentWeights = Round(lstm.RecurrentWeights) },
        ConvNode convolution => convolution with { Weights = Round(convolution.Weights) },
        _ => node,
    };

    private Tensor Round(Tensor weights)
    {
        float largestStep = (1 << (bits - 1)) - 1;
        return new Tensor([.. weights.Data.Chunk(weights.Data.Length / weights.Shape[0]).SelectMany(row =>
        {
            float scale = row.Max(MathF.Abs) / largestStep;
            return scale == 0 ? row : Array.ConvertAll(row, weight => MathF.Round(weight / scale) * scale);
        })], weights.Shape);
    }
}
