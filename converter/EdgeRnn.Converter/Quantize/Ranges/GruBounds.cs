using System;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>
/// Bounds of a GRU. With z in [0, 1] the state is a mean of candidates and of the state at the start, so it stays in any set
/// that holds these; a bounded candidate needs no more than that.
/// </summary>
internal static class GruBounds
{
    public static (Interval[] Output, bool Intrinsic) Of(GruNode node, CellBounds cell)
    {
        int size = node.OutputSize;
        double clip = node.PreActivationClip;
        Interval range = IntervalMath.RangeOf(node.CandidateActivation, clip);
        Interval gateRange = IntervalMath.RangeOf(node.GateActivation, clip);
        bool mean = new Interval(0, 1).Holds(gateRange);
        bool bounded = mean && IntervalMath.IsBounded(node.CandidateActivation, clip);

        Interval[] fromInput = IntervalMath.Affine(node.InputWeights.Data, node.Bias.Data.AsSpan(0, 3 * size), cell.Input);
        Interval[] start = cell.StartHidden(node.InitialHidden, size);
        Interval[] h = bounded
            ? Array.ConvertAll(start, unit => unit.Hull(range))
            : cell.Settle(node.Name, start, mean ? range : Interval.Everything, Next);
        Next(h);
        return (h, bounded && !cell.StartsLinked);

        Interval[] Next(Interval[] hidden)
        {
            Interval[] z = GateOf(0, Gate.UpdateGate, hidden), r = GateOf(1, Gate.ResetGate, hidden);
            Interval[] a = IntervalMath.Add(fromInput.AsSpan(2 * size), RecurrentPart(hidden, r));
            Interval[] n = cell.Gate(Gate.Candidate, a, node.CandidateActivation, clip);
            return mean ? n : Mix(z, n, hidden);
        }

        Interval[] GateOf(int block, Gate gate, Interval[] hidden)
        {
            Interval[] a = IntervalMath.Add(fromInput.AsSpan(block * size, size), Recurrent(block, hidden, []));
            return cell.Gate(gate, a, node.GateActivation, clip);
        }

        Interval[] Recurrent(int block, Interval[] hidden, ReadOnlySpan<float> bias) =>
            IntervalMath.Affine(node.RecurrentWeights.Data.AsSpan(block * size * size, size * size), bias, hidden);

        Interval[] RecurrentPart(Interval[] hidden, Interval[] r)
        {
            if (!node.ResetAfter) return Recurrent(2, IntervalMath.Multiply(r, hidden), []);
            Interval[] term = Recurrent(2, hidden, node.Bias.Data.AsSpan(3 * size));
            cell.Note(Signal.RecurrentTerm, Gate.None, term);
            return IntervalMath.Multiply(r, term);
        }
    }

    // (1 - z) n + z h where z may leave [0, 1].
    private static Interval[] Mix(Interval[] z, Interval[] n, Interval[] hidden)
    {
        Interval[] mixed = new Interval[z.Length];
        for (int i = 0; i < mixed.Length; i++) mixed[i] = (Interval.Point(1) + -1 * z[i]) * n[i] + z[i] * hidden[i];
        return mixed;
    }
}
