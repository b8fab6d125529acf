using System;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Reference;

/// <summary>
/// Gated recurrent unit; <see cref="GruNode"/> has the equations. z update gate, r reset gate, n candidate, h state.
/// </summary>
internal sealed class ReferenceGru : ReferenceLayer
{
    private readonly GruNode _node;
    private readonly int _hiddenSize;
    private readonly ReferenceMatrix _w;   // W_z W_r W_n
    private readonly ReferenceMatrix _uZr; // U_z U_r
    private readonly ReferenceMatrix _uN;  // U_n
    private readonly double[] _bias;
    private readonly double[] _initialHidden;
    private readonly double[] _work;       // z r n, and U_n h' + b_Un or r * h'

    public ReferenceGru(GruNode node, SignalTap tap) : base(node.OutputSize, tap)
    {
        _node = node;
        int size = _hiddenSize = node.OutputSize;
        _w = new ReferenceMatrix(node.InputWeights);
        _uZr = new ReferenceMatrix(node.RecurrentWeights.Data.AsSpan(0, 2 * size * size), 2 * size, size);
        _uN = new ReferenceMatrix(node.RecurrentWeights.Data.AsSpan(2 * size * size), size, size);
        _bias = ReferenceMath.ToDouble(node.Bias);
        _initialHidden = ReferenceMath.ToDouble(node.InitialHidden);
        _work = new double[4 * size];
    }

    public override bool Step(ReadOnlySpan<double> x)
    {
        int size = _hiddenSize;
        double[] h = Output;
        Span<double> zr = _work.AsSpan(0, 2 * size), z = zr[..size], r = zr[size..];
        Span<double> n = _work.AsSpan(2 * size, size), recurrent = _work.AsSpan(3 * size, size);

        _bias.CopyTo(_work, 0);
        Tap.Multiply(ProductKind.Input, x);
        Tap.Multiply(ProductKind.Recurrent, h);
        _w.AddProduct(x, _work);
        _uZr.AddProduct(h, zr);
        Tap.Show(Signal.PreActivation, Gate.UpdateGate, z);
        Tap.Show(Signal.PreActivation, Gate.ResetGate, r);
        ReferenceMath.Clip(zr, _node.PreActivationClip);
        ReferenceMath.Apply(_node.GateActivation, zr);
        Tap.Show(Signal.GateValue, Gate.UpdateGate, z);
        Tap.Show(Signal.GateValue, Gate.ResetGate, r);

        AddRecurrentTerm(h, r, recurrent, n);
        Tap.Show(Signal.PreActivation, Gate.Candidate, n);
        ReferenceMath.Clip(n, _node.PreActivationClip);
        ReferenceMath.Apply(_node.CandidateActivation, n);
        Tap.Show(Signal.GateValue, Gate.Candidate, n);

        for (int unit = 0; unit < size; unit++) h[unit] = (1 - z[unit]) * n[unit] + z[unit] * h[unit];
        return true;
    }

    public override void Reset() => Restore(_initialHidden, Output);

    private void AddRecurrentTerm(double[] h, Span<double> r, Span<double> recurrent, Span<double> n)
    {
        if (_node.ResetAfter)
        {
            _uN.AddProduct(h, recurrent);
            Tap.Show(Signal.RecurrentTerm, recurrent);
            for (int unit = 0; unit < n.Length; unit++) n[unit] += r[unit] * recurrent[unit];
            return;
        }
        for (int unit = 0; unit < n.Length; unit++) recurrent[unit] = r[unit] * h[unit];
        Tap.Multiply(ProductKind.GatedRecurrent, recurrent);
        _uN.AddProduct(recurrent, n);
    }
}
