using System.Runtime.CompilerServices;

namespace EdgeRnn.Runtime;

/// <summary>
/// Sums of one block of units: for each column one input is broadcast and multiplied with the weights of some vectors, straight from
/// memory. A multiply-add takes four cycles and two start in each, so that at least eight sums have to be under way: where a
/// column has fewer vectors several columns are taken at a time, each into sums of its own.
/// </summary>
/// <remarks>All methods vanish in their callers, whose sums stay in registers.</remarks>
internal static class PanelProduct<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, IVectorLanes<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add1(ref float w, ref float x, int columns, ref TVector s0)
    {
        TLanes v = default;
        int n = v.Count, column = 0;
        TVector a0 = s0;
        TVector b0 = default, c0 = default, d0 = default, e0 = default, f0 = default, g0 = default;
        TVector h0 = default;
        for (; column + 8 <= columns; column += 8)
        {
            TVector xa = v.Broadcast(Unsafe.Add(ref x, column)), xb = v.Broadcast(Unsafe.Add(ref x, column + 1));
            a0 = v.MultiplyAdd(xa, v.Load(ref w, 0), a0);
            b0 = v.MultiplyAdd(xb, v.Load(ref w, n), b0);
            TVector xc = v.Broadcast(Unsafe.Add(ref x, column + 2)), xd = v.Broadcast(Unsafe.Add(ref x, column + 3));
            c0 = v.MultiplyAdd(xc, v.Load(ref w, 2 * n), c0);
            d0 = v.MultiplyAdd(xd, v.Load(ref w, 3 * n), d0);
            TVector xe = v.Broadcast(Unsafe.Add(ref x, column + 4)), xf = v.Broadcast(Unsafe.Add(ref x, column + 5));
            e0 = v.MultiplyAdd(xe, v.Load(ref w, 4 * n), e0);
            f0 = v.MultiplyAdd(xf, v.Load(ref w, 5 * n), f0);
            TVector xg = v.Broadcast(Unsafe.Add(ref x, column + 6)), xh = v.Broadcast(Unsafe.Add(ref x, column + 7));
            g0 = v.MultiplyAdd(xg, v.Load(ref w, 6 * n), g0);
            h0 = v.MultiplyAdd(xh, v.Load(ref w, 7 * n), h0);
            w = ref Unsafe.Add(ref w, 8 * n);
        }
        for (; column < columns; column++)
        {
            TVector xa = v.Broadcast(Unsafe.Add(ref x, column));
            a0 = v.MultiplyAdd(xa, v.Load(ref w, 0), a0);
            w = ref Unsafe.Add(ref w, n);
        }
        s0 = v.Add(v.Add(v.Add(a0, b0), v.Add(c0, d0)), v.Add(v.Add(e0, f0), v.Add(g0, h0)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add2(ref float w, ref float x, int columns, ref TVector s0, ref TVector s1)
    {
        TLanes v = default;
        int n = v.Count, column = 0;
        TVector a0 = s0, a1 = s1;
        TVector b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        for (; column + 4 <= columns; column += 4)
        {
            TVector xa = v.Broadcast(Unsafe.Add(ref x, column)), xb = v.Broadcast(Unsafe.Add(ref x, column + 1));
            a0 = v.MultiplyAdd(xa, v.Load(ref w, 0), a0);
            a1 = v.MultiplyAdd(xa, v.Load(ref w, n), a1);
            b0 = v.MultiplyAdd(xb, v.Load(ref w, 2 * n), b0);
            b1 = v.MultiplyAdd(xb, v.Load(ref w, 3 * n), b1);
            TVector xc = v.Broadcast(Unsafe.Add(ref x, column + 2)), xd = v.Broadcast(Unsafe.Add(ref x, column + 3));
            c0 = v.MultiplyAdd(xc, v.Load(ref w, 4 * n), c0);
            c1 = v.MultiplyAdd(xc, v.Load(ref w, 5 * n), c1);
            d0 = v.MultiplyAdd(xd, v.Load(ref w, 6 * n), d0);
            d1 = v.MultiplyAdd(xd, v.Load(ref w, 7 * n), d1);
            w = ref Unsafe.Add(ref w, 8 * n);
        }
        for (; column < columns; column++)
        {
            TVector xa = v.Broadcast(Unsafe.Add(ref x, column));
            a0 = v.MultiplyAdd(xa, v.Load(ref w, 0), a0);
            a1 = v.MultiplyAdd(xa, v.Load(ref w, n), a1);
            w = ref Unsafe.Add(ref w, 2 * n);
        }
        s0 = v.Add(v.Add(a0, b0), v.Add(c0, d0));
        s1 = v.Add(v.Add(a1, b1), v.Add(c1, d1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add3(ref float w, ref float x, int columns, ref TVector s0, ref TVector s1, ref TVector s2)
    {
        TLanes v = default;
        int n = v.Count, column = 0;
        TVector a0 = s0, a1 = s1, a2 = s2;
        TVector b0 = default, b1 = default, b2 = default, c0 = default, c1 = default, c2 = default;
        TVector d0 = default, d1 = default, d2 = default;
        for (; column + 4 <= columns; column += 4)
        {
            TVector xa = v.Broadcast(Unsafe.Add(ref x, column)), xb = v.Broadcast(Unsafe.Add(ref x, column + 1));
            a0 = v.MultiplyAdd(xa, v.Load(ref w, 0), a0);
            a1 = v.MultiplyAdd(xa, v.Load(ref w, n), a1);
            a2 = v.MultiplyAdd(xa, v.Load(ref w, 2 * n), a2);
            b0 = v.MultiplyAdd(xb, v.Load(ref w, 3 * n), b0);
            b1 = v.MultiplyAdd(xb, v.Load(ref w, 4 * n), b1);
            b2 = v.MultiplyAdd(xb, v.Load(ref w, 5 * n), b2);
            TVector xc = v.Broadcast(Unsafe.Add(ref x, column + 2)), xd = v.Broadcast(Unsafe.Add(ref x, column + 3));
            c0 = v.MultiplyAdd(xc, v.Load(ref w, 6 * n), c0);
            c1 = v.MultiplyAdd(xc, v.Load(ref w, 7 * n), c1);
            c2 = v.MultiplyAdd(xc, v.Load(ref w, 8 * n), c2);
            d0 = v.MultiplyAdd(xd, v.Load(ref w, 9 * n), d0);
            d1 = v.MultiplyAdd(xd, v.Load(ref w, 10 * n), d1);
            d2 = v.MultiplyAdd(xd, v.Load(ref w, 11 * n), d2);
            w = ref Unsafe.Add(ref w, 12 * n);
        }
        // The columns that are left go to the sums they would go to in a longer run.
        if (column < columns)
        {
            TVector xa = v.Broadcast(Unsafe.Add(ref x, column));
            a0 = v.MultiplyAdd(xa, v.Load(ref w, 0), a0);
            a1 = v.MultiplyAdd(xa, v.Load(ref w, n), a1);
            a2 = v.MultiplyAdd(xa, v.Load(ref w, 2 * n), a2);
        }
        if (column + 1 < columns)
        {
            TVector xb = v.Broadcast(Unsafe.Add(ref x, column + 1));
            b0 = v.MultiplyAdd(xb, v.Load(ref w, 3 * n), b0);
            b1 = v.MultiplyAdd(xb, v.Load(ref w, 4 * n), b1);
            b2 = v.MultiplyAdd(xb, v.Load(ref w, 5 * n), b2);
        }
        if (column + 2 < columns)
        {
            TVector xc = v.Broadcast(Unsafe.Add(ref x, column + 2));
            c0 = v.MultiplyAdd(xc, v.Load(ref w, 6 * n), c0);
            c1 = v.MultiplyAdd(xc, v.Load(ref w, 7 * n), c1);
            c2 = v.MultiplyAdd(xc, v.Load(ref w, 8 * n), c2);
        }
        s0 = v.Add(v.Add(a0, b0), v.Add(c0, d0));
        s1 = v.Add(v.Add(a1, b1), v.Add(c1, d1));
        s2 = v.Add(v.Add(a2, b2), v.Add(c2, d2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add4(ref float w, ref float x, int columns, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
    {
        TLanes v = default;
        int n = v.Count, column = 0;
        TVector a0 = s0, a1 = s1, a2 = s2, a3 = s3;
        TVector b0 = default, b1 = default, b2 = default, b3 = default;
        for (; column + 2 <= columns; column += 2)
        {
            TVector xa = v.Broadcast(Unsafe.Add(ref x, column)), xb = v.Broadcast(Unsafe.Add(ref x, column + 1));
            a0 = v.MultiplyAdd(xa, v.Load(ref w, 0), a0);
            a1 = v.MultiplyAdd(xa, v.Load(ref w, n), a1);
            a2 = v.MultiplyAdd(xa, v.Load(ref w, 2 * n), a2);
            a3 = v.MultiplyAdd(xa, v.Load(ref w, 3 * n), a3);
            b0 = v.MultiplyAdd(xb, v.Load(ref w, 4 * n), b0);
            b1 = v.MultiplyAdd(xb, v.Load(ref w, 5 * n), b1);
            b2 = v.MultiplyAdd(xb, v.Load(ref w, 6 * n), b2);
            b3 = v.MultiplyAdd(xb, v.Load(ref w, 7 * n), b3);
            w = ref Unsafe.Add(ref w, 8 * n);
        }
        for (; column < columns; column++)
        {
            TVector xa = v.Broadcast(Unsafe.Add(ref x, column));
            a0 = v.MultiplyAdd(xa, v.Load(ref w, 0), a0);
            a1 = v.MultiplyAdd(xa, v.Load(ref w, n), a1);
            a2 = v.MultiplyAdd(xa, v.Load(ref w, 2 * n), a2);
            a3 = v.MultiplyAdd(xa, v.Load(ref w, 3 * n), a3);
            w = ref Unsafe.Add(ref w, 4 * n);
        }
        s0 = v.Add(a0, b0);
        s1 = v.Add(a1, b1);
        s2 = v.Add(a2, b2);
        s3 = v.Add(a3, b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add6(ref float w, ref float x, int columns, ref TVector s0, ref TVector s1, ref TVector s2,
        ref TVector s3, ref TVector s4, ref TVector s5)
    {
        TLanes v = default;
        int n = v.Count, column = 0;
        TVector a0 = s0, a1 = s1, a2 = s2, a3 = s3, a4 = s4, a5 = s5;
        TVector b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        for (; column + 2 <= columns; column += 2)
        {
            TVector xa = v.Broadcast(Unsafe.Add(ref x, column)), xb = v.Broadcast(Unsafe.Add(ref x, column + 1));
            a0 = v.MultiplyAdd(xa, v.Load(ref w, 0), a0);
            a1 = v.MultiplyAdd(xa, v.Load(ref w, n), a1);
            a2 = v.MultiplyAdd(xa, v.Load(ref w, 2 * n), a2);
            a3 = v.MultiplyAdd(xa, v.Load(ref w, 3 * n), a3);
            a4 = v.MultiplyAdd(xa, v.Load(ref w, 4 * n), a4);
            a5 = v.MultiplyAdd(xa, v.Load(ref w, 5 * n), a5);
            b0 = v.MultiplyAdd(xb, v.Load(ref w, 6 * n), b0);
            b1 = v.MultiplyAdd(xb, v.Load(ref w, 7 * n), b1);
            b2 = v.MultiplyAdd(xb, v.Load(ref w, 8 * n), b2);
            b3 = v.MultiplyAdd(xb, v.Load(ref w, 9 * n), b3);
            b4 = v.MultiplyAdd(xb, v.Load(ref w, 10 * n), b4);
            b5 = v.MultiplyAdd(xb, v.Load(ref w, 11 * n), b5);
            w = ref Unsafe.Add(ref w, 12 * n);
        }
        for (; column < columns; column++)
        {
            TVector xa = v.Broadcast(Unsafe.Add(ref x, column));
            a0 = v.MultiplyAdd(xa, v.Load(ref w, 0), a0);
            a1 = v.MultiplyAdd(xa, v.Load(ref w, n), a1);
            a2 = v.MultiplyAdd(xa, v.Load(ref w, 2 * n), a2);
            a3 = v.MultiplyAdd(xa, v.Load(ref w, 3 * n), a3);
            a4 = v.MultiplyAdd(xa, v.Load(ref w, 4 * n), a4);
            a5 = v.MultiplyAdd(xa, v.Load(ref w, 5 * n), a5);
            w = ref Unsafe.Add(ref w, 6 * n);
        }
        s0 = v.Add(a0, b0);
        s1 = v.Add(a1, b1);
        s2 = v.Add(a2, b2);
        s3 = v.Add(a3, b3);
        s4 = v.Add(a4, b4);
        s5 = v.Add(a5, b5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add8(ref float w, ref float x, int columns, ref TVector s0, ref TVector s1, ref TVector s2,
        ref TVector s3, ref TVector s4, ref TVector s5, ref TVector s6, ref TVector s7)
    {
        TLanes v = default;
        int n = v.Count, column = 0;
        TVector a0 = s0, a1 = s1, a2 = s2, a3 = s3, a4 = s4, a5 = s5, a6 = s6, a7 = s7;
        for (; column < columns; column++)
        {
            TVector xa = v.Broadcast(Unsafe.Add(ref x, column));
            a0 = v.MultiplyAdd(xa, v.Load(ref w, 0), a0);
            a1 = v.MultiplyAdd(xa, v.Load(ref w, n), a1);
            a2 = v.MultiplyAdd(xa, v.Load(ref w, 2 * n), a2);
            a3 = v.MultiplyAdd(xa, v.Load(ref w, 3 * n), a3);
            a4 = v.MultiplyAdd(xa, v.Load(ref w, 4 * n), a4);
            a5 = v.MultiplyAdd(xa, v.Load(ref w, 5 * n), a5);
            a6 = v.MultiplyAdd(xa, v.Load(ref w, 6 * n), a6);
            a7 = v.MultiplyAdd(xa, v.Load(ref w, 7 * n), a7);
            w = ref Unsafe.Add(ref w, 8 * n);
        }
        s0 = a0;
        s1 = a1;
        s2 = a2;
        s3 = a3;
        s4 = a4;
        s5 = a5;
        s6 = a6;
        s7 = a7;
    }
}
