using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import.Json;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>The layer kinds <c>rnn</c>, <c>gru</c> and <c>lstm</c>.</summary>
internal static class RecurrentLayers
{
    private static readonly Dictionary<string, bool> _resetModes = new(StringComparer.Ordinal) { ["after"] = true, ["before"] = false };

    private static readonly Dictionary<string, char> _absentGate = new(StringComparer.Ordinal)
    {
        ["none"] = '-',
        ["forgetFromInput"] = 'f',
        ["inputFromForget"] = 'i',
    };

    /// <summary>An Elman cell.</summary>
    public static GraphNode Rnn(LayerSource layer)
    {
        SourceObject body = layer.Body;
        Tensor u = Square(layer, body.Required("recurrentWeights"), gates: 1);
        int hiddenSize = u.Shape[0];
        Tensor w = layer.Tensors.Matrix(body.Required("inputWeights"), hiddenSize, layer.InputSize);
        (Tensor? inputBias, Tensor? recurrentBias) = layer.Biases(hiddenSize);
        Activation activation = ActivationReader.Read(body.Required("activation"), Activation.Linear);
        return CellBuilder.Rnn(layer.Name, layer.Inputs, w, u, inputBias, recurrentBias, activation) with
        {
            PreActivationClip = layer.PreActivationClip(),
            InitialHidden = layer.Tensors.OptionalVector(body.Optional("initialHidden"), hiddenSize),
        };
    }

    /// <summary>A GRU.</summary>
    public static GraphNode Gru(LayerSource layer)
    {
        SourceObject body = layer.Body;
        string order = GateOrder.Gru(body.Required("gateOrder"));
        bool resetAfter = body.Required("reset").AsChoice(_resetModes);
        Tensor u = Square(layer, body.Required("recurrentWeights"), gates: 3);
        int hiddenSize = u.Shape[1];
        Tensor w = layer.Tensors.Matrix(body.Required("inputWeights"), 3 * hiddenSize, layer.InputSize);
        (Tensor? inputBias, Tensor? recurrentBias) = layer.Biases(3 * hiddenSize);
        return CellBuilder.Gru(layer.Name, layer.Inputs, order, w, u, inputBias, recurrentBias, resetAfter) with
        {
            GateActivation = ActivationReader.Read(body.Optional("gateActivation"), Activation.Sigmoid),
            CandidateActivation = ActivationReader.Read(body.Optional("candidateActivation"), Activation.Tanh),
            PreActivationClip = layer.PreActivationClip(),
            InitialHidden = layer.Tensors.OptionalVector(body.Optional("initialHidden"), hiddenSize),
        };
    }

    /// <summary>An LSTM.</summary>
    public static GraphNode Lstm(LayerSource layer)
    {
        SourceObject body = layer.Body;
        string order = GateOrder.Lstm(body.Required("gateOrder"));
        char absent = body.Optional("coupling") is { } coupling ? Absent(coupling, order) : '-';
        Tensor? projection = body.Optional("projection") is { } matrix ? layer.Tensors.Matrix(matrix, null, null) : null;

        SourceValue recurrent = body.Required("recurrentWeights");
        Tensor u = projection == null ? Square(layer, recurrent, order.Length)
            : layer.Tensors.Matrix(recurrent, order.Length * projection.Shape[1], projection.Shape[0]);
        int rows = u.Shape[0], cellSize = rows / order.Length;
        Tensor w = layer.Tensors.Matrix(body.Required("inputWeights"), rows, layer.InputSize);
        (Tensor? inputBias, Tensor? recurrentBias) = layer.Biases(rows);

        string kept = order.Replace(absent.ToString(), "", StringComparison.Ordinal);
        LstmNode node = CellBuilder.Lstm(layer.Name, layer.Inputs, kept, CellBuilder.Reorder(w, order, kept),
            CellBuilder.Reorder(u, order, kept), Reorder(inputBias, order, kept), Reorder(recurrentBias, order, kept));
        return node with
        {
            Peepholes = Peepholes(layer, cellSize),
            Projection = projection,
            ProjectionBias = ProjectionBias(layer, projection),
            GateActivation = ActivationReader.Read(body.Optional("gateActivation"), Activation.Sigmoid),
            CellActivation = ActivationReader.Read(body.Optional("cellActivation"), Activation.Tanh),
            OutputActivation = ActivationReader.Read(body.Optional("outputActivation"), Activation.Tanh),
            PreActivationClip = layer.PreActivationClip(),
            InitialHidden = layer.Tensors.OptionalVector(body.Optional("initialHidden"), node.OutputSize),
            InitialCell = layer.Tensors.OptionalVector(body.Optional("initialCell"), cellSize),
        };
    }

    // The letter of the gate that is not computed. Its rows may stand in the tensors (ONNX input_forget) or not (TFLite).
    private static char Absent(SourceValue coupling, string order)
    {
        char letter = coupling.AsChoice(_absentGate);
        char missing = order.Length == 4 ? letter : order.Contains('i', StringComparison.Ordinal) ? 'f' : 'i';
        if (letter != missing)
        {
            throw coupling.Fail($"the gate order has no rows for {missing}; expected the coupling that leaves {missing} out, " +
                $"found {coupling.Found}");
        }
        return letter;
    }

    private static Tensor? Peepholes(LayerSource layer, int cellSize)
    {
        SourceValue? weights = layer.Body.Optional("peepholes"), order = layer.Body.Optional("peepholeOrder");
        if (weights is not { } given)
            return order is { } stray ? throw stray.Fail("there are no 'peepholes' to order") : null;
        if (order is not { } letters) throw given.Fail("needs 'peepholeOrder': ifo or iof, the order of the three parts");
        string text = letters.AsText();
        if (text is not ("ifo" or "iof")) throw letters.Fail($"expected ifo or iof, found {letters.Found}");
        return CellBuilder.Reorder(layer.Tensors.Vector(given, 3 * cellSize), text, "ifo");
    }

    private static Tensor? ProjectionBias(LayerSource layer, Tensor? projection)
    {
        SourceValue? bias = layer.Body.Optional("projectionBias");
        if (bias is { } stray && projection == null) throw stray.Fail("there is no 'projection' it could belong to");
        return layer.Tensors.OptionalVector(bias, projection?.Shape[0] ?? 0);
    }

    private static Tensor? Reorder(Tensor? tensor, string from, string to) =>
        tensor == null ? null : CellBuilder.Reorder(tensor, from, to);

    // Recurrent weights [gates * units, units]: the one tensor that tells the number of units.
    private static Tensor Square(LayerSource layer, SourceValue reference, int gates)
    {
        Tensor u = layer.Tensors.Matrix(reference, null, null);
        if (u.Shape[0] == gates * (long)u.Shape[1]) return u;
        string hint = u.Shape[1] == gates * (long)u.Shape[0] ? "add \"transpose\": true" : "check the kind of the layer";
        throw reference.Fail($"expected [{(gates == 1 ? "" : gates + " * ")}units, units], found {u.ShapeText}; {hint}");
    }
}
