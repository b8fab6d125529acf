using System;
using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>Bounds of what each kind of layer computes. Intrinsic means: whatever the layer reads.</summary>
internal static class LayerBounds
{
    public static (Interval[] Output, bool Intrinsic) Of(GraphNode node, CellBounds cell) => node switch
    {
        DenseNode dense => Dense(dense, cell),
        ConvNode conv => Conv(conv, cell),
        RnnNode rnn => Rnn(rnn, cell),
        GruNode gru => GruBounds.Of(gru, cell),
        LstmNode lstm => LstmBounds.Of(lstm, cell),
        EmbeddingNode embedding => (Columns(embedding.Table), true),
        ActivationNode activation => (IntervalMath.Apply(activation.Activation, cell.Input), IsBounded(activation.Activation)),
        StandardiseNode scale => (Standardise(scale, cell.Input), scale.Clip != 0),
        PairwiseNode pair => (Pair(pair, cell.Input), false),
        ArgMaxNode => ([new Interval(0, node.InputSize - 1)], true),
        _ => throw new NotSupportedException($"{node.Name}: {node.GetType().Name} has no equations here"),
    };

    private static bool IsBounded(Activation f) => IntervalMath.IsBounded(f, 0);

    private static (Interval[], bool) Dense(DenseNode node, CellBounds cell)
    {
        Interval[] a = IntervalMath.Affine(node.Weights.Data, node.Bias?.Data, cell.Input);
        cell.Note(Signal.PreActivation, Gate.None, a);
        return (IntervalMath.Apply(node.Activation, a), IsBounded(node.Activation));
    }

    // Every tap of a channel has the channel's bounds, and before the first samples it may be zero.
    private static (Interval[], bool) Conv(ConvNode node, CellBounds cell)
    {
        int kernel = node.Weights.Shape[2], groupInputs = node.Weights.Shape[1], groupOutputs = node.OutputSize / node.Groups;
        Interval[] a = new Interval[node.OutputSize];
        for (int group = 0; group < node.Groups; group++)
        {
            Interval[] taps = [.. cell.Input.Skip(group * groupInputs).Take(groupInputs)
                .SelectMany(channel => Enumerable.Repeat(node.PaddedStart ? channel.Hull(Interval.Zero) : channel, kernel))];
            int weights = groupOutputs * taps.Length;
            ReadOnlySpan<float> bias = node.Bias == null ? [] : node.Bias.Data.AsSpan(group * groupOutputs, groupOutputs);
            IntervalMath.Affine(node.Weights.Data.AsSpan(group * weights, weights), bias, taps).CopyTo(a, group * groupOutputs);
        }
        cell.Note(Signal.PreActivation, Gate.None, a);
        return (IntervalMath.Apply(node.Activation, a), IsBounded(node.Activation));
    }

    private static (Interval[], bool) Rnn(RnnNode node, CellBounds cell)
    {
        Interval[] fromInput = IntervalMath.Affine(node.InputWeights.Data, node.Bias.Data, cell.Input);
        Interval range = IntervalMath.RangeOf(node.Activation, node.PreActivationClip);
        bool bounded = IntervalMath.IsBounded(node.Activation, node.PreActivationClip);
        Interval[] start = cell.StartHidden(node.InitialHidden, node.OutputSize);
        Interval[] h = bounded
            ? Array.ConvertAll(start, unit => unit.Hull(range))
            : cell.Settle(node.Name, start, range, Next);
        Next(h);
        return (h, bounded && !cell.StartsLinked);

        Interval[] Next(Interval[] hidden)
        {
            Interval[] a = IntervalMath.Add(fromInput, IntervalMath.Affine(node.RecurrentWeights.Data, [], hidden));
            cell.Note(Signal.PreActivation, Gate.None, a);
            return IntervalMath.Apply(node.Activation, a, node.PreActivationClip);
        }
    }

    private static Interval[] Columns(Tensor table)
    {
        Interval[] columns = new Interval[table.Shape[1]]; // an index that names no row gives zeros
        for (int at = 0; at < table.Data.Length; at++)
            columns[at % columns.Length] = columns[at % columns.Length].Hull(Interval.Point(table.Data[at]));
        return columns;
    }

    private static Interval[] Standardise(StandardiseNode scale, Interval[] x)
    {
        Interval[] y = new Interval[x.Length];
        for (int i = 0; i < y.Length; i++)
            y[i] = (scale.InverseScale.Data[i] * (x[i] + Interval.Point(-(double)scale.Mean.Data[i]))).Clip(scale.Clip);
        return y;
    }

    private static Interval[] Pair(PairwiseNode pair, Interval[] x)
    {
        ReadOnlySpan<Interval> a = x.AsSpan(0, pair.OutputSize), b = x.AsSpan(pair.OutputSize);
        return pair.Multiply ? IntervalMath.Multiply(a, b) : IntervalMath.Add(a, b);
    }
}
