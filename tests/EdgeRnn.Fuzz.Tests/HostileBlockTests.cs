using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;
using static EdgeRnn.Tests.Refusal;

namespace EdgeRnn.Tests;

/// <summary>Quantized files that follow the rules field by field and ask for too much: every block of columns is packed for itself.</summary>
public sealed class HostileBlockTests
{
    private const int MostBlocks = 256;

    [Fact]
    public void Blocks_of_all_groups_are_counted_before_they_are_packed()
    {
        ConvNode conv = new("conv", [new(0, 0, 300)], ValidFiles.Values(300, 1, MostBlocks), null, Activation.Linear) { Groups = 300 };
        QuantizedGraph graph = InBlocks(Stream(300, conv));
        Expect(graph, ModelErrorCode.LimitExceeded, "conv: has 76800 blocks in all its groups, at most 65535 are allowed");
    }

    [Fact]
    public void Blocks_of_one_column_do_not_multiply_memory()
    {
        byte[] file = ErnnWriter.Write(InBlocks(Heads(255, rows: 1)));
        Verdict.Check(file, "255 heads");
        Expect(InBlocks(Heads(256, rows: 1)), ModelErrorCode.LimitExceeded, "head255: the graph has 65536 groups of convolutions and blocks");
    }

    [Fact]
    public void Scales_of_a_tensor_shared_by_many_layers_do_not_multiply_memory()
    {
        byte[] file = ErnnWriter.Write(InBlocks(Heads(60, rows: 64)));
        Verdict.Check(file, "60 heads");
        Expect(InBlocks(Heads(62, rows: 64)), ModelErrorCode.LimitExceeded, "head61: input weights use tensors of other layers again");
    }

    // Layers that read the same input through the same weights.
    private static RecurrentGraph Heads(int count, int rows)
    {
        Tensor weights = ValidFiles.Values(rows, MostBlocks);
        return Stream(MostBlocks, [.. Enumerable.Range(0, count).Select(i => new DenseNode("head" + i, [new(0, 0, MostBlocks)], weights, null, Activation.Linear))]);
    }

    // The first layer's weights in one block for each column, shared by all layers.
    private static QuantizedGraph InBlocks(RecurrentGraph graph)
    {
        QuantizedGraph quantized = ValidIntegers.Quantized(graph, graph.Main.Nodes.ToDictionary(node => node.Name, _ => Scheme.W16A16));
        StoredTensor weights = quantized.Main.Nodes[0].Fields.Tensors[TensorRole.InputWeights];
        ByteWriter scales = new();
        scales.Int32(MostBlocks);
        for (int i = 0; i < MostBlocks; i++) scales.Int32(1);
        for (int i = 0; i < MostBlocks; i++) scales.Bytes(weights.Scales[8..]);
        StoredTensor inBlocks = weights with { Scales = scales.ToArray() };
        foreach (QuantizedNode node in quantized.Main.Nodes) node.Fields.Tensors[TensorRole.InputWeights] = inBlocks;
        return quantized;
    }

    private static RecurrentGraph Stream(int inputSize, params GraphNode[] nodes) => new()
    {
        Name = "test",
        Main = new Subgraph { InputSize = inputSize, Nodes = nodes, Outputs = [new(nodes.Length, 0, nodes[^1].OutputSize)] },
    };
}
