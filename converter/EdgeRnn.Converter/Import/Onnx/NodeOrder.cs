using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Import.Onnx.Proto;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>Finds the nodes some outputs depend on.</summary>
internal static class NodeOrder
{
    /// <summary>The nodes needed, in the order of the file.</summary>
    public static IEnumerable<NodeProto> Needed(IReadOnlyList<NodeProto> nodes, IReadOnlyList<string> outputs)
    {
        Dictionary<string, int> makers = [];
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (string name in nodes[i].Output.Where(name => name.Length > 0))
            {
                if (!makers.TryAdd(name, i))
                    throw new ConversionException($"value '{SourceText.Show(name)}': two nodes make it; export the model again");
            }
        }
        bool[] needed = new bool[nodes.Count];
        Stack<string> open = new(outputs);
        while (open.TryPop(out string? name))
        {
            if (!makers.TryGetValue(name, out int maker) || needed[maker]) continue;
            needed[maker] = true;
            foreach (string input in Reads(nodes[maker])) open.Push(input);
        }
        return nodes.Where((_, i) => needed[i]);
    }

    // What a node reads, and what its branches read from around it. Branches nest no deeper than messages may.
    private static IEnumerable<string> Reads(NodeProto node) => node.Input.Concat(node.Attribute
        .Where(attribute => attribute.G != null)
        .SelectMany(attribute => attribute.G.Node.SelectMany(Reads).Concat(attribute.G.Output.Select(output => output.Name))));
}
