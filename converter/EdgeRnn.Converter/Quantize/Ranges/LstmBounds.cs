using System;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>
/// Bounds of an LSTM. The cell of the integer path saturates at 256 (int32 with 23 fraction bits), which bounds everything behind
/// it; where the forget gate stays below 1 by itself the cell's own bound may be smaller.
/// </summary>
internal static class LstmBounds
{
    /// <summary>The largest magnitude the integer path's cell holds.</summary>
    public const double CellLimit = 256;

    private const int Turns = 3;

    public static (Interval[] Output, bool Intrinsic) Of(LstmNode node, CellBounds cell)
    {
        double clip = node.PreActivationClip;
        bool gated = IntervalMath.IsBounded(node.GateActivation, clip);
        bool bounded = gated && IntervalMath.IsBounded(node.OutputActivation, clip);
        Interval[] start = cell.StartHidden(node.InitialHidden, node.OutputSize);
        Interval[] startCell = cell.StartCell(node.InitialCell, node.CellSize);
        Interval[] c = IntervalMath.Fill(Interval.Symmetric(CellLimit), node.CellSize);

        // Each turn is sound whatever the one before found, as the cell never leaves its format.
        Interval[] h = Shown();
        for (int turn = 0; turn < Turns; turn++)
        {
            c = NextCell(node, cell, IntervalMath.Hull(start, h), startCell, c);
            h = Shown();
        }
        cell.Cell = cell.Note(Signal.CellState, Gate.None, c);
        return (IntervalMath.Hull(start, h), bounded && node.Projection == null && !cell.StartsLinked);

        Interval[] Shown()
        {
            Interval gate = IntervalMath.RangeOf(node.GateActivation, clip);
            Interval[] y = gated
                ? Array.ConvertAll(IntervalMath.Apply(node.OutputActivation, c, clip), value => gate * value)
                : cell.Assume(node.Name, new Interval[node.CellSize], Interval.Everything);
            if (bounded) y = IntervalMath.Fill(gate * IntervalMath.RangeOf(node.OutputActivation, clip), node.CellSize);
            if (node.Projection == null) return y;
            cell.Note(Signal.UnprojectedHidden, Gate.None, y, bounded);
            return IntervalMath.Affine(node.Projection.Data, node.ProjectionBias?.Data, y);
        }
    }

    private static Interval[] NextCell(LstmNode node, CellBounds cell, Interval[] h, Interval[] startCell, Interval[] c)
    {
        int size = node.CellSize, block = 0;
        Interval[] a = IntervalMath.Add(IntervalMath.Affine(node.InputWeights.Data, node.Bias.Data, cell.Input),
            IntervalMath.Affine(node.RecurrentWeights.Data, [], h));
        Interval[]? i = node.Coupling == GateCoupling.InputFromForget ? null : GateOf(Gate.InputGate, 0);
        Interval[]? f = node.Coupling == GateCoupling.ForgetFromInput ? null : GateOf(Gate.ForgetGate, 1);
        i ??= Derived(Gate.InputGate, f!);
        f ??= Derived(Gate.ForgetGate, i);
        Interval[] g = GateOf(Gate.Candidate, -1);
        GateOf(Gate.OutputGate, 2);
        return [.. Enumerable.Range(0, size).Select(unit => CellOf(f[unit], i[unit] * g[unit], startCell[unit]))];

        Interval[] GateOf(Gate gate, int peephole)
        {
            Interval[] sum = a.AsSpan(block++ * size, size).ToArray();
            for (int unit = 0; node.Peepholes != null && peephole >= 0 && unit < size; unit++)
                sum[unit] += node.Peepholes.Data[peephole * size + unit] * c[unit];
            Activation f = gate == Gate.Candidate ? node.CellActivation : node.GateActivation;
            return cell.Gate(gate, sum, f, node.PreActivationClip);
        }

        Interval[] Derived(Gate gate, Interval[] other) => cell.Note(Signal.GateValue, gate,
            Array.ConvertAll(other, value => Interval.Point(1) + -1 * value), IntervalMath.IsBounded(node.GateActivation,
            node.PreActivationClip));
    }

    // c = f c' + v: |c| never exceeds the larger of the start and |v| / (1 - |f|), nor the format.
    private static Interval CellOf(Interval f, Interval v, Interval start)
    {
        double limit = CellLimit;
        if (f.Magnitude < 1) limit = Math.Min(limit, Math.Max(start.Magnitude, v.Magnitude / (1 - f.Magnitude)));
        return Interval.Symmetric(limit);
    }
}
