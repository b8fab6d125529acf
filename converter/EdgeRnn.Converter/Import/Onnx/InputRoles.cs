using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>Tells data, weights, states and sequence lengths apart by where each graph input ends up.</summary>
internal static class InputRoles
{
    private static readonly HashSet<string> _rearranging =
    [
        "Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Transpose", "Slice", "Gather", "Split", "Concat", "Expand", "Tile", "Flatten", "Dropout",
    ];

    /// <summary>The role of every input.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="statePairs">Inputs the user says are states.</param>
    public static IReadOnlyDictionary<string, InputRole> Find(OnnxGraph graph, IReadOnlyDictionary<string, string> statePairs)
    {
        OnnxNode[] nodes = [.. graph.Nodes.SelectMany(node => node.WithBranches())];
        ILookup<string, (OnnxNode Node, int Slot)> readers = nodes
            .SelectMany(node => node.Inputs.Select((name, slot) => (name, use: (node, slot))))
            .ToLookup(entry => entry.name, entry => entry.use);
        HashSet<string> constants = [.. graph.Constants.Keys, .. nodes.Where(node => node.Operator == "Constant").Select(node => node.Outputs[0])];
        Dictionary<string, InputRole> roles = [];
        foreach (GraphInput input in graph.Inputs)
        {
            roles[input.Name] = statePairs.ContainsKey(input.Name) ? InputRole.State : RoleOf(input.Name, readers, constants, graph.Outputs);
        }
        foreach (string name in statePairs.Keys.Where(name => !roles.ContainsKey(name)))
            throw new ConversionException($"--state {SourceText.Show(name)}: the graph has no such input; it has {SourceText.List([.. roles.Keys])}");

        GraphInput[] missing = [.. graph.Inputs.Where(input => roles[input.Name] == InputRole.Weights)];
        if (missing.Length == 0) return roles;
        string options = string.Join(" ", missing.Select(input => $"--bind {SourceText.Show(input.Name)}=FILE"));
        throw new ConversionException($"the graph takes weights as inputs: {SourceText.List([.. missing.Select(input => $"{input.Name} {input.ShapeText}")])}; " +
            $"give each a .npy or .pb file: {options}");
    }

    private static InputRole RoleOf(string name, ILookup<string, (OnnxNode Node, int Slot)> readers, HashSet<string> constants, IReadOnlyList<string> outputs)
    {
        HashSet<string> seen = [name];
        Stack<string> open = new([name]);
        InputRole role = InputRole.Unused;
        while (open.TryPop(out string? value))
        {
            if (value == name && outputs.Contains(value)) return InputRole.Data;
            foreach ((OnnxNode node, int slot) in readers[value])
            {
                if (node.Operator is "Shape" or "Size") continue;
                if (_rearranging.Contains(node.Operator) && (slot == 0 || node.Operator == "Concat"))
                {
                    foreach (string made in node.Outputs.Where(seen.Add)) open.Push(made);
                    continue;
                }
                InputRole use = UseOf(node, slot, constants);
                if (role != InputRole.Unused && use != role) return InputRole.Data;
                role = use;
            }
        }
        return role;
    }

    private static InputRole UseOf(OnnxNode node, int slot, HashSet<string> constants) => (node.Operator, slot) switch
    {
        ("RNN" or "LSTM" or "GRU", 1 or 2 or 3 or 7) => InputRole.Weights,
        ("RNN" or "LSTM" or "GRU", 4) => InputRole.SequenceLengths,
        ("RNN" or "LSTM" or "GRU", 5 or 6) => InputRole.State,
        ("Conv", 1 or 2) or ("Gemm", 2) or ("BatchNormalization", 1 or 2 or 3 or 4) or ("PRelu", 1) => InputRole.Weights,
        ("MatMul" or "Gemm", 1) when !constants.Contains(node.Inputs[0]) => InputRole.Weights,
        _ => InputRole.Data,
    };
}
