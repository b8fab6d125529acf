using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

/// <summary>
/// The step of a <see cref="GruLayer"/> with reset after, sigmoid gates and a candidate of tanh or relu: for each block of units all
/// products, then gates and update on the sums in registers. sigma(a) = 0.5 + 0.5 tanh(a / 2); the inner 0.5 is in the packed weights.
/// </summary>
internal sealed partial class FusedGru
{
    private const float GateScale = 0.5f;

    private readonly CellPanels _panels;
    private readonly int _inputSize;
    private readonly int _hiddenSize;
    private readonly int _lanes;
    private readonly bool _relu;

    /// <param name="w">W_z W_r W_n [3 * hiddenSize, inputSize], not kept.</param>
    /// <param name="u">U_z U_r U_n [3 * hiddenSize, hiddenSize], not kept.</param>
    /// <param name="bias">b_z b_r b_n b_Un [4 * hiddenSize], not kept.</param>
    /// <param name="inputSize">Features of x.</param>
    /// <param name="hiddenSize">Units.</param>
    /// <param name="relu">Whether the candidate's activation is relu and not tanh.</param>
    /// <param name="lanes">Floats in a vector: 16, 8 or 4, as this machine has them.</param>
    public FusedGru(float[] w, float[] u, float[] bias, int inputSize, int hiddenSize, bool relu, int lanes)
    {
        _inputSize = inputSize;
        _hiddenSize = hiddenSize;
        _relu = relu;
        _lanes = lanes;
        _panels = new CellPanels(hiddenSize, 4 + 3 * (inputSize + hiddenSize), lanes);
        _panels.AddRun(bias, 0, 1, GateScale, GateScale, 1, 1);
        _panels.AddRun(w, 0, inputSize, GateScale, GateScale, 1);
        _panels.AddRun(u, 0, hiddenSize, GateScale, GateScale, 1);
    }

    /// <summary>One time step.</summary>
    /// <param name="memory">Readable for a vector behind all that is named here.</param>
    /// <param name="x">First of the inputs.</param>
    /// <param name="h">First of the hidden state, which is replaced.</param>
    /// <param name="previous">First of hiddenSize floats of scratch.</param>
    /// <param name="backwards">Whether the blocks are taken last to first. The numbers are the same.</param>
    public void Step(float[] memory, int x, int h, int previous, bool backwards)
    {
        switch (_lanes)
        {
            case 16: Step<Vector512<float>, Lanes512>(memory, x, h, previous, backwards); break;
            case 8: Step<Vector256<float>, Lanes256>(memory, x, h, previous, backwards); break;
            default: Step<Vector128<float>, Lanes128>(memory, x, h, previous, backwards); break;
        }
    }

    private void Step<TVector, TLanes>(float[] memory, int x, int h, int previous, bool backwards)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        CellPanels panels = _panels;
        int blocks = panels.Blocks;
        ref float input = ref CellPanels.Run(memory, x, _inputSize), hidden = ref CellPanels.Run(memory, h, _hiddenSize);
        ref float before = ref panels.Before(memory, h, _hiddenSize, previous);
        for (int i = 0; i < blocks; i++)
        {
            int block = backwards ? blocks - 1 - i : i, unit = panels.FirstUnit(block);
            ref float target = ref Unsafe.Add(ref hidden, unit);
            if (block < panels.WideBlocks)
                StepWide<TVector, TLanes>(ref panels.Block(block), ref input, ref before, ref target, _hiddenSize - unit);
            else StepNarrow<TVector, TLanes>(ref panels.Block(block), ref input, ref before, ref target, _hiddenSize - unit);
        }
    }

    private void StepWide<TVector, TLanes>(ref float w, ref float x, ref float previous, ref float h, int count)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        int n = v.Count;
        TVector z0 = v.Load(ref w, 0), z1 = v.Load(ref w, n), r0 = v.Load(ref w, 2 * n), r1 = v.Load(ref w, 3 * n);
        TVector n0 = v.Load(ref w, 4 * n), n1 = v.Load(ref w, 5 * n), u0 = v.Load(ref w, 6 * n), u1 = v.Load(ref w, 7 * n);
        w = ref Unsafe.Add(ref w, 8 * n);
        PanelProduct<TVector, TLanes>.Add6(ref w, ref x, _inputSize, ref z0, ref z1, ref r0, ref r1, ref n0, ref n1);
        w = ref Unsafe.Add(ref w, 6 * n * _inputSize);
        PanelProduct<TVector, TLanes>.Add6(ref w, ref previous, _hiddenSize, ref z0, ref z1, ref r0, ref r1, ref u0, ref u1);
        TVector h0 = Update<TVector, TLanes>(z0, r0, n0, u0, v.Load(ref h, 0));
        TVector h1 = Update<TVector, TLanes>(z1, r1, n1, u1, v.Load(ref h, n));
        v.Store(h0, ref h, 0);
        v.StoreFirst(h1, ref h, n, count - n);
    }

    private void StepNarrow<TVector, TLanes>(ref float w, ref float x, ref float previous, ref float h, int count)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        int n = v.Count;
        TVector z = v.Load(ref w, 0), r = v.Load(ref w, n), candidate = v.Load(ref w, 2 * n), u = v.Load(ref w, 3 * n);
        w = ref Unsafe.Add(ref w, 4 * n);
        PanelProduct<TVector, TLanes>.Add3(ref w, ref x, _inputSize, ref z, ref r, ref candidate);
        w = ref Unsafe.Add(ref w, 3 * n * _inputSize);
        PanelProduct<TVector, TLanes>.Add3(ref w, ref previous, _hiddenSize, ref z, ref r, ref u);
        TVector next = Update<TVector, TLanes>(z, r, candidate, u, v.Load(ref h, 0));
        v.StoreFirst(next, ref h, 0, count);
    }

    // From the sums of one vector of units to their new state.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Update<TVector, TLanes>(TVector z, TVector r, TVector candidate, TVector u, TVector h)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        TVector half = v.Broadcast(0.5f);
        r = v.MultiplyAdd(v.Tanh(r), half, half);
        z = v.MultiplyAdd(v.Tanh(z), half, half);
        candidate = v.MultiplyAdd(r, u, candidate);
        candidate = _relu ? v.Relu(candidate) : v.Tanh(candidate);
        // 1 - z is exact from 0.5 on, so that a gate at 1 keeps the state for ever.
        return v.MultiplyAdd(v.Subtract(v.Broadcast(1), z), candidate, v.Multiply(z, h));
    }
}
