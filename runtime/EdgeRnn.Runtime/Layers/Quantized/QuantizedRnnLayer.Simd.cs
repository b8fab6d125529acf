using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

// The usual cells with 512-bit vectors: 32 units at a time, from packed inputs to the new state. The work area then holds
// the packed inputs.
internal sealed partial class QuantizedRnnLayer
{
    private const int Lanes = QuantizedCellPanels.Lanes;

    private QuantizedCellPanels? _panels; // W and U

    public override bool StepsInBlocks => _panels != null;

    partial void Pack(LayerRecord record, QuantizedBlock[] w, QuantizedBlock[] u, ref bool isPacked)
    {
        int size = OutputSize;
        bool isNarrow = record.Scheme == Scheme.W8A8;
        if (_clip != 0 || u.Length != 1 || !(_activation.Kind is ActivationKind.Tanh or ActivationKind.Relu)) return;
        QuantizedBlock[] all = QuantizedCellPanels.Join(w, u);
        if (!QuantizedCellPanels.Fits(record, all, size)) return;
        double[] bounds = new double[size];
        QuantizedRowBounds.AddBias(_bias, 0, size, bounds, 0);
        if (!QuantizedRowBounds.Add(all, 0, size, isNarrow, bounds)) return;

        int[] spread = new int[all.Length];
        Array.Fill(spread, 2);
        QuantizedCellPanels panels = new(all, spread, 0, size, true, isNarrow, new[] { _bias });
        int space = size + Math.Max(QuantizedProduct.ScratchOf(record, w, InputSize), QuantizedProduct.ScratchOf(record, u, size));
        if (panels.InputInts > space) return;
        _panels = panels;
        isPacked = true;
    }

    partial void StepBlocks(SessionMemory session, ref bool done)
    {
        if (_panels == null) return;
        done = true;
        int x = Gather(session);
        bool backwards = session.WalksBack(StateOffset);
        ref int ints = ref session.Ints.AsSpan(0, WorkOffset + WorkSize).GetPinnableReference();
        if (_panels.IsNarrow) StepKind<QuantizedCellPanels.Narrow>(_panels, ref ints, x, backwards);
        else if (_panels.IsWide) StepKind<QuantizedCellPanels.Words>(_panels, ref ints, x, backwards);
        else StepKind<QuantizedCellPanels.Bytes>(_panels, ref ints, x, backwards);
    }

    private void StepKind<TKind>(QuantizedCellPanels panels, ref int ints, int x, bool backwards)
    {
        int last = panels.Groups.Length - 1, numberBytes = QuantizedCellPanels.NumberBytes<TKind>();
        for (int i = 0; i <= last; i++) panels.PackInputs(ref ints, i, i < last ? x : StateOffset, WorkOffset);
        for (int turn = 0; turn < panels.Blocks; turn++)
        {
            int block = panels.BlockAt(turn, backwards), unit = block * 2 * Lanes;
            ref byte w = ref panels.Weights(block);
            ref byte numbers = ref panels.Numbers(block);
            Vector512<int> h = Vector512.LoadUnsafe(ref numbers).AsInt32(), next = Vector512.LoadUnsafe(ref numbers, 64).AsInt32();
            numbers = ref Unsafe.Add(ref numbers, 128);
            for (int i = 0; i <= last; i++)
            {
                ref int inputs = ref Unsafe.Add(ref ints, WorkOffset + panels.Inputs[i]);
                int groups = panels.Groups[i];
                QuantizedCellPanels.Sums<TKind>(ref w, ref inputs, groups, out Vector512<int> a, out Vector512<int> b);
                w = ref Unsafe.Add(ref w, 2 * groups * QuantizedCellPanels.GroupBytes<TKind>());
                h = QuantizedCellPanels.AddScaled<TKind>(h, a, ref numbers);
                next = QuantizedCellPanels.AddScaled<TKind>(next, b, ref Unsafe.Add(ref numbers, numberBytes));
                numbers = ref Unsafe.Add(ref numbers, 2 * numberBytes);
            }
            Activate(h, ref ints, unit, ref panels.Knots);
            if (unit + Lanes < OutputSize) Activate(next, ref ints, unit + Lanes, ref panels.Knots);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Activate(Vector512<int> pre, ref int ints, int unit, ref int knots)
    {
        if (_activation.Kind == ActivationKind.Relu) pre = Vector512.Max(pre, Vector512<int>.Zero);
        else pre = GateFunction.TanhWide(pre, ref knots);
        pre = QuantizedPointwise.RoundWide(pre, _activation.ResultBits - OutputBits, QuantizedPointwise.Limit16);
        QuantizedPointwise.StoreWide(pre, ref Unsafe.Add(ref ints, StateOffset + unit), OutputSize - unit);
    }
}
