using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>Activation functions by the names ONNX gives them, with the values alpha and beta have when they are left out.</summary>
internal static class ActivationTable
{
    private static readonly Dictionary<string, (Activation Standard, int Parameters)> _table = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Relu"] = (Activation.Relu, 0),
        ["Tanh"] = (Activation.Tanh, 0),
        ["Sigmoid"] = (Activation.Sigmoid, 0),
        ["Affine"] = (new(ActivationKind.Affine, 1, 0), 2),
        ["LeakyRelu"] = (new(ActivationKind.LeakyRelu, 0.01f), 1),
        ["ThresholdedRelu"] = (new(ActivationKind.ThresholdedRelu, 1), 1),
        ["ScaledTanh"] = (new(ActivationKind.ScaledTanh, 1, 1), 2),
        ["HardSigmoid"] = (new(ActivationKind.HardSigmoid, 0.2f, 0.5f), 2),
        ["Elu"] = (new(ActivationKind.Elu, 1), 1),
        ["Softsign"] = (new(ActivationKind.Softsign), 0),
        ["Softplus"] = (new(ActivationKind.Softplus), 0),
    };

    /// <summary>The function of a name with its default parameters, or null.</summary>
    public static Activation? Default(string name) => _table.TryGetValue(name, out (Activation Standard, int) entry) ? entry.Standard : null;

    /// <summary>The functions of a recurrent node: its attributes activations, activation_alpha and activation_beta.</summary>
    /// <param name="node">The node.</param>
    /// <param name="standard">What the functions are when the attribute is left out.</param>
    public static Activation[] Read(OnnxNode node, params Activation[] standard)
    {
        string[]? names = node.Texts("activations");
        float[] alpha = node.Floats("activation_alpha") ?? [], beta = node.Floats("activation_beta") ?? [];
        if (names == null) return standard;
        if (names.Length != standard.Length)
            throw node.Refuse($"activations has {names.Length} names, expected {standard.Length}");
        (Activation Standard, int Parameters)[] entries = [.. names.Select(name => _table.TryGetValue(name, out var entry)
            ? entry
            : throw node.Refuse($"activation '{SourceText.Show(name)}' is not known; expected one of {string.Join(", ", _table.Keys)}"))];
        float?[] alphas = Distribute(node, "activation_alpha", alpha, [.. entries.Select(entry => entry.Parameters >= 1)]);
        float?[] betas = Distribute(node, "activation_beta", beta, [.. entries.Select(entry => entry.Parameters == 2)]);
        return [.. entries.Select((entry, i) => entry.Standard with
        {
            Alpha = alphas[i] ?? entry.Standard.Alpha,
            Beta = betas[i] ?? entry.Standard.Beta,
        })];
    }

    // The values go to the functions that have the parameter, in order. Some exporters write one for every function.
    private static float?[] Distribute(OnnxNode node, string attribute, float[] values, bool[] takes)
    {
        float?[] given = new float?[takes.Length];
        int takers = takes.Count(take => take);
        bool oneForEach = values.Length == takes.Length && takers > 0;
        if (values.Length > takers && !oneForEach)
            throw node.Refuse($"{attribute} has {values.Length} values for {takers} functions that take one");
        for (int i = 0, next = 0; i < takes.Length; i++)
        {
            if (takes[i] && (oneForEach ? i : next) < values.Length) given[i] = values[oneForEach ? i : next];
            if (takes[i]) next++;
        }
        return given;
    }
}
