using System;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Reference;

/// <summary>y = f(W x + b).</summary>
internal sealed class ReferenceDense(DenseNode node, SignalTap tap) : ReferenceLayer(node.OutputSize, tap)
{
    private readonly ReferenceMatrix _w = new(node.Weights);
    private readonly double[] _bias = ReferenceMath.ToDouble(node.Bias);

    public override bool Step(ReadOnlySpan<double> x)
    {
        Restore(_bias, Output);
        Tap.Multiply(ProductKind.Input, x);
        _w.AddProduct(x, Output);
        Tap.Show(Signal.PreActivation, Output);
        ReferenceMath.Apply(node.Activation, Output);
        return true;
    }
}
