using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;

namespace EdgeRnn.Converter.Import.KerasJson;

/// <summary>gru, lstm and simple_rnn: kernel [features, gates * units], recurrent kernel [units, gates * units], bias.</summary>
internal static class KerasRecurrentLayers
{
    /// <summary>
    /// A GRU; the shape of its bias tells where the reset gate stands: [2, 3 * units] after, [3 * units] before the product.
    /// </summary>
    public static IEnumerable<GraphNode> Gru(KerasLayer layer)
    {
        (Tensor w, Tensor u) = Kernels(layer, gates: 3);
        int rows = w.Shape[0];
        bool? said = layer.Body.Optional("reset_after")?.AsFlag();
        Tensor? bias = layer.Weights.Count == 3 ? NumberArray.Read(layer.Weights[2]) : null;
        bool resetAfter = bias == null
            ? said ?? throw layer.Body.Fail("a GRU without bias does not show where its reset gate stands; add \"reset_after\": " +
                "true or false")
            : bias.Rank == 2;
        if (said is { } claimed && claimed != resetAfter)
        {
            throw layer.Body.Fail($"reset_after does not go with a bias {bias!.ShapeText}; expected [2, {rows}] when true, " +
                $"[{rows}] when false");
        }

        if (bias != null) bias = resetAfter ? layer.Weight(2, 2, rows) : layer.Weight(2, rows);
        Tensor? inputBias = bias == null || !resetAfter ? bias : bias.Rows(0, 1).Reshape(rows);
        Tensor? recurrentBias = bias == null || !resetAfter ? null : bias.Rows(1, 1).Reshape(rows);
        Activation gates = KerasActivations.ReadGates(layer), candidate = KerasActivations.ReadRecurrent(layer);
        yield return CellBuilder.Gru(layer.Name, layer.Inputs, "zrn", w, u, inputBias, recurrentBias, resetAfter) with
        {
            GateActivation = gates,
            CandidateActivation = candidate,
        };
    }

    /// <summary>An LSTM.</summary>
    public static IEnumerable<GraphNode> Lstm(KerasLayer layer)
    {
        (Tensor w, Tensor u) = Kernels(layer, gates: 4);
        Tensor? bias = layer.Weights.Count == 3 ? layer.Weight(2, w.Shape[0]) : null;
        Activation gates = KerasActivations.ReadGates(layer), activation = KerasActivations.ReadRecurrent(layer);
        yield return CellBuilder.Lstm(layer.Name, layer.Inputs, "ifgo", w, u, bias, null) with
        {
            GateActivation = gates,
            CellActivation = activation,
            OutputActivation = activation,
        };
    }

    /// <summary>An Elman cell.</summary>
    public static IEnumerable<GraphNode> SimpleRnn(KerasLayer layer)
    {
        (Tensor w, Tensor u) = Kernels(layer, gates: 1);
        Tensor? bias = layer.Weights.Count == 3 ? layer.Weight(2, w.Shape[0]) : null;
        yield return CellBuilder.Rnn(layer.Name, layer.Inputs, w, u, bias, null, KerasActivations.ReadRecurrent(layer));
    }

    private static (Tensor Input, Tensor Recurrent) Kernels(KerasLayer layer, int gates)
    {
        layer.ExpectWeights("kernel, recurrent kernel, bias", 2, 3);
        int units = layer.Shape[^1] ?? throw layer.Body.Fail($"{layer.Name}: the last size of its shape, the units, has to be known");
        return (layer.Weight(0, layer.InputSize, gates * units).Transpose(), layer.Weight(1, units, gates * units).Transpose());
    }
}
