using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

// Sums of products for two, three or four gates, and sums to pre-activations.
internal sealed partial class QuantizedCellPanels
{
    /// <summary>Weights of one byte, inputs of two.</summary>
    public readonly struct Bytes
    {
    }

    /// <summary>Weights of two bytes, inputs of two.</summary>
    public readonly struct Words
    {
    }

    /// <summary>Weights and inputs of one byte.</summary>
    public readonly struct Narrow
    {
    }

    /// <summary>Sums of two gates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sums<TKind>(ref byte w, ref int x, int groups, out Vector512<int> a, out Vector512<int> b)
    {
        if (typeof(TKind) == typeof(Narrow))
        {
            Vector256<int> a0 = Vector256<int>.Zero, a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
            int group = 0;
            for (; group + 2 <= groups; group += 2)
            {
                Vector256<byte> x0 = Fours(ref x, group), x1 = Fours(ref x, group + 1);
                a0 = AddFours(a0, x0, ref w, 0);
                a1 = AddFours(a1, x0, ref w, 32);
                b0 = AddFours(b0, x0, ref w, 64);
                b1 = AddFours(b1, x0, ref w, 96);
                c0 = AddFours(c0, x1, ref w, 128);
                c1 = AddFours(c1, x1, ref w, 160);
                d0 = AddFours(d0, x1, ref w, 192);
                d1 = AddFours(d1, x1, ref w, 224);
                w = ref Unsafe.Add(ref w, 256);
            }
            if (group < groups)
            {
                Vector256<byte> x0 = Fours(ref x, group);
                a0 = AddFours(a0, x0, ref w, 0);
                a1 = AddFours(a1, x0, ref w, 32);
                b0 = AddFours(b0, x0, ref w, 64);
                b1 = AddFours(b1, x0, ref w, 96);
                w = ref Unsafe.Add(ref w, 128);
            }
            a = Whole(a0 + c0, a1 + c1);
            b = Whole(b0 + d0, b1 + d1);
            return;
        }
        int size = typeof(TKind) == typeof(Words) ? 64 : 32;
        Vector512<int> a2 = Vector512<int>.Zero, a3 = a2, b2 = a2, b3 = a2;
        for (int group = 0; group < groups; group++)
        {
            Vector512<short> x0 = Pair(ref x, 2 * group), x1 = Pair(ref x, 2 * group + 1);
            a2 += Multiply<TKind>(ref w, 0, x0);
            b2 += Multiply<TKind>(ref w, size, x0);
            a3 += Multiply<TKind>(ref w, 2 * size, x1);
            b3 += Multiply<TKind>(ref w, 3 * size, x1);
            w = ref Unsafe.Add(ref w, 4 * size);
        }
        a = a2 + a3;
        b = b2 + b3;
    }

    /// <summary>Sums of three gates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sums<TKind>(ref byte w, ref int x, int groups, out Vector512<int> a, out Vector512<int> b, out Vector512<int> c)
    {
        if (typeof(TKind) == typeof(Narrow))
        {
            Vector256<int> a0 = Vector256<int>.Zero, a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0;
            Vector256<int> a2 = a0, a3 = a0, b2 = a0, b3 = a0, c2 = a0, c3 = a0;
            int group = 0;
            for (; group + 2 <= groups; group += 2)
            {
                Vector256<byte> x0 = Fours(ref x, group), x1 = Fours(ref x, group + 1);
                a0 = AddFours(a0, x0, ref w, 0);
                a1 = AddFours(a1, x0, ref w, 32);
                b0 = AddFours(b0, x0, ref w, 64);
                b1 = AddFours(b1, x0, ref w, 96);
                c0 = AddFours(c0, x0, ref w, 128);
                c1 = AddFours(c1, x0, ref w, 160);
                a2 = AddFours(a2, x1, ref w, 192);
                a3 = AddFours(a3, x1, ref w, 224);
                b2 = AddFours(b2, x1, ref w, 256);
                b3 = AddFours(b3, x1, ref w, 288);
                c2 = AddFours(c2, x1, ref w, 320);
                c3 = AddFours(c3, x1, ref w, 352);
                w = ref Unsafe.Add(ref w, 384);
            }
            if (group < groups)
            {
                Vector256<byte> x0 = Fours(ref x, group);
                a0 = AddFours(a0, x0, ref w, 0);
                a1 = AddFours(a1, x0, ref w, 32);
                b0 = AddFours(b0, x0, ref w, 64);
                b1 = AddFours(b1, x0, ref w, 96);
                c0 = AddFours(c0, x0, ref w, 128);
                c1 = AddFours(c1, x0, ref w, 160);
                w = ref Unsafe.Add(ref w, 192);
            }
            a = Whole(a0 + a2, a1 + a3);
            b = Whole(b0 + b2, b1 + b3);
            c = Whole(c0 + c2, c1 + c3);
            return;
        }
        int size = typeof(TKind) == typeof(Words) ? 64 : 32;
        Vector512<int> a4 = Vector512<int>.Zero, a5 = a4, b4 = a4, b5 = a4, c4 = a4, c5 = a4;
        for (int group = 0; group < groups; group++)
        {
            Vector512<short> x0 = Pair(ref x, 2 * group), x1 = Pair(ref x, 2 * group + 1);
            a4 += Multiply<TKind>(ref w, 0, x0);
            b4 += Multiply<TKind>(ref w, size, x0);
            c4 += Multiply<TKind>(ref w, 2 * size, x0);
            a5 += Multiply<TKind>(ref w, 3 * size, x1);
            b5 += Multiply<TKind>(ref w, 4 * size, x1);
            c5 += Multiply<TKind>(ref w, 5 * size, x1);
            w = ref Unsafe.Add(ref w, 6 * size);
        }
        a = a4 + a5;
        b = b4 + b5;
        c = c4 + c5;
    }

    /// <summary>Sums of four gates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sums<TKind>(ref byte w, ref int x, int groups, out Vector512<int> a, out Vector512<int> b, out Vector512<int> c,
        out Vector512<int> d)
    {
        if (typeof(TKind) == typeof(Narrow))
        {
            Vector256<int> a0 = Vector256<int>.Zero, a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
            for (int group = 0; group < groups; group++)
            {
                Vector256<byte> x0 = Fours(ref x, group);
                a0 = AddFours(a0, x0, ref w, 0);
                a1 = AddFours(a1, x0, ref w, 32);
                b0 = AddFours(b0, x0, ref w, 64);
                b1 = AddFours(b1, x0, ref w, 96);
                c0 = AddFours(c0, x0, ref w, 128);
                c1 = AddFours(c1, x0, ref w, 160);
                d0 = AddFours(d0, x0, ref w, 192);
                d1 = AddFours(d1, x0, ref w, 224);
                w = ref Unsafe.Add(ref w, 256);
            }
            a = Whole(a0, a1);
            b = Whole(b0, b1);
            c = Whole(c0, c1);
            d = Whole(d0, d1);
            return;
        }
        int size = typeof(TKind) == typeof(Words) ? 64 : 32;
        Vector512<int> a2 = Vector512<int>.Zero, a3 = a2, b2 = a2, b3 = a2, c2 = a2, c3 = a2, d2 = a2, d3 = a2;
        for (int group = 0; group < groups; group++)
        {
            Vector512<short> x0 = Pair(ref x, 2 * group), x1 = Pair(ref x, 2 * group + 1);
            a2 += Multiply<TKind>(ref w, 0, x0);
            b2 += Multiply<TKind>(ref w, size, x0);
            c2 += Multiply<TKind>(ref w, 2 * size, x0);
            d2 += Multiply<TKind>(ref w, 3 * size, x0);
            a3 += Multiply<TKind>(ref w, 4 * size, x1);
            b3 += Multiply<TKind>(ref w, 5 * size, x1);
            c3 += Multiply<TKind>(ref w, 6 * size, x1);
            d3 += Multiply<TKind>(ref w, 7 * size, x1);
            w = ref Unsafe.Add(ref w, 8 * size);
        }
        a = a2 + a3;
        b = b2 + b3;
        c = c2 + c3;
        d = d2 + d3;
    }

    /// <summary>
    /// pre + ((sums * mantissas + halves) >> shifts), in even and odd lanes. Rounding takes two shifts, as in
    /// <see cref="QuantizedPanels"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> AddScaled<TKind>(Vector512<int> pre, Vector512<int> sums, ref byte numbers)
    {
        if (typeof(TKind) == typeof(Narrow))
        {
            sums += Vector512.LoadUnsafe(ref numbers).AsInt32();
            numbers = ref Unsafe.Add(ref numbers, 64);
        }
        Vector512<int> mantissas = Vector512.LoadUnsafe(ref numbers).AsInt32();
        Vector512<ulong> shifts = Vector512.LoadUnsafe(ref numbers, 64).AsUInt64(), low = Vector512.Create((ulong)uint.MaxValue);
        Vector512<long> even = Avx512F.ShiftRightArithmeticVariable(Avx512F.Multiply(sums, mantissas), shifts & low);
        Vector512<long> odd = Avx512F.ShiftRightArithmeticVariable(Avx512F.Multiply(Odd(sums), Odd(mantissas)), shifts >> 32);
        even = (even + Vector512<long>.One) >> 1;
        odd = (odd + Vector512<long>.One) << 31;
        return pre + Vector512.ConditionalSelect(low.AsInt64(), even, odd).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Odd(Vector512<int> values) => (values.AsUInt64() >> 32).AsInt32();

    /// <summary>Bytes of the weights of one gate for four columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int GroupBytes<TKind>() => typeof(TKind) == typeof(Words) ? 128 : 64;

    /// <summary>Bytes of the numbers of one gate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NumberBytes<TKind>() => typeof(TKind) == typeof(Narrow) ? 192 : 128;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Multiply<TKind>(ref byte w, int offset, Vector512<short> x)
    {
        Vector512<short> weights = typeof(TKind) == typeof(Words) ? Vector512.LoadUnsafe(ref w, (nuint)offset).AsInt16()
            : Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref w, (nuint)offset).AsSByte());
        return Avx512BW.MultiplyAddAdjacent(weights, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Pair(ref int x, int pair) => Vector512.Create(Unsafe.Add(ref x, pair)).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Fours(ref int x, int group) => Vector256.Create(Unsafe.Add(ref x, group)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> AddFours(Vector256<int> sums, Vector256<byte> x, ref byte w, int offset) =>
        AvxVnni.MultiplyWideningAndAdd(sums, x, Vector256.LoadUnsafe(ref w, (nuint)offset).AsSByte());

    // Vector512.Create of two halves first loads a whole that it then overwrites.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Whole(Vector256<int> lower, Vector256<int> upper) =>
        Avx512F.InsertVector256(lower.ToVector512Unsafe(), upper, 1);
}
