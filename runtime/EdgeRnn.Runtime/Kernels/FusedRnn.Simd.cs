using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

/// <summary>
/// The step of an <see cref="RnnLayer"/> with tanh or relu: for each block of units all products, then the activation of the sums in
/// registers.
/// </summary>
internal sealed class FusedRnn
{
    private readonly CellPanels _panels;
    private readonly int _inputSize;
    private readonly int _hiddenSize;
    private readonly int _lanes;
    private readonly bool _relu;

    /// <param name="w">W [hiddenSize, inputSize], not kept.</param>
    /// <param name="u">U [hiddenSize, hiddenSize], not kept.</param>
    /// <param name="bias">[hiddenSize], not kept.</param>
    /// <param name="inputSize">Features of x.</param>
    /// <param name="hiddenSize">Units.</param>
    /// <param name="relu">Whether the activation is relu and not tanh.</param>
    /// <param name="lanes">Floats in a vector: 16, 8 or 4, as this machine has them.</param>
    public FusedRnn(float[] w, float[] u, float[] bias, int inputSize, int hiddenSize, bool relu, int lanes)
    {
        _inputSize = inputSize;
        _hiddenSize = hiddenSize;
        _relu = relu;
        _lanes = lanes;
        _panels = new CellPanels(hiddenSize, 1 + inputSize + hiddenSize, lanes);
        _panels.AddRun(bias, 0, 1, 1);
        _panels.AddRun(w, 0, inputSize, 1);
        _panels.AddRun(u, 0, hiddenSize, 1);
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
        TLanes v = default;
        int n = v.Count, blocks = _panels.Blocks;
        ref float input = ref CellPanels.Run(memory, x, _inputSize), hidden = ref CellPanels.Run(memory, h, _hiddenSize);
        ref float before = ref _panels.Before(memory, h, _hiddenSize, previous);
        for (int i = 0; i < blocks; i++)
        {
            int block = backwards ? blocks - 1 - i : i, unit = _panels.FirstUnit(block);
            ref float w = ref _panels.Block(block);
            ref float target = ref Unsafe.Add(ref hidden, unit);
            TVector a = v.Load(ref w, 0);
            if (block < _panels.WideBlocks)
            {
                TVector b = v.Load(ref w, n);
                w = ref Unsafe.Add(ref w, 2 * n);
                PanelProduct<TVector, TLanes>.Add2(ref w, ref input, _inputSize, ref a, ref b);
                w = ref Unsafe.Add(ref w, 2 * n * _inputSize);
                PanelProduct<TVector, TLanes>.Add2(ref w, ref before, _hiddenSize, ref a, ref b);
                v.Store(_relu ? v.Relu(a) : v.Tanh(a), ref target, 0);
                v.StoreFirst(_relu ? v.Relu(b) : v.Tanh(b), ref target, n, _hiddenSize - unit - n);
            }
            else
            {
                w = ref Unsafe.Add(ref w, n);
                PanelProduct<TVector, TLanes>.Add1(ref w, ref input, _inputSize, ref a);
                w = ref Unsafe.Add(ref w, n * _inputSize);
                PanelProduct<TVector, TLanes>.Add1(ref w, ref before, _hiddenSize, ref a);
                v.StoreFirst(_relu ? v.Relu(a) : v.Tanh(a), ref target, 0, _hiddenSize - unit);
            }
        }
    }
}
