using System.Runtime.CompilerServices;

namespace EdgeRnn.Runtime;

/// <summary>
/// Sums of one vector of units for several streams at once: the weights of a column are loaded once for all. For each stream the
/// operations are those of <see cref="PanelProduct{TVector, TLanes}"/> in their order, chain after chain, so that the sums are the same
/// bits.
/// </summary>
/// <remarks>Sums are named stream after stream, the gates of a stream side by side. All methods vanish in their callers.</remarks>
internal static class TileProduct<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, IVectorLanes<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add3x4(ref float w, int width, int chains, int columns, ref float x0, ref float x1, ref float x2, ref float x3,
        ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3, ref TVector s4, ref TVector s5, ref TVector s6,
        ref TVector s7, ref TVector s8, ref TVector s9, ref TVector s10, ref TVector s11)
    {
        TLanes v = default;
        TVector p0 = default, p1 = default, p2 = default, p3 = default, p4 = default, p5 = default, p6 = default, p7 = default,
            p8 = default, p9 = default, p10 = default, p11 = default;
        for (int chain = 0; chain < chains; chain++)
        {
            TVector a0 = chain == 0 ? s0 : default, a1 = chain == 0 ? s1 : default, a2 = chain == 0 ? s2 : default,
                a3 = chain == 0 ? s3 : default, a4 = chain == 0 ? s4 : default, a5 = chain == 0 ? s5 : default,
                a6 = chain == 0 ? s6 : default, a7 = chain == 0 ? s7 : default, a8 = chain == 0 ? s8 : default,
                a9 = chain == 0 ? s9 : default, a10 = chain == 0 ? s10 : default, a11 = chain == 0 ? s11 : default;
            ref float wj = ref Unsafe.Add(ref w, chain * 3 * width);
            for (int column = chain; column < columns; column += chains)
            {
                TVector w0 = v.Load(ref wj, 0), w1 = v.Load(ref wj, width), w2 = v.Load(ref wj, 2 * width);
                TVector y0 = v.Broadcast(Unsafe.Add(ref x0, column));
                a0 = v.MultiplyAdd(y0, w0, a0);
                a1 = v.MultiplyAdd(y0, w1, a1);
                a2 = v.MultiplyAdd(y0, w2, a2);
                TVector y1 = v.Broadcast(Unsafe.Add(ref x1, column));
                a3 = v.MultiplyAdd(y1, w0, a3);
                a4 = v.MultiplyAdd(y1, w1, a4);
                a5 = v.MultiplyAdd(y1, w2, a5);
                TVector y2 = v.Broadcast(Unsafe.Add(ref x2, column));
                a6 = v.MultiplyAdd(y2, w0, a6);
                a7 = v.MultiplyAdd(y2, w1, a7);
                a8 = v.MultiplyAdd(y2, w2, a8);
                TVector y3 = v.Broadcast(Unsafe.Add(ref x3, column));
                a9 = v.MultiplyAdd(y3, w0, a9);
                a10 = v.MultiplyAdd(y3, w1, a10);
                a11 = v.MultiplyAdd(y3, w2, a11);
                wj = ref Unsafe.Add(ref wj, chains * 3 * width);
            }
            if (chain == 0)
            {
                s0 = a0; s1 = a1; s2 = a2; s3 = a3; s4 = a4; s5 = a5; s6 = a6; s7 = a7; s8 = a8; s9 = a9; s10 = a10; s11 = a11;
            }
            else if (chain == 2)
            {
                p0 = a0; p1 = a1; p2 = a2; p3 = a3; p4 = a4; p5 = a5; p6 = a6; p7 = a7; p8 = a8; p9 = a9; p10 = a10; p11 = a11;
            }
            else if (chain == 1)
            {
                s0 = v.Add(s0, a0);
                s1 = v.Add(s1, a1);
                s2 = v.Add(s2, a2);
                s3 = v.Add(s3, a3);
                s4 = v.Add(s4, a4);
                s5 = v.Add(s5, a5);
                s6 = v.Add(s6, a6);
                s7 = v.Add(s7, a7);
                s8 = v.Add(s8, a8);
                s9 = v.Add(s9, a9);
                s10 = v.Add(s10, a10);
                s11 = v.Add(s11, a11);
            }
            else
            {
                s0 = v.Add(s0, v.Add(p0, a0));
                s1 = v.Add(s1, v.Add(p1, a1));
                s2 = v.Add(s2, v.Add(p2, a2));
                s3 = v.Add(s3, v.Add(p3, a3));
                s4 = v.Add(s4, v.Add(p4, a4));
                s5 = v.Add(s5, v.Add(p5, a5));
                s6 = v.Add(s6, v.Add(p6, a6));
                s7 = v.Add(s7, v.Add(p7, a7));
                s8 = v.Add(s8, v.Add(p8, a8));
                s9 = v.Add(s9, v.Add(p9, a9));
                s10 = v.Add(s10, v.Add(p10, a10));
                s11 = v.Add(s11, v.Add(p11, a11));
            }
        }
    }

    /// <summary>As <see cref="Add3x4"/> with two chains that run side by side, where 32 registers hold the sums and the weights of a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add3x4InPairs(ref float w, int width, int columns, ref float x0, ref float x1, ref float x2, ref float x3,
        ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3, ref TVector s4, ref TVector s5, ref TVector s6,
        ref TVector s7, ref TVector s8, ref TVector s9, ref TVector s10, ref TVector s11)
    {
        TLanes v = default;
        TVector a0 = s0, a1 = s1, a2 = s2, a3 = s3, a4 = s4, a5 = s5, a6 = s6, a7 = s7, a8 = s8, a9 = s9, a10 = s10, a11 = s11;
        TVector b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default, b6 = default, b7 = default,
            b8 = default, b9 = default, b10 = default, b11 = default, w0, w1, w2, y;
        int column = 0;
        for (; column + 2 <= columns; column += 2)
        {
            w0 = v.Load(ref w, 0);
            w1 = v.Load(ref w, width);
            w2 = v.Load(ref w, 2 * width);
            y = v.Broadcast(Unsafe.Add(ref x0, column));
            a0 = v.MultiplyAdd(y, w0, a0);
            a1 = v.MultiplyAdd(y, w1, a1);
            a2 = v.MultiplyAdd(y, w2, a2);
            y = v.Broadcast(Unsafe.Add(ref x1, column));
            a3 = v.MultiplyAdd(y, w0, a3);
            a4 = v.MultiplyAdd(y, w1, a4);
            a5 = v.MultiplyAdd(y, w2, a5);
            y = v.Broadcast(Unsafe.Add(ref x2, column));
            a6 = v.MultiplyAdd(y, w0, a6);
            a7 = v.MultiplyAdd(y, w1, a7);
            a8 = v.MultiplyAdd(y, w2, a8);
            y = v.Broadcast(Unsafe.Add(ref x3, column));
            a9 = v.MultiplyAdd(y, w0, a9);
            a10 = v.MultiplyAdd(y, w1, a10);
            a11 = v.MultiplyAdd(y, w2, a11);
            w = ref Unsafe.Add(ref w, 3 * width);
            w0 = v.Load(ref w, 0);
            w1 = v.Load(ref w, width);
            w2 = v.Load(ref w, 2 * width);
            y = v.Broadcast(Unsafe.Add(ref x0, column + 1));
            b0 = v.MultiplyAdd(y, w0, b0);
            b1 = v.MultiplyAdd(y, w1, b1);
            b2 = v.MultiplyAdd(y, w2, b2);
            y = v.Broadcast(Unsafe.Add(ref x1, column + 1));
            b3 = v.MultiplyAdd(y, w0, b3);
            b4 = v.MultiplyAdd(y, w1, b4);
            b5 = v.MultiplyAdd(y, w2, b5);
            y = v.Broadcast(Unsafe.Add(ref x2, column + 1));
            b6 = v.MultiplyAdd(y, w0, b6);
            b7 = v.MultiplyAdd(y, w1, b7);
            b8 = v.MultiplyAdd(y, w2, b8);
            y = v.Broadcast(Unsafe.Add(ref x3, column + 1));
            b9 = v.MultiplyAdd(y, w0, b9);
            b10 = v.MultiplyAdd(y, w1, b10);
            b11 = v.MultiplyAdd(y, w2, b11);
            w = ref Unsafe.Add(ref w, 3 * width);
        }
        if (column < columns)
        {
            w0 = v.Load(ref w, 0);
            w1 = v.Load(ref w, width);
            w2 = v.Load(ref w, 2 * width);
            y = v.Broadcast(Unsafe.Add(ref x0, column));
            a0 = v.MultiplyAdd(y, w0, a0);
            a1 = v.MultiplyAdd(y, w1, a1);
            a2 = v.MultiplyAdd(y, w2, a2);
            y = v.Broadcast(Unsafe.Add(ref x1, column));
            a3 = v.MultiplyAdd(y, w0, a3);
            a4 = v.MultiplyAdd(y, w1, a4);
            a5 = v.MultiplyAdd(y, w2, a5);
            y = v.Broadcast(Unsafe.Add(ref x2, column));
            a6 = v.MultiplyAdd(y, w0, a6);
            a7 = v.MultiplyAdd(y, w1, a7);
            a8 = v.MultiplyAdd(y, w2, a8);
            y = v.Broadcast(Unsafe.Add(ref x3, column));
            a9 = v.MultiplyAdd(y, w0, a9);
            a10 = v.MultiplyAdd(y, w1, a10);
            a11 = v.MultiplyAdd(y, w2, a11);
        }
        s0 = v.Add(a0, b0);
        s1 = v.Add(a1, b1);
        s2 = v.Add(a2, b2);
        s3 = v.Add(a3, b3);
        s4 = v.Add(a4, b4);
        s5 = v.Add(a5, b5);
        s6 = v.Add(a6, b6);
        s7 = v.Add(a7, b7);
        s8 = v.Add(a8, b8);
        s9 = v.Add(a9, b9);
        s10 = v.Add(a10, b10);
        s11 = v.Add(a11, b11);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add4x2(ref float w, int width, int chains, int columns, ref float x0, ref float x1,
        ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3, ref TVector s4, ref TVector s5, ref TVector s6,
        ref TVector s7)
    {
        TLanes v = default;
        TVector p0 = default, p1 = default, p2 = default, p3 = default, p4 = default, p5 = default, p6 = default, p7 = default;
        for (int chain = 0; chain < chains; chain++)
        {
            TVector a0 = chain == 0 ? s0 : default, a1 = chain == 0 ? s1 : default, a2 = chain == 0 ? s2 : default,
                a3 = chain == 0 ? s3 : default, a4 = chain == 0 ? s4 : default, a5 = chain == 0 ? s5 : default,
                a6 = chain == 0 ? s6 : default, a7 = chain == 0 ? s7 : default;
            ref float wj = ref Unsafe.Add(ref w, chain * 4 * width);
            for (int column = chain; column < columns; column += chains)
            {
                TVector w0 = v.Load(ref wj, 0), w1 = v.Load(ref wj, width), w2 = v.Load(ref wj, 2 * width),
                    w3 = v.Load(ref wj, 3 * width);
                TVector y0 = v.Broadcast(Unsafe.Add(ref x0, column));
                a0 = v.MultiplyAdd(y0, w0, a0);
                a1 = v.MultiplyAdd(y0, w1, a1);
                a2 = v.MultiplyAdd(y0, w2, a2);
                a3 = v.MultiplyAdd(y0, w3, a3);
                TVector y1 = v.Broadcast(Unsafe.Add(ref x1, column));
                a4 = v.MultiplyAdd(y1, w0, a4);
                a5 = v.MultiplyAdd(y1, w1, a5);
                a6 = v.MultiplyAdd(y1, w2, a6);
                a7 = v.MultiplyAdd(y1, w3, a7);
                wj = ref Unsafe.Add(ref wj, chains * 4 * width);
            }
            if (chain == 0)
            {
                s0 = a0; s1 = a1; s2 = a2; s3 = a3; s4 = a4; s5 = a5; s6 = a6; s7 = a7;
            }
            else if (chain == 2)
            {
                p0 = a0; p1 = a1; p2 = a2; p3 = a3; p4 = a4; p5 = a5; p6 = a6; p7 = a7;
            }
            else if (chain == 1)
            {
                s0 = v.Add(s0, a0);
                s1 = v.Add(s1, a1);
                s2 = v.Add(s2, a2);
                s3 = v.Add(s3, a3);
                s4 = v.Add(s4, a4);
                s5 = v.Add(s5, a5);
                s6 = v.Add(s6, a6);
                s7 = v.Add(s7, a7);
            }
            else
            {
                s0 = v.Add(s0, v.Add(p0, a0));
                s1 = v.Add(s1, v.Add(p1, a1));
                s2 = v.Add(s2, v.Add(p2, a2));
                s3 = v.Add(s3, v.Add(p3, a3));
                s4 = v.Add(s4, v.Add(p4, a4));
                s5 = v.Add(s5, v.Add(p5, a5));
                s6 = v.Add(s6, v.Add(p6, a6));
                s7 = v.Add(s7, v.Add(p7, a7));
            }
        }
    }

    /// <summary>As <see cref="Add4x2"/> for four streams, where 32 registers hold the sums and the weights of a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add4x4(ref float w, int width, int chains, int columns, ref float x0, ref float x1, ref float x2, ref float x3,
        ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3, ref TVector s4, ref TVector s5, ref TVector s6,
        ref TVector s7, ref TVector s8, ref TVector s9, ref TVector s10, ref TVector s11, ref TVector s12, ref TVector s13,
        ref TVector s14, ref TVector s15)
    {
        TLanes v = default;
        for (int chain = 0; chain < chains; chain++)
        {
            TVector a0 = chain == 0 ? s0 : default, a1 = chain == 0 ? s1 : default, a2 = chain == 0 ? s2 : default,
                a3 = chain == 0 ? s3 : default, a4 = chain == 0 ? s4 : default, a5 = chain == 0 ? s5 : default,
                a6 = chain == 0 ? s6 : default, a7 = chain == 0 ? s7 : default, a8 = chain == 0 ? s8 : default,
                a9 = chain == 0 ? s9 : default, a10 = chain == 0 ? s10 : default, a11 = chain == 0 ? s11 : default,
                a12 = chain == 0 ? s12 : default, a13 = chain == 0 ? s13 : default, a14 = chain == 0 ? s14 : default,
                a15 = chain == 0 ? s15 : default;
            ref float wj = ref Unsafe.Add(ref w, chain * 4 * width);
            for (int column = chain; column < columns; column += chains)
            {
                TVector w0 = v.Load(ref wj, 0), w1 = v.Load(ref wj, width), w2 = v.Load(ref wj, 2 * width),
                    w3 = v.Load(ref wj, 3 * width);
                TVector y0 = v.Broadcast(Unsafe.Add(ref x0, column));
                a0 = v.MultiplyAdd(y0, w0, a0);
                a1 = v.MultiplyAdd(y0, w1, a1);
                a2 = v.MultiplyAdd(y0, w2, a2);
                a3 = v.MultiplyAdd(y0, w3, a3);
                TVector y1 = v.Broadcast(Unsafe.Add(ref x1, column));
                a4 = v.MultiplyAdd(y1, w0, a4);
                a5 = v.MultiplyAdd(y1, w1, a5);
                a6 = v.MultiplyAdd(y1, w2, a6);
                a7 = v.MultiplyAdd(y1, w3, a7);
                TVector y2 = v.Broadcast(Unsafe.Add(ref x2, column));
                a8 = v.MultiplyAdd(y2, w0, a8);
                a9 = v.MultiplyAdd(y2, w1, a9);
                a10 = v.MultiplyAdd(y2, w2, a10);
                a11 = v.MultiplyAdd(y2, w3, a11);
                TVector y3 = v.Broadcast(Unsafe.Add(ref x3, column));
                a12 = v.MultiplyAdd(y3, w0, a12);
                a13 = v.MultiplyAdd(y3, w1, a13);
                a14 = v.MultiplyAdd(y3, w2, a14);
                a15 = v.MultiplyAdd(y3, w3, a15);
                wj = ref Unsafe.Add(ref wj, chains * 4 * width);
            }
            bool isFirst = chain == 0;
            s0 = isFirst ? a0 : v.Add(s0, a0);
            s1 = isFirst ? a1 : v.Add(s1, a1);
            s2 = isFirst ? a2 : v.Add(s2, a2);
            s3 = isFirst ? a3 : v.Add(s3, a3);
            s4 = isFirst ? a4 : v.Add(s4, a4);
            s5 = isFirst ? a5 : v.Add(s5, a5);
            s6 = isFirst ? a6 : v.Add(s6, a6);
            s7 = isFirst ? a7 : v.Add(s7, a7);
            s8 = isFirst ? a8 : v.Add(s8, a8);
            s9 = isFirst ? a9 : v.Add(s9, a9);
            s10 = isFirst ? a10 : v.Add(s10, a10);
            s11 = isFirst ? a11 : v.Add(s11, a11);
            s12 = isFirst ? a12 : v.Add(s12, a12);
            s13 = isFirst ? a13 : v.Add(s13, a13);
            s14 = isFirst ? a14 : v.Add(s14, a14);
            s15 = isFirst ? a15 : v.Add(s15, a15);
        }
    }
}
