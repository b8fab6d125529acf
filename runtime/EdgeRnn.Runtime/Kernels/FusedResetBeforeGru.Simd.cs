using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

/// <summary>
/// The step of a <see cref="GruLayer"/> with reset before, sigmoid gates and a candidate of tanh or relu, in two passes, since a
/// candidate needs r * h' of all units: first z, r * h' and W_n x + b_n of each block, then U_n (r * h') and the update.
/// </summary>
internal sealed class FusedResetBeforeGru
{
    private const float GateScale = 0.5f;

    private readonly CellPanels _gates;
    private readonly CellPanels _candidates;
    private readonly int _inputSize;
    private readonly int _hiddenSize;
    private readonly int _lanes;
    private readonly bool _relu;

    /// <param name="w">W_z W_r W_n [3 * hiddenSize, inputSize], not kept.</param>
    /// <param name="u">U_z U_r U_n [3 * hiddenSize, hiddenSize], not kept.</param>
    /// <param name="bias">b_z b_r b_n [3 * hiddenSize], not kept.</param>
    /// <param name="inputSize">Features of x.</param>
    /// <param name="hiddenSize">Units.</param>
    /// <param name="relu">Whether the candidate's activation is relu and not tanh.</param>
    /// <param name="lanes">Floats in a vector: 16, 8 or 4, as this machine has them.</param>
    public FusedResetBeforeGru(float[] w, float[] u, float[] bias, int inputSize, int hiddenSize, bool relu, int lanes)
    {
        _inputSize = inputSize;
        _hiddenSize = hiddenSize;
        _relu = relu;
        _lanes = lanes;
        _gates = new CellPanels(hiddenSize, 3 * (1 + inputSize) + 2 * hiddenSize, lanes);
        _gates.AddRun(bias, 0, 1, GateScale, GateScale, 1);
        _gates.AddRun(w, 0, inputSize, GateScale, GateScale, 1);
        _gates.AddRun(u, 0, hiddenSize, GateScale, GateScale);
        _candidates = new CellPanels(hiddenSize, hiddenSize, lanes);
        _candidates.AddRun(u, 2 * hiddenSize, hiddenSize, 1);
    }

    /// <summary>One time step.</summary>
    /// <param name="memory">Readable for a vector behind all that is named here.</param>
    /// <param name="x">First of the inputs.</param>
    /// <param name="h">First of the hidden state, which is replaced.</param>
    /// <param name="work">First of 3 * hiddenSize floats of scratch.</param>
    /// <param name="backwards">Whether the blocks are taken last to first. The numbers are the same.</param>
    public void Step(float[] memory, int x, int h, int work, bool backwards)
    {
        switch (_lanes)
        {
            case 16: Step<Vector512<float>, Lanes512>(memory, x, h, work, backwards); break;
            case 8: Step<Vector256<float>, Lanes256>(memory, x, h, work, backwards); break;
            default: Step<Vector128<float>, Lanes128>(memory, x, h, work, backwards); break;
        }
    }

    private void Step<TVector, TLanes>(float[] memory, int x, int h, int work, bool backwards)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        int blocks = _gates.Blocks, hiddenSize = _hiddenSize;
        ref float input = ref CellPanels.Run(memory, x, _inputSize), hidden = ref CellPanels.Run(memory, h, hiddenSize);
        ref float update = ref CellPanels.Run(memory, work, 3 * hiddenSize);
        ref float resetHidden = ref Unsafe.Add(ref update, hiddenSize), candidate = ref Unsafe.Add(ref update, 2 * hiddenSize);
        for (int i = 0; i < blocks; i++)
        {
            int block = backwards ? blocks - 1 - i : i, unit = _gates.FirstUnit(block), count = hiddenSize - unit;
            ref float w = ref _gates.Block(block);
            ref float z = ref Unsafe.Add(ref update, unit), rh = ref Unsafe.Add(ref resetHidden, unit);
            ref float n = ref Unsafe.Add(ref candidate, unit);
            if (block < _gates.WideBlocks) GatesWide<TVector, TLanes>(ref w, ref input, ref hidden, unit, ref z, ref rh, ref n, count);
            else GatesNarrow<TVector, TLanes>(ref w, ref input, ref hidden, unit, ref z, ref rh, ref n, count);
        }
        for (int i = 0; i < blocks; i++)
        {
            int block = backwards ? blocks - 1 - i : i, unit = _gates.FirstUnit(block), count = hiddenSize - unit;
            ref float w = ref _candidates.Block(block);
            ref float z = ref Unsafe.Add(ref update, unit), n = ref Unsafe.Add(ref candidate, unit);
            ref float target = ref Unsafe.Add(ref hidden, unit);
            if (block < _gates.WideBlocks) UpdateWide<TVector, TLanes>(ref w, ref resetHidden, ref z, ref n, ref target, count);
            else UpdateNarrow<TVector, TLanes>(ref w, ref resetHidden, ref z, ref n, ref target, count);
        }
    }

    private void GatesWide<TVector, TLanes>(ref float w, ref float x, ref float h, int unit, ref float z, ref float rh, ref float n,
        int count)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        int lanes = v.Count;
        TVector z0 = v.Load(ref w, 0), z1 = v.Load(ref w, lanes), r0 = v.Load(ref w, 2 * lanes), r1 = v.Load(ref w, 3 * lanes);
        TVector n0 = v.Load(ref w, 4 * lanes), n1 = v.Load(ref w, 5 * lanes);
        w = ref Unsafe.Add(ref w, 6 * lanes);
        PanelProduct<TVector, TLanes>.Add6(ref w, ref x, _inputSize, ref z0, ref z1, ref r0, ref r1, ref n0, ref n1);
        w = ref Unsafe.Add(ref w, 6 * lanes * _inputSize);
        PanelProduct<TVector, TLanes>.Add4(ref w, ref h, _hiddenSize, ref z0, ref z1, ref r0, ref r1);
        v.Store(Gate<TVector, TLanes>(z0), ref z, 0);
        v.StoreFirst(Gate<TVector, TLanes>(z1), ref z, lanes, count - lanes);
        v.Store(v.Multiply(Gate<TVector, TLanes>(r0), v.Load(ref h, unit)), ref rh, 0);
        v.StoreFirst(v.Multiply(Gate<TVector, TLanes>(r1), v.Load(ref h, unit + lanes)), ref rh, lanes, count - lanes);
        v.Store(n0, ref n, 0);
        v.StoreFirst(n1, ref n, lanes, count - lanes);
    }

    private void GatesNarrow<TVector, TLanes>(ref float w, ref float x, ref float h, int unit, ref float z, ref float rh, ref float n,
        int count)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        int lanes = v.Count;
        TVector z0 = v.Load(ref w, 0), r0 = v.Load(ref w, lanes), n0 = v.Load(ref w, 2 * lanes);
        w = ref Unsafe.Add(ref w, 3 * lanes);
        PanelProduct<TVector, TLanes>.Add3(ref w, ref x, _inputSize, ref z0, ref r0, ref n0);
        w = ref Unsafe.Add(ref w, 3 * lanes * _inputSize);
        PanelProduct<TVector, TLanes>.Add2(ref w, ref h, _hiddenSize, ref z0, ref r0);
        v.StoreFirst(Gate<TVector, TLanes>(z0), ref z, 0, count);
        v.StoreFirst(v.Multiply(Gate<TVector, TLanes>(r0), v.Load(ref h, unit)), ref rh, 0, count);
        v.StoreFirst(n0, ref n, 0, count);
    }

    private void UpdateWide<TVector, TLanes>(ref float w, ref float rh, ref float z, ref float n, ref float h, int count)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        int lanes = v.Count;
        TVector n0 = v.Load(ref n, 0), n1 = v.Load(ref n, lanes);
        PanelProduct<TVector, TLanes>.Add2(ref w, ref rh, _hiddenSize, ref n0, ref n1);
        v.Store(Update<TVector, TLanes>(v.Load(ref z, 0), n0, v.Load(ref h, 0)), ref h, 0);
        v.StoreFirst(Update<TVector, TLanes>(v.Load(ref z, lanes), n1, v.Load(ref h, lanes)), ref h, lanes, count - lanes);
    }

    private void UpdateNarrow<TVector, TLanes>(ref float w, ref float rh, ref float z, ref float n, ref float h, int count)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        TVector n0 = v.Load(ref n, 0);
        PanelProduct<TVector, TLanes>.Add1(ref w, ref rh, _hiddenSize, ref n0);
        v.StoreFirst(Update<TVector, TLanes>(v.Load(ref z, 0), n0, v.Load(ref h, 0)), ref h, 0, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Gate<TVector, TLanes>(TVector a)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        TVector half = v.Broadcast(0.5f);
        return v.MultiplyAdd(v.Tanh(a), half, half);
    }

    // (1 - z) * n + z * h'. 1 - z is exact from 0.5 on, so that a gate at 1 keeps the state for ever.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Update<TVector, TLanes>(TVector z, TVector n, TVector h)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        n = _relu ? v.Relu(n) : v.Tanh(n);
        return v.MultiplyAdd(v.Subtract(v.Broadcast(1), z), n, v.Multiply(z, h));
    }
}
