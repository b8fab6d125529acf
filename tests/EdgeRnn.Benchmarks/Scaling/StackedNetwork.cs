using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;

namespace EdgeRnn.Benchmarks;

/// <summary>GRUs on top of each other, all of one size, random weights.</summary>
public static class StackedNetwork
{
    private const int Seed = 20240606;

    /// <summary>The network as an .ernn file.</summary>
    public static byte[] File(int layers, int units, Scheme scheme)
    {
        Random random = new(Seed);
        Tensor Numbers(params int[] shape) => new([.. Enumerable.Range(0, shape.Aggregate(1, (count, size) => count * size))
            .Select(_ => (random.NextSingle() * 2 - 1) / MathF.Sqrt(units))], shape);
        List<GraphNode> nodes = [];
        for (int layer = 0; layer < layers; layer++)
        {
            nodes.Add(new GruNode($"gru{layer}", [new(layer, 0, units)], Numbers(3 * units, units), Numbers(3 * units, units), Numbers(4 * units), true));
        }
        RecurrentGraph graph = new()
        {
            Name = "stack",
            Main = new Subgraph { InputSize = units, Nodes = nodes, Outputs = [new(layers, 0, units)] },
        };
        return scheme == Scheme.F32 ? ErnnWriter.Write(graph) : new IntegerConverter(graph).Convert(new QuantizationSettings { Default = scheme });
    }
}
