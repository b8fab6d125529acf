using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

// The usual cell with 512-bit vectors: sixteen units at a time, from packed inputs to the new state. The work area then holds i f g o, as
// after the other form, and the packed inputs behind them.
internal sealed partial class QuantizedLstmLayer
{
    private const int Lanes = QuantizedCellPanels.Lanes;

    private QuantizedCellPanels? _panels; // W and U

    public override bool StepsInBlocks => _panels != null;

    partial void Pack(LayerRecord record, QuantizedBlock[] w, QuantizedBlock[] u, ref bool isPacked)
    {
        int size = _cellSize;
        bool isNarrow = record.Scheme == Scheme.W8A8;
        if (_coupling != GateCoupling.None || _peepholes != null || _projection != null || _clip != 0 || u.Length != 1) return;
        if (!_gate.IsSigmoid || _cell.Kind != ActivationKind.Tanh || _output.Kind != ActivationKind.Tanh) return;
        QuantizedBlock[] all = QuantizedCellPanels.Join(w, u);
        if (!QuantizedCellPanels.Fits(record, all, 4 * size)) return;
        double[] bounds = new double[4 * size];
        QuantizedRowBounds.AddBias(_bias, 0, 4 * size, bounds, 0);
        if (!QuantizedRowBounds.Add(all, 0, 4 * size, isNarrow, bounds)) return;

        int[][] biases = new int[4][];
        for (int i = 0; i < 4; i++) biases[i] = _bias.AsSpan(i * size, size).ToArray();
        int[] gates = new int[all.Length];
        Array.Fill(gates, 4);
        QuantizedCellPanels panels = new(all, gates, 0, size, false, isNarrow, biases);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepKind<TKind>(QuantizedCellPanels panels, ref int ints, int x, bool backwards)
    {
        int products = panels.Groups.Length, packed = WorkOffset + 4 * OutputSize;
        for (int i = 0; i < products; i++) panels.PackInputs(ref ints, i, i < products - 1 ? x : StateOffset, packed);
        // Two blocks at a time where there are two: the chains of operations behind the products then wait for each other less.
        ref int knots = ref panels.Knots;
        int turn = 0;
        for (; turn < panels.Blocks - 1; turn += 2)
        {
            int first = panels.BlockAt(turn, backwards), second = panels.BlockAt(turn + 1, backwards);
            PreActivations<TKind>(panels, ref ints, packed, first, out Vector512<int> i, out Vector512<int> f,
                out Vector512<int> g, out Vector512<int> o);
            PreActivations<TKind>(panels, ref ints, packed, second, out Vector512<int> i2, out Vector512<int> f2, out Vector512<int> g2,
                out Vector512<int> o2);
            Update(i, f, g, o, ref ints, first * Lanes, ref knots);
            Update(i2, f2, g2, o2, ref ints, second * Lanes, ref knots);
        }
        if (turn < panels.Blocks) StepBlock<TKind>(panels, ref ints, packed, panels.BlockAt(turn, backwards));
    }

    // A method of its own: what the compiler inlines into one has a limit.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepBlock<TKind>(QuantizedCellPanels panels, ref int ints, int packed, int block)
    {
        PreActivations<TKind>(panels, ref ints, packed, block, out Vector512<int> i, out Vector512<int> f,
            out Vector512<int> g, out Vector512<int> o);
        Update(i, f, g, o, ref ints, block * Lanes, ref panels.Knots);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PreActivations<TKind>(QuantizedCellPanels panels, ref int ints, int packed, int block, out Vector512<int> i,
        out Vector512<int> f, out Vector512<int> g, out Vector512<int> o)
    {
        int numberBytes = QuantizedCellPanels.NumberBytes<TKind>();
        ref byte w = ref panels.Weights(block);
        ref byte numbers = ref panels.Numbers(block);
        i = Vector512.LoadUnsafe(ref numbers).AsInt32();
        f = Vector512.LoadUnsafe(ref numbers, 64).AsInt32();
        g = Vector512.LoadUnsafe(ref numbers, 128).AsInt32();
        o = Vector512.LoadUnsafe(ref numbers, 192).AsInt32();
        numbers = ref Unsafe.Add(ref numbers, 256);
        for (int product = 0; product < panels.Groups.Length; product++)
        {
            ref int inputs = ref Unsafe.Add(ref ints, packed + panels.Inputs[product]);
            int groups = panels.Groups[product];
            QuantizedCellPanels.Sums<TKind>(ref w, ref inputs, groups, out Vector512<int> sumI, out Vector512<int> sumF,
                out Vector512<int> sumG, out Vector512<int> sumO);
            w = ref Unsafe.Add(ref w, 4 * groups * QuantizedCellPanels.GroupBytes<TKind>());
            i = QuantizedCellPanels.AddScaled<TKind>(i, sumI, ref numbers);
            f = QuantizedCellPanels.AddScaled<TKind>(f, sumF, ref Unsafe.Add(ref numbers, numberBytes));
            g = QuantizedCellPanels.AddScaled<TKind>(g, sumG, ref Unsafe.Add(ref numbers, 2 * numberBytes));
            o = QuantizedCellPanels.AddScaled<TKind>(o, sumO, ref Unsafe.Add(ref numbers, 3 * numberBytes));
            numbers = ref Unsafe.Add(ref numbers, 4 * numberBytes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Update(Vector512<int> i, Vector512<int> f, Vector512<int> g, Vector512<int> o, ref int ints, int unit, ref int knots)
    {
        int size = OutputSize, units = size - unit;
        ref int h = ref Unsafe.Add(ref ints, StateOffset + unit);
        ref int cell = ref Unsafe.Add(ref h, size);
        ref int rest = ref Unsafe.Add(ref cell, size);
        ref int work = ref Unsafe.Add(ref ints, WorkOffset + unit);
        i = GateFunction.StateGateWide(i, ref knots);
        f = GateFunction.StateGateWide(f, ref knots);
        g = GateFunction.TanhWide(g, ref knots);
        o = GateFunction.GateWide(o, ref knots);
        Vector512<int> left = Vector512.LoadUnsafe(ref rest);
        Vector512<int> c = QuantizedPointwise.UpdateCellWide(f, i, g, Vector512.LoadUnsafe(ref cell), ref left);
        Vector512<int> y = GateFunction.TanhWide(QuantizedPointwise.RoundWide(c, CellToPre, QuantizedLimits.MaxPreActivation), ref knots);
        QuantizedPointwise.StoreWide(i, ref work, units);
        QuantizedPointwise.StoreWide(f, ref Unsafe.Add(ref work, size), units);
        QuantizedPointwise.StoreWide(g, ref Unsafe.Add(ref work, 2 * size), units);
        QuantizedPointwise.StoreWide(o, ref Unsafe.Add(ref work, 3 * size), units);
        QuantizedPointwise.StoreWide(c, ref cell, units);
        QuantizedPointwise.StoreWide(left, ref rest, units);
        QuantizedPointwise.StoreWide(QuantizedPointwise.MultiplyWide(o, y), ref h, units);
    }
}
