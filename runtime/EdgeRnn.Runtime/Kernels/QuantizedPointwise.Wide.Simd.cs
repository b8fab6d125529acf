using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

// The same functions of sixteen units in registers, for kernels that do a whole block of a cell at once. Products of 64 bits are made of
// even and odd lanes.
internal static partial class QuantizedPointwise
{
    /// <summary>As <see cref="UpdateState"/>. Returns h.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> UpdateStateWide(Vector512<int> z, Vector512<int> n, Vector512<int> h, int shift)
    {
        Vector512<int> candidate = n << shift, distance = h - candidate;
        Vector512<long> half = Vector512.Create(1L << 23);
        Vector512<long> even = Avx512F.Multiply(z, distance) + half, odd = Avx512F.Multiply(Odd(z), Odd(distance)) + half;
        return candidate + ShiftedLow(even, odd, 24);
    }

    /// <summary>As <see cref="UpdateCell"/>. Returns c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> UpdateCellWide(Vector512<int> f, Vector512<int> i, Vector512<int> g, Vector512<int> c,
        ref Vector512<int> rest)
    {
        Vector512<long> even = NextCell(f, c, i, g, (rest.AsUInt64() & Vector512.Create((ulong)uint.MaxValue)).AsInt64());
        Vector512<long> odd = NextCell(Odd(f), Odd(c), Odd(i), Odd(g), Odd(rest).AsInt64());
        rest = ShiftedLow(even, odd, 0) & Vector512.Create(RestMask);
        return ShiftedLow(even, odd, 24);
    }

    /// <summary>As <see cref="Multiply"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyWide(Vector512<int> a, Vector512<int> b)
    {
        Vector512<int> limit = Vector512.Create(Limit16);
        return Vector512.Max(Vector512.Min((a * b + Vector512.Create(1 << 14)) >> 15, limit), -limit);
    }

    /// <summary>As <see cref="AddMultiplied"/>, for results that are known to need no clamp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> AddMultipliedWide(Vector512<int> r, Vector512<int> u, Vector512<int> n)
    {
        Vector512<long> half = Vector512.Create(1L << 14);
        return n + ShiftedLow(Avx512F.Multiply(r, u) + half, Avx512F.Multiply(Odd(r), Odd(u)) + half, 15);
    }

    /// <summary>As <see cref="Round"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> RoundWide(Vector512<int> x, int shift, int limit)
    {
        Vector512<int> limits = Vector512.Create(limit), one = Vector512.Create(shift == 0 ? 0 : 1);
        Vector512<int> rounded = (x >> shift) + (x >> (shift == 0 ? 0 : shift - 1) & one);
        return Vector512.Max(Vector512.Min(rounded, limits), -limits);
    }

    /// <summary>Stores the first units of a vector; what lies behind them stays as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreWide(Vector512<int> values, ref int to, int units)
    {
        if (units < Vector512<int>.Count)
        {
            Vector512<int> mask = Vector512.GreaterThan(Vector512.Create(units), Vector512<int>.Indices);
            values = Vector512.ConditionalSelect(mask, values, Vector512.LoadUnsafe(ref to));
        }
        values.StoreUnsafe(ref to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> NextCell(Vector512<int> f, Vector512<int> c, Vector512<int> i, Vector512<int> g, Vector512<long> rest)
    {
        Vector512<long> next = Avx512F.Multiply(f, c) + (Avx512F.Multiply(i, g) << InputToCell) + rest;
        return Vector512.Max(Vector512.Min(next, Vector512.Create(LargestSum)), Vector512.Create(LeastSum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Odd(Vector512<int> values) => (values.AsUInt64() >> 32).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> ShiftedLow(Vector512<long> even, Vector512<long> odd, int shift) =>
        Vector512.ConditionalSelect(Vector512.Create(0xffffffffL), even >> shift, odd << (32 - shift)).AsInt32();
}
