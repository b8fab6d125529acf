using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

/// <summary>
/// The step of an <see cref="LstmLayer"/> with sigmoid gates and tanh elsewhere, without peepholes, coupling and clip: for each block of
/// units all products, then gates, cell and output on the sums in registers. sigma(a) = 0.5 + 0.5 tanh(a / 2); the inner 0.5 is in the
/// packed weights.
/// </summary>
internal sealed partial class FusedLstm
{
    private const float GateScale = 0.5f;

    private readonly CellPanels _panels;
    private readonly int _inputSize;
    private readonly int _hiddenSize;
    private readonly int _lanes;

    /// <param name="w">W_i W_f W_g W_o [4 * cellSize, inputSize], not kept.</param>
    /// <param name="u">U_i U_f U_g U_o [4 * cellSize, hiddenSize], not kept.</param>
    /// <param name="bias">[4 * cellSize], not kept.</param>
    /// <param name="inputSize">Features of x.</param>
    /// <param name="hiddenSize">Features of h.</param>
    /// <param name="cellSize">Units.</param>
    /// <param name="lanes">Floats in a vector: 16, 8 or 4, as this machine has them.</param>
    public FusedLstm(float[] w, float[] u, float[] bias, int inputSize, int hiddenSize, int cellSize, int lanes)
    {
        _inputSize = inputSize;
        _hiddenSize = hiddenSize;
        _lanes = lanes;
        _panels = new CellPanels(cellSize, 4 * (1 + inputSize + hiddenSize), lanes);
        _panels.AddRun(bias, 0, 1, GateScale, GateScale, 1, GateScale);
        _panels.AddRun(w, 0, inputSize, GateScale, GateScale, 1, GateScale);
        _panels.AddRun(u, 0, hiddenSize, GateScale, GateScale, 1, GateScale);
    }

    /// <summary>One time step.</summary>
    /// <param name="memory">Readable for a vector behind all that is named here.</param>
    /// <param name="x">First of the inputs.</param>
    /// <param name="h">First of the hidden state before.</param>
    /// <param name="c">First of the cell state, which is replaced.</param>
    /// <param name="y">First of o * tanh(c), [cellSize]; <paramref name="h"/> itself where nothing is projected.</param>
    /// <param name="previous">First of hiddenSize floats of scratch.</param>
    /// <param name="backwards">Whether the blocks are taken last to first. The numbers are the same.</param>
    public void Step(float[] memory, int x, int h, int c, int y, int previous, bool backwards)
    {
        switch (_lanes)
        {
            case 16: Step<Vector512<float>, Lanes512>(memory, x, h, c, y, previous, backwards); break;
            case 8: Step<Vector256<float>, Lanes256>(memory, x, h, c, y, previous, backwards); break;
            default: Step<Vector128<float>, Lanes128>(memory, x, h, c, y, previous, backwards); break;
        }
    }

    private void Step<TVector, TLanes>(float[] memory, int x, int h, int c, int y, int previous, bool backwards)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        CellPanels panels = _panels;
        int blocks = panels.Blocks, units = panels.Units;
        ref float input = ref CellPanels.Run(memory, x, _inputSize);
        ref float before = ref panels.Before(memory, h, _hiddenSize, y == h ? previous : h);
        ref float cell = ref CellPanels.Run(memory, c, units), hidden = ref CellPanels.Run(memory, y, units);
        for (int i = 0; i < blocks; i++)
        {
            int block = backwards ? blocks - 1 - i : i, unit = panels.FirstUnit(block);
            ref float w = ref panels.Block(block);
            ref float cellBlock = ref Unsafe.Add(ref cell, unit), target = ref Unsafe.Add(ref hidden, unit);
            if (block < panels.WideBlocks) StepWide<TVector, TLanes>(ref w, ref input, ref before, ref cellBlock, ref target, units - unit);
            else StepNarrow<TVector, TLanes>(ref w, ref input, ref before, ref cellBlock, ref target, units - unit);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepWide<TVector, TLanes>(ref float w, ref float x, ref float previous, ref float c, ref float y, int count)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        int n = v.Count;
        TVector i0 = v.Load(ref w, 0), i1 = v.Load(ref w, n), f0 = v.Load(ref w, 2 * n), f1 = v.Load(ref w, 3 * n);
        TVector g0 = v.Load(ref w, 4 * n), g1 = v.Load(ref w, 5 * n), o0 = v.Load(ref w, 6 * n), o1 = v.Load(ref w, 7 * n);
        w = ref Unsafe.Add(ref w, 8 * n);
        PanelProduct<TVector, TLanes>.Add8(ref w, ref x, _inputSize, ref i0, ref i1, ref f0, ref f1, ref g0, ref g1, ref o0, ref o1);
        w = ref Unsafe.Add(ref w, 8 * n * _inputSize);
        PanelProduct<TVector, TLanes>.Add8(ref w, ref previous, _hiddenSize, ref i0, ref i1, ref f0, ref f1, ref g0, ref g1,
            ref o0, ref o1);
        TVector c0 = Cell<TVector, TLanes>(i0, f0, g0, v.Load(ref c, 0)), c1 = Cell<TVector, TLanes>(i1, f1, g1, v.Load(ref c, n));
        TVector y0 = Output<TVector, TLanes>(o0, c0), y1 = Output<TVector, TLanes>(o1, c1);
        v.Store(c0, ref c, 0);
        v.Store(y0, ref y, 0);
        v.StoreFirst(c1, ref c, n, count - n);
        v.StoreFirst(y1, ref y, n, count - n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepNarrow<TVector, TLanes>(ref float w, ref float x, ref float previous, ref float c, ref float y, int count)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        int n = v.Count;
        TVector i = v.Load(ref w, 0), f = v.Load(ref w, n), g = v.Load(ref w, 2 * n), o = v.Load(ref w, 3 * n);
        w = ref Unsafe.Add(ref w, 4 * n);
        PanelProduct<TVector, TLanes>.Add4(ref w, ref x, _inputSize, ref i, ref f, ref g, ref o);
        w = ref Unsafe.Add(ref w, 4 * n * _inputSize);
        PanelProduct<TVector, TLanes>.Add4(ref w, ref previous, _hiddenSize, ref i, ref f, ref g, ref o);
        TVector cell = Cell<TVector, TLanes>(i, f, g, v.Load(ref c, 0)), output = Output<TVector, TLanes>(o, cell);
        v.StoreFirst(cell, ref c, 0, count);
        v.StoreFirst(output, ref y, 0, count);
    }

    // c = f * c' + i * g of one vector of units, from the sums.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Cell<TVector, TLanes>(TVector i, TVector f, TVector g, TVector c)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        TVector half = v.Broadcast(0.5f);
        i = v.MultiplyAdd(v.Tanh(i), half, half);
        f = v.MultiplyAdd(v.Tanh(f), half, half);
        return v.MultiplyAdd(f, c, v.Multiply(i, v.Tanh(g)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Output<TVector, TLanes>(TVector o, TVector c)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        TVector half = v.Broadcast(0.5f);
        return v.Multiply(v.MultiplyAdd(v.Tanh(o), half, half), v.Tanh(c));
    }
}
