using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

// The usual cells with 512-bit vectors: sixteen units at a time, from packed inputs to the new state. The work area then holds z r n, as
// after the other form, and the packed inputs behind them.
internal sealed partial class QuantizedGruLayer
{
    private const int Lanes = QuantizedCellPanels.Lanes;

    private QuantizedCellPanels? _panels;          // reset after: W and U; reset before: those of z and r
    private QuantizedCellPanels? _candidatePanels; // reset before: W_n and U_n
    private bool _isRelu;                          // the candidate, which is tanh otherwise

    public override bool StepsInBlocks => _panels != null;

    partial void Pack(LayerRecord record, QuantizedBlock[] w, QuantizedBlock[] u, ref bool isPacked)
    {
        int size = OutputSize;
        bool isNarrow = record.Scheme == Scheme.W8A8;
        _isRelu = _candidate.Kind == ActivationKind.Relu;
        QuantizedBlock[] all = QuantizedCellPanels.Join(w, u);
        if (!_gate.IsSigmoid || !(_isRelu || _candidate.Kind == ActivationKind.Tanh) || _clip != 0 || u.Length != 1) return;
        if (!QuantizedCellPanels.Fits(record, all, 3 * size)) return;
        double[] bounds = new double[3 * size];
        QuantizedRowBounds.AddBias(_bias, 0, 3 * size, bounds, 0);
        if (_resetAfter) QuantizedRowBounds.AddBias(_bias, 3 * size, size, bounds, 2 * size);
        if (!QuantizedRowBounds.Add(all, 0, 3 * size, isNarrow, bounds)) return;

        int[][] biases = new int[_bias.Length / size][];
        for (int i = 0; i < biases.Length; i++) biases[i] = _bias.AsSpan(i * size, size).ToArray();
        int[] gates = new int[all.Length], spread = new int[all.Length];
        Array.Fill(gates, _resetAfter ? 3 : 2);
        Array.Fill(spread, 2);
        QuantizedCellPanels panels = new(all, gates, 0, size, false, isNarrow, _resetAfter ? biases : biases[..2]);
        int space = size + Math.Max(QuantizedProduct.ScratchOf(record, w, InputSize), QuantizedProduct.ScratchOf(record, u, size));
        if (panels.InputInts > space) return;
        _panels = panels;
        if (!_resetAfter) _candidatePanels = new QuantizedCellPanels(all, spread, 2 * size, size, true, isNarrow, biases[2..]);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepKind<TKind>(QuantizedCellPanels panels, ref int ints, int x, bool backwards)
    {
        int packed = WorkOffset + 3 * OutputSize, last = panels.Groups.Length - 1;
        for (int i = 0; i < last; i++) panels.PackInputs(ref ints, i, x, packed);
        panels.PackInputs(ref ints, last, StateOffset, packed);
        if (_candidatePanels == null)
        {
            StepResetAfter<TKind>(panels, ref ints, packed, backwards);
            return;
        }
        StepGates<TKind>(panels, ref ints, packed, backwards);
        panels.PackInputs(ref ints, last, WorkOffset + 2 * OutputSize, packed);
        if (_candidatePanels.IsWide) StepCandidate<QuantizedCellPanels.Words>(_candidatePanels, ref ints, packed, backwards);
        else StepCandidate<TKind>(_candidatePanels, ref ints, packed, backwards);
    }

    // Two blocks at a time where there are two: the chains of operations behind the products then wait for each other less.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepResetAfter<TKind>(QuantizedCellPanels panels, ref int ints, int packed, bool backwards)
    {
        ref int knots = ref panels.Knots;
        int size = OutputSize, turn = 0;
        for (; turn < panels.Blocks - 1; turn += 2)
        {
            int first = panels.BlockAt(turn, backwards), second = panels.BlockAt(turn + 1, backwards);
            PreActivations<TKind>(panels, ref ints, packed, first, out Vector512<int> z, out Vector512<int> r,
                out Vector512<int> n, out Vector512<int> un);
            PreActivations<TKind>(panels, ref ints, packed, second, out Vector512<int> z2, out Vector512<int> r2,
                out Vector512<int> n2, out Vector512<int> un2);
            r = GateFunction.GateWide(r, ref knots);
            r2 = GateFunction.GateWide(r2, ref knots);
            n = QuantizedPointwise.AddMultipliedWide(r, un, n);
            n2 = QuantizedPointwise.AddMultipliedWide(r2, un2, n2);
            z = GateFunction.StateGateWide(z, ref knots);
            z2 = GateFunction.StateGateWide(z2, ref knots);
            QuantizedPointwise.StoreWide(r, ref Unsafe.Add(ref ints, WorkOffset + size + first * Lanes), size - first * Lanes);
            QuantizedPointwise.StoreWide(r2, ref Unsafe.Add(ref ints, WorkOffset + size + second * Lanes), size - second * Lanes);
            Update(z, n, ref ints, first * Lanes, ref knots);
            Update(z2, n2, ref ints, second * Lanes, ref knots);
        }
        if (turn < panels.Blocks) StepBlock<TKind>(panels, ref ints, packed, panels.BlockAt(turn, backwards));
    }

    // A method of its own: what the compiler inlines into one has a limit.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepBlock<TKind>(QuantizedCellPanels panels, ref int ints, int packed, int block)
    {
        ref int knots = ref panels.Knots;
        int size = OutputSize, unit = block * Lanes;
        PreActivations<TKind>(panels, ref ints, packed, block, out Vector512<int> z, out Vector512<int> r,
            out Vector512<int> n, out Vector512<int> un);
        r = GateFunction.GateWide(r, ref knots);
        z = GateFunction.StateGateWide(z, ref knots);
        n = QuantizedPointwise.AddMultipliedWide(r, un, n);
        QuantizedPointwise.StoreWide(r, ref Unsafe.Add(ref ints, WorkOffset + size + unit), size - unit);
        Update(z, n, ref ints, unit, ref knots);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PreActivations<TKind>(QuantizedCellPanels panels, ref int ints, int packed, int block, out Vector512<int> z,
        out Vector512<int> r, out Vector512<int> n, out Vector512<int> un)
    {
        int numberBytes = QuantizedCellPanels.NumberBytes<TKind>(), last = panels.Groups.Length - 1;
        ref byte w = ref panels.Weights(block);
        ref byte numbers = ref panels.Numbers(block);
        z = Vector512.LoadUnsafe(ref numbers).AsInt32();
        r = Vector512.LoadUnsafe(ref numbers, 64).AsInt32();
        n = Vector512.LoadUnsafe(ref numbers, 128).AsInt32();
        un = Vector512.LoadUnsafe(ref numbers, 192).AsInt32();
        numbers = ref Unsafe.Add(ref numbers, 256);
        for (int i = 0; i <= last; i++)
        {
            ref int inputs = ref Unsafe.Add(ref ints, packed + panels.Inputs[i]);
            int groups = panels.Groups[i];
            QuantizedCellPanels.Sums<TKind>(ref w, ref inputs, groups, out Vector512<int> a, out Vector512<int> b, out Vector512<int> c);
            w = ref Unsafe.Add(ref w, 3 * groups * QuantizedCellPanels.GroupBytes<TKind>());
            z = QuantizedCellPanels.AddScaled<TKind>(z, a, ref numbers);
            r = QuantizedCellPanels.AddScaled<TKind>(r, b, ref Unsafe.Add(ref numbers, numberBytes));
            ref byte scale = ref Unsafe.Add(ref numbers, 2 * numberBytes);
            Vector512<int> candidate = QuantizedCellPanels.AddScaled<TKind>(i < last ? n : un, c, ref scale);
            if (i < last) n = candidate;
            else un = candidate;
            numbers = ref Unsafe.Add(ref numbers, 3 * numberBytes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepGates<TKind>(QuantizedCellPanels panels, ref int ints, int packed, bool backwards)
    {
        int numberBytes = QuantizedCellPanels.NumberBytes<TKind>(), size = OutputSize;
        ref int knots = ref panels.Knots;
        for (int turn = 0; turn < panels.Blocks; turn++)
        {
            int block = panels.BlockAt(turn, backwards), unit = block * Lanes;
            ref byte w = ref panels.Weights(block);
            ref byte numbers = ref panels.Numbers(block);
            Vector512<int> z = Vector512.LoadUnsafe(ref numbers).AsInt32(), r = Vector512.LoadUnsafe(ref numbers, 64).AsInt32();
            numbers = ref Unsafe.Add(ref numbers, 128);
            for (int i = 0; i < panels.Groups.Length; i++)
            {
                ref int inputs = ref Unsafe.Add(ref ints, packed + panels.Inputs[i]);
                int groups = panels.Groups[i];
                QuantizedCellPanels.Sums<TKind>(ref w, ref inputs, groups, out Vector512<int> a, out Vector512<int> b);
                w = ref Unsafe.Add(ref w, 2 * groups * QuantizedCellPanels.GroupBytes<TKind>());
                z = QuantizedCellPanels.AddScaled<TKind>(z, a, ref numbers);
                r = QuantizedCellPanels.AddScaled<TKind>(r, b, ref Unsafe.Add(ref numbers, numberBytes));
                numbers = ref Unsafe.Add(ref numbers, 2 * numberBytes);
            }
            r = GateFunction.GateWide(r, ref knots);
            z = GateFunction.StateGateWide(z, ref knots);
            Vector512<int> h = Vector512.LoadUnsafe(ref Unsafe.Add(ref ints, StateOffset + unit));
            QuantizedPointwise.StoreWide(z, ref Unsafe.Add(ref ints, WorkOffset + unit), size - unit);
            QuantizedPointwise.StoreWide(r, ref Unsafe.Add(ref ints, WorkOffset + size + unit), size - unit);
            h = QuantizedPointwise.MultiplyWide(r, h);
            QuantizedPointwise.StoreWide(h, ref Unsafe.Add(ref ints, WorkOffset + 2 * size + unit), size - unit);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepCandidate<TKind>(QuantizedCellPanels panels, ref int ints, int packed, bool backwards)
    {
        int numberBytes = QuantizedCellPanels.NumberBytes<TKind>(), size = OutputSize;
        ref int knots = ref panels.Knots;
        for (int turn = 0; turn < panels.Blocks; turn++)
        {
            int block = panels.BlockAt(turn, backwards), unit = block * 2 * Lanes;
            ref byte w = ref panels.Weights(block);
            ref byte numbers = ref panels.Numbers(block);
            Vector512<int> n = Vector512.LoadUnsafe(ref numbers).AsInt32(), next = Vector512.LoadUnsafe(ref numbers, 64).AsInt32();
            numbers = ref Unsafe.Add(ref numbers, 128);
            for (int i = 0; i < panels.Groups.Length; i++)
            {
                ref int inputs = ref Unsafe.Add(ref ints, packed + panels.Inputs[i]);
                int groups = panels.Groups[i];
                QuantizedCellPanels.Sums<TKind>(ref w, ref inputs, groups, out Vector512<int> a, out Vector512<int> b);
                w = ref Unsafe.Add(ref w, 2 * groups * QuantizedCellPanels.GroupBytes<TKind>());
                n = QuantizedCellPanels.AddScaled<TKind>(n, a, ref numbers);
                next = QuantizedCellPanels.AddScaled<TKind>(next, b, ref Unsafe.Add(ref numbers, numberBytes));
                numbers = ref Unsafe.Add(ref numbers, 2 * numberBytes);
            }
            Update(Vector512.LoadUnsafe(ref Unsafe.Add(ref ints, WorkOffset + unit)), n, ref ints, unit, ref knots);
            unit += Lanes;
            if (unit < size) Update(Vector512.LoadUnsafe(ref Unsafe.Add(ref ints, WorkOffset + unit)), next, ref ints, unit, ref knots);
        }
    }

    // z is a gate already, n a pre-activation.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Update(Vector512<int> z, Vector512<int> n, ref int ints, int unit, ref int knots)
    {
        int size = OutputSize, units = size - unit;
        if (_isRelu) n = Vector512.Max(Vector512.Min(n, Vector512.Create(_candidateLimit)), Vector512<int>.Zero);
        else n = GateFunction.TanhWide(n, ref knots);
        ref int h = ref Unsafe.Add(ref ints, StateOffset + unit);
        ref int wide = ref Unsafe.Add(ref h, size);
        Vector512<int> state = QuantizedPointwise.UpdateStateWide(z, n, Vector512.LoadUnsafe(ref wide), _stateBits - _candidate.ResultBits);
        QuantizedPointwise.StoreWide(z, ref Unsafe.Add(ref ints, WorkOffset + unit), units);
        QuantizedPointwise.StoreWide(n, ref Unsafe.Add(ref ints, WorkOffset + 2 * size + unit), units);
        QuantizedPointwise.StoreWide(state, ref wide, units);
        state = QuantizedPointwise.RoundWide(state, _stateBits - OutputBits, QuantizedPointwise.Limit16);
        QuantizedPointwise.StoreWide(state, ref h, units);
    }
}
