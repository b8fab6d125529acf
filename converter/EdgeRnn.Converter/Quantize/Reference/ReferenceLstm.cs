using System;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Reference;

/// <summary>
/// Long short-term memory; <see cref="LstmNode"/> has the equations. i input gate, f forget gate, g candidate, o output gate,
/// c cell, h state.
/// </summary>
internal sealed class ReferenceLstm : ReferenceLayer
{
    private readonly LstmNode _node;
    private readonly int _cellSize;
    private readonly ReferenceMatrix _w;           // blocks i f g o, less the absent one
    private readonly ReferenceMatrix _u;
    private readonly double[] _bias;
    private readonly double[] _peepholes;          // p_i p_f p_o, or empty
    private readonly ReferenceMatrix? _projection;
    private readonly double[] _projectionBias;
    private readonly double[] _initialHidden;
    private readonly double[] _initialCell;
    private readonly double[] _gates;
    private readonly double[] _derivedGate;        // 1 - the other one of i and f
    private readonly double[] _y;                  // o * output(c)

    public ReferenceLstm(LstmNode node, SignalTap tap) : base(node.OutputSize, tap)
    {
        _node = node;
        _cellSize = node.CellSize;
        _w = new ReferenceMatrix(node.InputWeights);
        _u = new ReferenceMatrix(node.RecurrentWeights);
        _bias = ReferenceMath.ToDouble(node.Bias);
        _peepholes = ReferenceMath.ToDouble(node.Peepholes);
        _projection = node.Projection == null ? null : new ReferenceMatrix(node.Projection);
        _projectionBias = ReferenceMath.ToDouble(node.ProjectionBias);
        _initialHidden = ReferenceMath.ToDouble(node.InitialHidden);
        _initialCell = ReferenceMath.ToDouble(node.InitialCell);
        _gates = new double[_bias.Length];
        _derivedGate = new double[_cellSize];
        _y = new double[_cellSize];
        Cell = new double[_cellSize];
    }

    public override double[] Cell { get; }

    public override bool Step(ReadOnlySpan<double> x)
    {
        _bias.CopyTo(_gates, 0);
        Tap.Multiply(ProductKind.Input, x);
        Tap.Multiply(ProductKind.Recurrent, Output);
        _w.AddProduct(x, _gates);
        _u.AddProduct(Output, _gates);

        int block = 0;
        Span<double> i = default, f = default;
        if (_node.Coupling != GateCoupling.InputFromForget) i = GateAt(block++, Gate.InputGate, 0);
        if (_node.Coupling != GateCoupling.ForgetFromInput) f = GateAt(block++, Gate.ForgetGate, 1);
        if (i.IsEmpty) i = Derived(f, Gate.InputGate);
        if (f.IsEmpty) f = Derived(i, Gate.ForgetGate);
        Span<double> g = GateAt(block++, Gate.Candidate, -1);
        for (int unit = 0; unit < Cell.Length; unit++) Cell[unit] = f[unit] * Cell[unit] + i[unit] * g[unit];
        Tap.Show(Signal.CellState, Cell);

        Span<double> o = GateAt(block, Gate.OutputGate, 2);
        Cell.CopyTo(_y, 0);
        ReferenceMath.Clip(_y, _node.PreActivationClip);
        ReferenceMath.Apply(_node.OutputActivation, _y);
        for (int unit = 0; unit < _y.Length; unit++) _y[unit] *= o[unit];
        Show();
        return true;
    }

    public override void Reset()
    {
        Restore(_initialHidden, Output);
        Restore(_initialCell, Cell);
    }

    // Finishes the gate in a block of the sums: its peephole over the cell as it is now, clip, activation.
    private Span<double> GateAt(int block, Gate gate, int peephole)
    {
        Span<double> values = _gates.AsSpan(block * _cellSize, _cellSize);
        if (_peepholes.Length > 0 && peephole >= 0)
        {
            for (int unit = 0; unit < values.Length; unit++) values[unit] += _peepholes[peephole * _cellSize + unit] * Cell[unit];
        }
        Tap.Show(Signal.PreActivation, gate, values);
        ReferenceMath.Clip(values, _node.PreActivationClip);
        ReferenceMath.Apply(gate == Gate.Candidate ? _node.CellActivation : _node.GateActivation, values);
        Tap.Show(Signal.GateValue, gate, values);
        return values;
    }

    private Span<double> Derived(Span<double> other, Gate gate)
    {
        for (int unit = 0; unit < other.Length; unit++) _derivedGate[unit] = 1 - other[unit];
        Tap.Show(Signal.GateValue, gate, _derivedGate);
        return _derivedGate;
    }

    private void Show()
    {
        if (_projection == null)
        {
            _y.CopyTo(Output, 0);
            return;
        }
        Tap.Show(Signal.UnprojectedHidden, _y);
        Tap.Multiply(ProductKind.Projection, _y);
        Restore(_projectionBias, Output);
        _projection.AddProduct(_y, Output);
    }
}
