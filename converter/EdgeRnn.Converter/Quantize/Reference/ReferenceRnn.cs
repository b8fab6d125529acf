using System;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Reference;

/// <summary>Elman cell: h = f(W x + U h' + b).</summary>
internal sealed class ReferenceRnn(RnnNode node, SignalTap tap) : ReferenceLayer(node.OutputSize, tap)
{
    private readonly ReferenceMatrix _w = new(node.InputWeights);
    private readonly ReferenceMatrix _u = new(node.RecurrentWeights);
    private readonly double[] _bias = ReferenceMath.ToDouble(node.Bias);
    private readonly double[] _initialHidden = ReferenceMath.ToDouble(node.InitialHidden);
    private readonly double[] _a = new double[node.OutputSize];

    public override bool Step(ReadOnlySpan<double> x)
    {
        _bias.CopyTo(_a, 0);
        Tap.Multiply(ProductKind.Input, x);
        Tap.Multiply(ProductKind.Recurrent, Output);
        _w.AddProduct(x, _a);
        _u.AddProduct(Output, _a);
        Tap.Show(Signal.PreActivation, _a);
        ReferenceMath.Clip(_a, node.PreActivationClip);
        ReferenceMath.Apply(node.Activation, _a);
        _a.CopyTo(Output, 0);
        return true;
    }

    public override void Reset() => Restore(_initialHidden, Output);
}
