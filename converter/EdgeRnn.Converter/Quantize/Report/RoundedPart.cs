using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>A layer of which one part, a gate for instance, has rounded weights and all else is float.</summary>
/// <param name="Gate">Which gate; None for layers without.</param>
/// <param name="Name">The part in words.</param>
/// <param name="Node">The layer.</param>
internal sealed record RoundedPart(Gate Gate, string Name, GraphNode Node)
{
    /// <summary>What the only part of a layer without gates is called.</summary>
    public const string Weights = "weights";

    /// <summary>Every part of a layer; none for layers in float and without weights.</summary>
    public static IEnumerable<RoundedPart> Of(QuantizedNode node) => (node.Source, node.Dequantized) switch
    {
        _ when node.Scheme == Scheme.F32 || node.Weights.Count == 0 || node.Source is StandardiseNode => [],
        (GruNode source, GruNode rounded) => OfGru(source, rounded),
        (LstmNode source, LstmNode rounded) => OfLstm(source, rounded),
        (EmbeddingNode, _) => [new RoundedPart(Gate.None, "table", node.Dequantized)],
        _ => [new RoundedPart(Gate.None, Weights, node.Dequantized)],
    };

    /// <summary>A gate in words.</summary>
    public static string NameOf(Gate gate) => gate switch
    {
        Gate.UpdateGate => "update gate",
        Gate.ResetGate => "reset gate",
        Gate.InputGate => "input gate",
        Gate.ForgetGate => "forget gate",
        Gate.OutputGate => "output gate",
        Gate.Candidate => "candidate",
        _ => "",
    };

    private static IEnumerable<RoundedPart> OfGru(GruNode source, GruNode rounded)
    {
        int size = source.OutputSize;
        Gate[] gates = [Gate.UpdateGate, Gate.ResetGate, Gate.Candidate];
        for (int block = 0; block < gates.Length; block++)
        {
            int start = block * size;
            Tensor bias = Mix(source.Bias, rounded.Bias, start, size);
            // b_Un stands after the biases of the gates.
            if (block == 2 && source.ResetAfter) bias = Mix(bias, rounded.Bias, 3 * size, size);
            yield return new RoundedPart(gates[block], NameOf(gates[block]), source with
            {
                InputWeights = Mix(source.InputWeights, rounded.InputWeights, start, size),
                RecurrentWeights = Mix(source.RecurrentWeights, rounded.RecurrentWeights, start, size),
                Bias = bias,
            });
        }
    }

    private static IEnumerable<RoundedPart> OfLstm(LstmNode source, LstmNode rounded)
    {
        int size = source.CellSize, block = 0;
        (Gate, int)[] gates = [(Gate.InputGate, 0), (Gate.ForgetGate, 1), (Gate.Candidate, -1), (Gate.OutputGate, 2)];
        foreach ((Gate gate, int peephole) in gates)
        {
            if (gate == Gate.InputGate && source.Coupling == GateCoupling.InputFromForget) continue;
            if (gate == Gate.ForgetGate && source.Coupling == GateCoupling.ForgetFromInput) continue;
            int start = block++ * size;
            yield return new RoundedPart(gate, NameOf(gate), source with
            {
                InputWeights = Mix(source.InputWeights, rounded.InputWeights, start, size),
                RecurrentWeights = Mix(source.RecurrentWeights, rounded.RecurrentWeights, start, size),
                Bias = Mix(source.Bias, rounded.Bias, start, size),
                Peepholes = source.Peepholes == null || peephole < 0 ? source.Peepholes
                    : Mix(source.Peepholes, rounded.Peepholes!, peephole * size, size),
            });
        }
        if (source.Projection == null) yield break;
        yield return new RoundedPart(Gate.None, "projection", source with
        {
            Projection = rounded.Projection,
            ProjectionBias = rounded.ProjectionBias,
        });
    }

    // Some entries of the outermost axis rounded.
    private static Tensor Mix(Tensor source, Tensor rounded, int first, int count)
    {
        int rowSize = source.Data.Length / source.Shape[0];
        float[] mixed = [.. source.Data];
        Array.Copy(rounded.Data, first * rowSize, mixed, first * rowSize, count * rowSize);
        return new Tensor(mixed, [.. source.Shape]);
    }
}
