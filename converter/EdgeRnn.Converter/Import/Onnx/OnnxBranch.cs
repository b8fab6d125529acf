using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Import.Onnx.Proto;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>One branch of a conditional; its nodes see the values of the graph around it.</summary>
internal sealed class OnnxBranch(GraphProto graph, int opset)
{
    /// <summary>The nodes its outputs depend on, in order.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; } =
        [.. NodeOrder.Needed(graph.Node, [.. graph.Output.Select(output => output.Name)]).Select(node => new OnnxNode(node, opset))];

    /// <summary>Names of its outputs, in order.</summary>
    public IReadOnlyList<string> Outputs { get; } = [.. graph.Output.Select(output => output.Name)];

    /// <summary>Tensors stored in it, by name.</summary>
    public IEnumerable<(string Name, OnnxValue Value)> Constants { get; } =
        [.. graph.Initializer.Select(tensor => (tensor.Name, TensorReader.Read(tensor, $"tensor '{SourceText.Show(tensor.Name)}'")))];
}
