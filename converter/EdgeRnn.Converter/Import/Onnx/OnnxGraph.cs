using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Import.Containers;
using EdgeRnn.Converter.Import.Onnx.Proto;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>The source graph, ready to be evaluated: constants read, nodes nobody needs left out, inputs told apart.</summary>
internal sealed class OnnxGraph
{
    private OnnxGraph(GraphProto proto, int opset, Dictionary<string, OnnxValue> constants, IReadOnlyList<GraphInput> inputs)
    {
        Outputs = [.. proto.Output.Select(output => output.Name)];
        Constants = constants;
        Inputs = inputs;
        Nodes = [.. NodeOrder.Needed(proto.Node, Outputs).Select(node => new OnnxNode(node, opset))];
    }

    /// <summary>The nodes the outputs depend on, in order.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; }

    /// <summary>Tensors stored in the file or bound to an input, by name.</summary>
    public IReadOnlyDictionary<string, OnnxValue> Constants { get; }

    /// <summary>Inputs that are not constants.</summary>
    public IReadOnlyList<GraphInput> Inputs { get; }

    /// <summary>Names of the outputs, in order.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>What each input is for.</summary>
    public IReadOnlyDictionary<string, InputRole> Roles { get; private set; } = new Dictionary<string, InputRole>();

    /// <summary>Reads stored and bound tensors and tells the inputs apart.</summary>
    public static OnnxGraph Prepare(GraphProto proto, int opset, ImportOptions options)
    {
        Dictionary<string, OnnxValue> constants = [];
        foreach (TensorProto tensor in proto.Initializer)
        {
            if (!constants.TryAdd(tensor.Name, TensorReader.Read(tensor, $"tensor '{SourceText.Show(tensor.Name)}'")))
                throw new ConversionException($"tensor '{SourceText.Show(tensor.Name)}': it is stored twice; export the model again");
        }
        string[] names = [.. proto.Input.Select(input => input.Name)];
        foreach ((string name, string path) in options.Bindings)
        {
            if (!names.Contains(name))
                throw new ConversionException($"--bind {SourceText.Show(name)}: the graph has no such input; it has {SourceText.List(names)}");
            constants[name] = ReadBinding(path);
        }
        List<GraphInput> inputs = [];
        foreach (ValueInfoProto input in proto.Input)
        {
            if (!constants.ContainsKey(input.Name)) inputs.Add(new GraphInput(input));
        }
        if (proto.Output.Count == 0) throw new ConversionException("the graph has no outputs; export the model again");
        OnnxGraph graph = new(proto, opset, constants, inputs);
        graph.Roles = InputRoles.Find(graph, options.StatePairs);
        return graph;
    }

    private static OnnxValue ReadBinding(string path)
    {
        if (!Path.GetExtension(path).Equals(".npy", System.StringComparison.OrdinalIgnoreCase)) return OnnxFile.ReadTensor(path);
        Graph.Tensor tensor = NpyFile.Read(path);
        return new FloatConstant(tensor.Data, tensor.Shape);
    }
}
