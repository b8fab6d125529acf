using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>
/// Makes the canonical graph smaller without changing what it computes: an affine map or an activation that is all that reads
/// a linear dense or convolution layer becomes part of it, and layers nobody reads are left out.
/// </summary>
internal static class LayerFolding
{
    /// <summary>The same graph with fewer layers.</summary>
    public static Subgraph Apply(int inputSize, IReadOnlyList<GraphNode> nodes, IReadOnlyList<Segment> outputs)
    {
        GraphNode?[] kept = [.. nodes];
        int[] renamed = [.. Enumerable.Range(0, nodes.Count + 1)]; // the value each value is now found in
        int[] readers = CountReaders(nodes, outputs);
        for (int i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].Inputs is not [Segment only] || only.Value == 0 || readers[only.Value] != 1) continue;
            int target = renamed[only.Value];
            if (only.Length != nodes[only.Value - 1].OutputSize || Folded(kept[target - 1]!, nodes[i]) is not { } folded) continue;
            kept[target - 1] = folded;
            kept[i] = null;
            renamed[i + 1] = target;
        }
        return Compact(inputSize, kept, renamed, outputs);
    }

    private static GraphNode? Folded(GraphNode layer, GraphNode reader) => (layer, reader) switch
    {
        (DenseNode { Activation.Kind: ActivationKind.Linear } dense, ActivationNode f) => dense with { Activation = f.Activation },
        (ConvNode { Activation.Kind: ActivationKind.Linear } conv, ActivationNode { Activation.Kind: not ActivationKind.Softmax } f) =>
            conv with { Activation = f.Activation },
        (DenseNode { Activation.Kind: ActivationKind.Linear } dense, StandardiseNode { Clip: 0 } map) =>
            dense with { Weights = Scaled(dense.Weights, map), Bias = Shifted(dense.Bias, map) },
        (ConvNode { Activation.Kind: ActivationKind.Linear } conv, StandardiseNode { Clip: 0 } map) =>
            conv with { Weights = Scaled(conv.Weights, map), Bias = Shifted(conv.Bias, map) },
        _ => null,
    };

    // (W x + b - mean) * scale = (scale W) x + (b - mean) * scale.
    private static Tensor Scaled(Tensor weights, StandardiseNode map)
    {
        int row = weights.Data.Length / weights.Shape[0];
        float[] scale = map.InverseScale.Data;
        return scale.All(value => value == 1) ? weights
            : new Tensor([.. weights.Data.Select((value, i) => value * scale[i / row])], weights.Shape);
    }

    private static Tensor Shifted(Tensor? bias, StandardiseNode map)
    {
        float[] mean = map.Mean.Data, scale = map.InverseScale.Data;
        return new Tensor([.. mean.Select((value, i) => (float)(((double)(bias?.Data[i] ?? 0) - value) * scale[i]))], mean.Length);
    }

    private static int[] CountReaders(IReadOnlyList<GraphNode> nodes, IReadOnlyList<Segment> outputs)
    {
        int[] readers = new int[nodes.Count + 1];
        foreach (GraphNode node in nodes)
        {
            foreach (int value in node.Inputs.Select(segment => segment.Value).Distinct()) readers[value]++;
        }
        foreach (Segment segment in outputs) readers[segment.Value]++;
        return readers;
    }

    private static Subgraph Compact(int inputSize, GraphNode?[] nodes, int[] renamed, IReadOnlyList<Segment> outputs)
    {
        bool[] needed = new bool[nodes.Length + 1];
        foreach (Segment segment in outputs) needed[renamed[segment.Value]] = true;
        for (int value = nodes.Length; value > 0; value--)
        {
            if (!needed[value] || nodes[value - 1] is not { } node) continue;
            foreach (Segment segment in node.Inputs) needed[renamed[segment.Value]] = true;
        }
        List<GraphNode> left = [];
        int[] places = new int[nodes.Length + 1];
        for (int value = 1; value <= nodes.Length; value++)
        {
            if (!needed[value] || nodes[value - 1] is not { } node) continue;
            left.Add(node with { Inputs = Moved(node.Inputs) });
            places[value] = left.Count;
        }
        return new Subgraph { InputSize = inputSize, Nodes = left, Outputs = Moved(outputs) };

        Segment[] Moved(IReadOnlyList<Segment> segments) =>
            [.. segments.Select(segment => segment with { Value = places[renamed[segment.Value]] })];
    }
}
