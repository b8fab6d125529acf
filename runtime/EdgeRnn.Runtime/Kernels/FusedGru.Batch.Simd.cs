using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

// Several streams at once, four to a tile: each weight is read once for four of them, and for the next four from the nearest cache.
internal sealed partial class FusedGru
{
    private const int Tile = 4;
    private const int WideChains = 2, NarrowChains = 4; // of PanelProduct's Add6 and Add3

    /// <summary>One time step of several sessions, each the same bits as <see cref="Step"/>.</summary>
    /// <param name="sessions">Holds the sessions from <paramref name="first"/>.</param>
    /// <param name="first">First session.</param>
    /// <param name="count">Sessions.</param>
    /// <param name="x">First of the inputs in each session's floats.</param>
    /// <param name="h">First of the hidden state, which is replaced.</param>
    /// <param name="previous">First of hiddenSize floats of scratch.</param>
    public void StepBatch(SessionMemory[] sessions, int first, int count, int x, int h, int previous)
    {
        int tiled = count - count % Tile;
        switch (_lanes)
        {
            case 16: StepTiles<Vector512<float>, Lanes512>(sessions.AsSpan(first, tiled), x, h, previous); break;
            case 8: StepTiles<Vector256<float>, Lanes256>(sessions.AsSpan(first, tiled), x, h, previous); break;
            default: StepTiles<Vector128<float>, Lanes128>(sessions.AsSpan(first, tiled), x, h, previous); break;
        }
        for (int i = first + tiled; i < first + count; i++) Step(sessions[i].Floats, x, h, previous, false);
    }

    private void StepTiles<TVector, TLanes>(Span<SessionMemory> sessions, int x, int h, int previous)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        foreach (SessionMemory session in sessions)
            session.Floats.AsSpan(h, _hiddenSize).CopyTo(session.Floats.AsSpan(previous, _hiddenSize));
        for (int unit = 0; unit < _hiddenSize; unit += v.Count)
        {
            int block = unit / (2 * v.Count), width = block < _panels.WideBlocks ? 2 * v.Count : v.Count;
            ref float w = ref Unsafe.Add(ref _panels.Block(block), unit - _panels.FirstUnit(block));
            for (int i = 0; i + Tile <= sessions.Length; i += Tile)
                StepTile<TVector, TLanes>(ref w, width, sessions.Slice(i, Tile), x, h, previous, unit);
        }
    }

    private void StepTile<TVector, TLanes>(ref float w, int width, Span<SessionMemory> sessions, int x, int h, int previous, int unit)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        float[] m0 = sessions[0].Floats, m1 = sessions[1].Floats, m2 = sessions[2].Floats, m3 = sessions[3].Floats;
        TVector z0 = v.Load(ref w, 0), r0 = v.Load(ref w, width), n0 = v.Load(ref w, 2 * width), u0 = v.Load(ref w, 3 * width);
        TVector z1 = z0, r1 = r0, n1 = n0, u1 = u0, z2 = z0, r2 = r0, n2 = n0, u2 = u0, z3 = z0, r3 = r0, n3 = n0, u3 = u0;
        w = ref Unsafe.Add(ref w, 4 * width);
        AddColumns<TVector, TLanes>(ref w, width, _inputSize, x, m0, m1, m2, m3,
            ref z0, ref r0, ref n0, ref z1, ref r1, ref n1, ref z2, ref r2, ref n2, ref z3, ref r3, ref n3);
        w = ref Unsafe.Add(ref w, 3 * width * _inputSize);
        AddColumns<TVector, TLanes>(ref w, width, _hiddenSize, previous, m0, m1, m2, m3,
            ref z0, ref r0, ref u0, ref z1, ref r1, ref u1, ref z2, ref r2, ref u2, ref z3, ref r3, ref u3);
        UpdateState<TVector, TLanes>(z0, r0, n0, u0, m0, h, unit);
        UpdateState<TVector, TLanes>(z1, r1, n1, u1, m1, h, unit);
        UpdateState<TVector, TLanes>(z2, r2, n2, u2, m2, h, unit);
        UpdateState<TVector, TLanes>(z3, r3, n3, u3, m3, h, unit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumns<TVector, TLanes>(ref float w, int width, int columns, int x, float[] m0, float[] m1, float[] m2, float[] m3,
        ref TVector z0, ref TVector r0, ref TVector n0, ref TVector z1, ref TVector r1, ref TVector n1, ref TVector z2, ref TVector r2,
        ref TVector n2, ref TVector z3, ref TVector r3, ref TVector n3)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        ref float x0 = ref CellPanels.Run(m0, x, columns), x1 = ref CellPanels.Run(m1, x, columns);
        ref float x2 = ref CellPanels.Run(m2, x, columns), x3 = ref CellPanels.Run(m3, x, columns);
        bool isWide = width != v.Count;
        if (isWide && v.Count == Vector512<float>.Count)
        {
            TileProduct<TVector, TLanes>.Add3x4InPairs(ref w, width, columns, ref x0, ref x1, ref x2, ref x3,
                ref z0, ref r0, ref n0, ref z1, ref r1, ref n1, ref z2, ref r2, ref n2, ref z3, ref r3, ref n3);
            return;
        }
        TileProduct<TVector, TLanes>.Add3x4(ref w, width, isWide ? WideChains : NarrowChains, columns, ref x0, ref x1, ref x2, ref x3,
            ref z0, ref r0, ref n0, ref z1, ref r1, ref n1, ref z2, ref r2, ref n2, ref z3, ref r3, ref n3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void UpdateState<TVector, TLanes>(TVector z, TVector r, TVector candidate, TVector u, float[] memory, int h, int unit)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        ref float target = ref Unsafe.Add(ref CellPanels.Run(memory, h, _hiddenSize), unit);
        v.StoreFirst(Update<TVector, TLanes>(z, r, candidate, u, v.Load(ref target, 0)), ref target, 0, _hiddenSize - unit);
    }
}
