using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.Onnx.Operators;

/// <summary>What a state of a recurrent layer starts from; nothing set means zero.</summary>
/// <param name="Constant">A vector, or null.</param>
/// <param name="Elements">Elements of state inputs, or null.</param>
internal sealed record InitialState(Tensor? Constant, StreamElement[]? Elements);

/// <summary>The inputs and attributes RNN, LSTM and GRU share, checked and without their direction axis.</summary>
internal sealed class RecurrentArguments
{
    private readonly NodeCall _call;
    private readonly int _gates;
    private readonly StreamValue _x;

    /// <param name="call">The node.</param>
    /// <param name="gates">Row blocks of W.</param>
    public RecurrentArguments(NodeCall call, int gates)
    {
        _call = call;
        _gates = gates;
        OnnxNode node = call.Node;
        string direction = node.Text("direction", "forward");
        if (direction != "forward")
        {
            throw node.Refuse(direction is "reverse" or "bidirectional"
                ? $"direction '{direction}' reads the sequence from its end, which a stream does not have; only forward layers can run step by step"
                : $"direction '{SourceText.Show(direction)}' is not known, expected forward");
        }
        if (node.Int("layout", 0) != 0) throw node.Refuse("layout = 1 (batch first) is not supported; export it with layout = 0");
        Clip = node.Has("clip") ? node.Float("clip", 0) : 0;
        if (node.Has("clip") && !(Clip > 0 && float.IsFinite(Clip))) throw node.Refuse($"clip = {Clip}, expected a number above zero");

        _x = call.Stream(0);
        W = OneDirection(call.Weights(1, "W"), 3, "W");
        R = OneDirection(call.Weights(2, "R"), 3, "R");
        HiddenSize = R.Shape[1];
        long declared = node.Int("hidden_size", HiddenSize);
        if (declared != HiddenSize || HiddenSize == 0 || R.Shape[0] != gates * HiddenSize || W.Shape[0] != gates * HiddenSize)
        {
            throw node.Refuse($"W {W.ShapeText} and R {R.ShapeText} of one direction must have {gates} blocks of hidden_size rows; " +
                $"hidden_size is {declared}");
        }
        CheckInput();
        if (call.Optional(4) != null) call.Context.Note("sequence_lens is not used: each session runs as many steps as it is given");
    }

    /// <summary>[gates * hiddenSize, inputSize].</summary>
    public Tensor W { get; }

    /// <summary>[gates * hiddenSize, hiddenSize].</summary>
    public Tensor R { get; }

    public int HiddenSize { get; }

    /// <summary>Bound on pre-activations, 0 for none.</summary>
    public float Clip { get; }

    /// <summary>What the layer reads.</summary>
    public IReadOnlyList<Segment> Inputs => _call.Segments(_x.Elements);

    /// <summary>The input and the recurrent bias, each [gates * hiddenSize], or nulls.</summary>
    public (Tensor? Input, Tensor? Recurrent) Biases()
    {
        if (_call.OptionalWeights(3, "B") is not { } both) return (null, null);
        Tensor b = OneDirection(both, 2, "B");
        int rows = _gates * HiddenSize;
        if (b.Data.Length != 2 * rows) throw _call.Refuse($"B {both.ShapeText}, expected [1, {2 * rows}]");
        return (b.Rows(0, rows), b.Rows(rows, rows));
    }

    /// <summary>P, [3 * hiddenSize], or null.</summary>
    public Tensor? Peepholes()
    {
        if (_call.OptionalWeights(7, "P") is not { } stored) return null;
        Tensor p = OneDirection(stored, 2, "P");
        return p.Data.Length == 3 * HiddenSize ? p : throw _call.Refuse($"P {stored.ShapeText}, expected [1, {3 * HiddenSize}]");
    }

    /// <summary>An initial state: a constant that is the same for all streams, or a state input of the graph.</summary>
    public InitialState Initial(int index, string what)
    {
        switch (_call.Optional(index))
        {
            case null:
                return new InitialState(null, null);
            case StreamValue stream when stream.Elements.All(element => element.Kind == ElementKind.StateInput):
                if (stream.Count != HiddenSize)
                    throw _call.Node.Misfit($"{what} has {stream.Count} elements per stream, expected {HiddenSize}");
                return new InitialState(null, stream.Elements);
            case StreamValue:
                throw _call.Refuse($"{what} is computed from the sequence itself (an encoder-decoder); describe such a model with an ARCH.json (converter/ARCH.md)");
            default:
                FloatConstant rows = _call.Weights(index, what);
                if (rows.Rank == 0 || rows.Count % HiddenSize != 0 || rows.Shape[^1] != HiddenSize)
                    throw _call.Refuse($"{what} {rows.ShapeText}, expected [1, batch, {HiddenSize}]");
                float[] first = rows.Data[..HiddenSize];
                for (int row = 1; row < rows.Count / HiddenSize; row++)
                {
                    if (!rows.Data.AsSpan(row * HiddenSize, HiddenSize).SequenceEqual(first))
                    {
                        throw _call.Refuse($"{what} differs between the {rows.Count / HiddenSize} rows of the batch; a model has one initial " +
                            "state: convert once per row, with a file that holds that row alone");
                    }
                }
                return new InitialState(first.All(value => value == 0) ? null : new Tensor(first, HiddenSize), null);
        }
    }

    /// <summary>Adds the layer and hands out Y, Y_h and, with a cell state, Y_c.</summary>
    public OnnxValue?[] Finish(InitialState hidden, InitialState? cell, Func<string, GraphNode> make)
    {
        StreamElement[] h = _call.Context.Builder.Add(_call.Node, make);
        _call.Context.Cells.Add(new RecurrentCell(_call.Node, h[0].Source) { HiddenStart = hidden.Elements, CellStart = cell?.Elements });
        StreamElement[] c = [.. h.Select(element => element with { Kind = ElementKind.CellState })];
        Timing all = _x.Timing with { FinalState = false };
        bool isSequence = _x.Roles[0] == AxisRole.Time && _x.Timing.Steps != 1;
        Timing last = all with { Steps = 1, LastStep = isSequence, FinalState = true };
        AxisRole time = _x.Roles[0], batch = _x.Roles[1];
        AxisRole[] stateRoles = [AxisRole.Feature, batch, AxisRole.Feature];
        OnnxValue y = new StreamValue(h, [1, 1, 1, HiddenSize], [time, AxisRole.Feature, batch, AxisRole.Feature], all);
        OnnxValue final = new StreamValue(h, [1, 1, HiddenSize], stateRoles, last);
        return cell == null ? [y, final] : [y, final, new StreamValue(c, [1, 1, HiddenSize], stateRoles, last)];
    }

    private void CheckInput()
    {
        OnnxNode node = _call.Node;
        if (_x.Rank != 3) throw node.Misfit($"X has {_x.Rank} axes, expected 3: steps, batch, features");
        if (!AxisRules.CanBeTime(_x, 0, _call.Context)) throw node.Misfit($"expects time on axis 0 of X, found {_x.Roles[0]}");
        if (!AxisRules.CanBeBatch(_x, 1, _call.Context)) throw node.Misfit($"expects the batch on axis 1 of X, found {_x.Roles[1]}");
        if (!AxisRules.CanBeFeatures(_x, 2, _call.Context)) throw node.Misfit($"expects features on axis 2 of X, found {_x.Roles[2]}");
        if (_x.Count != W.Shape[1]) throw node.Misfit($"W reads {W.Shape[1]} features, X has {_x.Count}");
        AxisRules.RequireStream(_call, _x);
    }

    // Drops the axis of directions, which has size 1.
    private Tensor OneDirection(FloatConstant tensor, int rank, string what)
    {
        if (tensor.Rank != rank || tensor.Shape[0] != 1)
            throw _call.Refuse($"{what} {tensor.ShapeText}, expected {rank} axes, the first of size 1 (one direction)");
        return new Tensor(tensor.Data, tensor.Shape[1..]);
    }
}
