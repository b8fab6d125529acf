using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

// Several streams at once: four to a tile where registers hold their sums, two elsewhere and of what is left.
internal sealed partial class FusedLstm
{
    private const int Tile = 2, LargeTile = 4;
    private const int LargeTileLanes = 16; // vectors that come with 32 registers
    private const int WideChains = 1, NarrowChains = 2; // of PanelProduct's Add8 and Add4

    /// <summary>One time step of several sessions, each the same bits as <see cref="Step"/>.</summary>
    /// <param name="sessions">Holds the sessions from <paramref name="first"/>.</param>
    /// <param name="first">First session.</param>
    /// <param name="count">Sessions.</param>
    /// <param name="x">First of the inputs in each session's floats.</param>
    /// <param name="h">First of the hidden state before.</param>
    /// <param name="c">First of the cell state, which is replaced.</param>
    /// <param name="y">First of o * tanh(c); <paramref name="h"/> itself where nothing is projected.</param>
    /// <param name="previous">First of hiddenSize floats of scratch.</param>
    public void StepBatch(SessionMemory[] sessions, int first, int count, int x, int h, int c, int y, int previous)
    {
        int tiled = count - count % Tile;
        switch (_lanes)
        {
            case 16: StepTiles<Vector512<float>, Lanes512>(sessions.AsSpan(first, tiled), x, h, c, y, previous); break;
            case 8: StepTiles<Vector256<float>, Lanes256>(sessions.AsSpan(first, tiled), x, h, c, y, previous); break;
            default: StepTiles<Vector128<float>, Lanes128>(sessions.AsSpan(first, tiled), x, h, c, y, previous); break;
        }
        for (int i = first + tiled; i < first + count; i++) Step(sessions[i].Floats, x, h, c, y, previous, false);
    }

    private void StepTiles<TVector, TLanes>(Span<SessionMemory> sessions, int x, int h, int c, int y, int previous)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        int before = y == h ? previous : h, units = _panels.Units;
        foreach (SessionMemory session in sessions)
        {
            if (before != h) session.Floats.AsSpan(h, _hiddenSize).CopyTo(session.Floats.AsSpan(before, _hiddenSize));
        }
        for (int unit = 0; unit < units; unit += v.Count)
        {
            int block = unit / (2 * v.Count), width = block < _panels.WideBlocks ? 2 * v.Count : v.Count;
            ref float w = ref Unsafe.Add(ref _panels.Block(block), unit - _panels.FirstUnit(block));
            int i = 0;
            for (; v.Count == LargeTileLanes && i + LargeTile <= sessions.Length; i += LargeTile)
                StepLargeTile<TVector, TLanes>(ref w, width, sessions.Slice(i, LargeTile), x, before, c, y, unit);
            for (; i + Tile <= sessions.Length; i += Tile)
                StepTile<TVector, TLanes>(ref w, width, sessions[i].Floats, sessions[i + 1].Floats, x, before, c, y, unit);
        }
    }

    private void StepLargeTile<TVector, TLanes>(ref float w, int width, Span<SessionMemory> sessions,
        int x, int before, int c, int y, int unit)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        float[] m0 = sessions[0].Floats, m1 = sessions[1].Floats, m2 = sessions[2].Floats, m3 = sessions[3].Floats;
        int chains = width == v.Count ? NarrowChains : WideChains;
        TVector i0 = v.Load(ref w, 0), f0 = v.Load(ref w, width), g0 = v.Load(ref w, 2 * width), o0 = v.Load(ref w, 3 * width);
        TVector i1 = i0, f1 = f0, g1 = g0, o1 = o0, i2 = i0, f2 = f0, g2 = g0, o2 = o0, i3 = i0, f3 = f0, g3 = g0, o3 = o0;
        w = ref Unsafe.Add(ref w, 4 * width);
        TileProduct<TVector, TLanes>.Add4x4(ref w, width, chains, _inputSize, ref CellPanels.Run(m0, x, _inputSize),
            ref CellPanels.Run(m1, x, _inputSize), ref CellPanels.Run(m2, x, _inputSize), ref CellPanels.Run(m3, x, _inputSize),
            ref i0, ref f0, ref g0, ref o0, ref i1, ref f1, ref g1, ref o1, ref i2, ref f2, ref g2, ref o2, ref i3, ref f3, ref g3, ref o3);
        w = ref Unsafe.Add(ref w, 4 * width * _inputSize);
        TileProduct<TVector, TLanes>.Add4x4(ref w, width, chains, _hiddenSize, ref CellPanels.Run(m0, before, _hiddenSize),
            ref CellPanels.Run(m1, before, _hiddenSize), ref CellPanels.Run(m2, before, _hiddenSize),
            ref CellPanels.Run(m3, before, _hiddenSize),
            ref i0, ref f0, ref g0, ref o0, ref i1, ref f1, ref g1, ref o1, ref i2, ref f2, ref g2, ref o2, ref i3, ref f3, ref g3, ref o3);
        UpdateState<TVector, TLanes>(i0, f0, g0, o0, m0, c, y, unit);
        UpdateState<TVector, TLanes>(i1, f1, g1, o1, m1, c, y, unit);
        UpdateState<TVector, TLanes>(i2, f2, g2, o2, m2, c, y, unit);
        UpdateState<TVector, TLanes>(i3, f3, g3, o3, m3, c, y, unit);
    }

    private void StepTile<TVector, TLanes>(ref float w, int width, float[] m0, float[] m1, int x, int before, int c, int y, int unit)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        int chains = width == v.Count ? NarrowChains : WideChains;
        TVector i0 = v.Load(ref w, 0), f0 = v.Load(ref w, width), g0 = v.Load(ref w, 2 * width), o0 = v.Load(ref w, 3 * width);
        TVector i1 = i0, f1 = f0, g1 = g0, o1 = o0;
        w = ref Unsafe.Add(ref w, 4 * width);
        TileProduct<TVector, TLanes>.Add4x2(ref w, width, chains, _inputSize, ref CellPanels.Run(m0, x, _inputSize),
            ref CellPanels.Run(m1, x, _inputSize), ref i0, ref f0, ref g0, ref o0, ref i1, ref f1, ref g1, ref o1);
        w = ref Unsafe.Add(ref w, 4 * width * _inputSize);
        TileProduct<TVector, TLanes>.Add4x2(ref w, width, chains, _hiddenSize, ref CellPanels.Run(m0, before, _hiddenSize),
            ref CellPanels.Run(m1, before, _hiddenSize), ref i0, ref f0, ref g0, ref o0, ref i1, ref f1, ref g1, ref o1);
        UpdateState<TVector, TLanes>(i0, f0, g0, o0, m0, c, y, unit);
        UpdateState<TVector, TLanes>(i1, f1, g1, o1, m1, c, y, unit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void UpdateState<TVector, TLanes>(TVector i, TVector f, TVector g, TVector o, float[] memory, int c, int y, int unit)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        int units = _panels.Units;
        ref float cell = ref Unsafe.Add(ref CellPanels.Run(memory, c, units), unit);
        TVector next = Cell<TVector, TLanes>(i, f, g, v.Load(ref cell, 0));
        v.StoreFirst(next, ref cell, 0, units - unit);
        v.StoreFirst(Output<TVector, TLanes>(o, next), ref Unsafe.Add(ref CellPanels.Run(memory, y, units), unit), 0, units - unit);
    }
}
