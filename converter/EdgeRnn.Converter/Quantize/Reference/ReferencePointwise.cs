using System;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Reference;

/// <summary>The layers without weights: activation, standardiser, sum and product, argmax.</summary>
internal sealed class ReferencePointwise(GraphNode node, SignalTap tap) : ReferenceLayer(node.OutputSize, tap)
{
    public override bool Step(ReadOnlySpan<double> x)
    {
        switch (node)
        {
            case ActivationNode activation:
                x.CopyTo(Output);
                ReferenceMath.Apply(activation.Activation, Output);
                return true;
            case StandardiseNode scale:
                Standardise(scale, x);
                return true;
            case PairwiseNode pair:
                Pair(pair, x);
                return true;
            case ArgMaxNode:
                Output[0] = ArgMax(x);
                return true;
            default:
                throw new NotSupportedException($"{node.Name}: {node.GetType().Name} has no equations here");
        }
    }

    private void Standardise(StandardiseNode scale, ReadOnlySpan<double> x)
    {
        for (int i = 0; i < x.Length; i++)
            Output[i] = ReferenceMath.Clip((x[i] - scale.Mean.Data[i]) * scale.InverseScale.Data[i], scale.Clip);
    }

    private void Pair(PairwiseNode pair, ReadOnlySpan<double> x)
    {
        ReadOnlySpan<double> a = x[..Output.Length], b = x[Output.Length..];
        for (int i = 0; i < a.Length; i++) Output[i] = pair.Multiply ? a[i] * b[i] : a[i] + b[i];
    }

    private static int ArgMax(ReadOnlySpan<double> x)
    {
        int largest = 0;
        for (int i = 1; i < x.Length; i++)
        {
            if (x[i] > x[largest]) largest = i;
        }
        return largest;
    }
}
