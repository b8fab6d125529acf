using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Import.Onnx.Proto;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>One operator of the source graph: its attributes by name, and messages that say which node is meant.</summary>
internal sealed class OnnxNode
{
    private readonly NodeProto _proto;
    private readonly Dictionary<string, AttributeProto> _attributes = [];
    private readonly HashSet<string> _unread = [];
    private readonly Dictionary<string, OnnxBranch> _branches = [];

    public OnnxNode(NodeProto proto, int opset)
    {
        _proto = proto;
        Opset = opset;
        foreach (AttributeProto attribute in proto.Attribute)
        {
            if (!_attributes.TryAdd(attribute.Name, attribute)) throw Refuse($"attribute '{SourceText.Show(attribute.Name)}' appears twice");
            _unread.Add(attribute.Name);
        }
    }

    /// <summary>The node and the nodes of its branches.</summary>
    public IEnumerable<OnnxNode> WithBranches() =>
        _attributes.Values.Where(attribute => attribute.G != null).SelectMany(attribute => Branch(attribute.Name)!.Nodes)
            .SelectMany(node => node.WithBranches()).Prepend(this);

    /// <summary>The operator: GRU, MatMul.</summary>
    public string Operator => _proto.OpType;

    /// <summary>Version of the standard operators.</summary>
    public int Opset { get; }

    /// <summary>The node's own name, without the slash PyTorch begins it with; empty where it has none.</summary>
    public string Name => SourceText.Show(_proto.Name.TrimStart('/'));

    public string Domain => _proto.Domain;

    public IReadOnlyList<string> Inputs => _proto.Input;

    public IReadOnlyList<string> Outputs => _proto.Output;

    /// <summary>How messages name the node.</summary>
    public string Label => _proto.Name.Length > 0
        ? $"{SourceText.Show(Operator)} '{SourceText.Show(_proto.Name)}'"
        : $"{SourceText.Show(Operator)} that makes '{SourceText.Show(_proto.Output.FirstOrDefault(name => name.Length > 0) ?? "nothing")}'";

    /// <summary>The model cannot be represented because of this node.</summary>
    public ConversionException Refuse(string reason) => new($"{Label}: {reason}");

    /// <summary>The node does not fit the axes the input was assumed to have; another assumption may fit.</summary>
    public LayoutMismatchException Misfit(string reason) => new($"{Label}: {reason}");

    public bool Has(string name) => _attributes.ContainsKey(name);

    public long Int(string name, long missing) => Find(name)?.I ?? missing;

    public float Float(string name, float missing) => Find(name)?.F ?? missing;

    public string Text(string name, string missing) => Find(name)?.S.ToStringUtf8() ?? missing;

    public long[]? Ints(string name) => Find(name)?.Ints.ToArray();

    public float[]? Floats(string name) => Find(name)?.Floats.ToArray();

    public string[]? Texts(string name) => Find(name)?.Strings.Select(text => text.ToStringUtf8()).ToArray();

    public TensorProto? Tensor(string name) => Find(name)?.T;

    /// <summary>A branch of a conditional, or null.</summary>
    public OnnxBranch? Branch(string name)
    {
        if (Find(name)?.G is not { } graph) return null;
        if (!_branches.TryGetValue(name, out OnnxBranch? branch)) _branches[name] = branch = new OnnxBranch(graph, Opset);
        return branch;
    }

    /// <summary>Forgets which attributes were read; the node is about to be evaluated again.</summary>
    public void Restart() => _unread.UnionWith(_attributes.Keys);

    /// <summary>Refuses a node with an attribute nobody asked for: it could change what the operator means.</summary>
    public void RequireAllRead()
    {
        if (_unread.Count > 0)
            throw Refuse($"attribute '{SourceText.Show(_unread.First())}' is not known; export the model with operator set 7 to 23");
    }

    private AttributeProto? Find(string name)
    {
        _unread.Remove(name);
        return _attributes.GetValueOrDefault(name);
    }
}
