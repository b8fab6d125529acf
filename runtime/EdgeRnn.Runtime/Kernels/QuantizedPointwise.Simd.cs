using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

// Vectors of eight. Products of 64 bits are made of even and odd lanes with AVX2; elsewhere the portable loops do as well. What
// is left of a run goes through the portable form.
internal static partial class QuantizedPointwise
{
    private const int Lanes = 8;

    static partial void UpdateStateVector(int[] memory, int z, int n, int h, int shift, int count, ref bool done)
    {
        if (!Avx2.IsSupported || count < Lanes) return;
        done = true;
        ref int rz = ref Run(memory, z, count), rn = ref Run(memory, n, count), rh = ref Run(memory, h, count);
        Vector256<long> half = Vector256.Create(1L << 23);
        int unit = 0;
        for (; unit <= count - Lanes; unit += Lanes)
        {
            Vector256<int> gate = Load(ref rz, unit), candidate = Load(ref rn, unit) << shift;
            Vector256<int> distance = Load(ref rh, unit) - candidate;
            Vector256<long> even = Avx2.Multiply(gate, distance) + half;
            Vector256<long> odd = Avx2.Multiply(Odd(gate), Odd(distance)) + half;
            (candidate + ShiftedLow(even, odd, 24)).StoreUnsafe(ref rh, (nuint)unit);
        }
        UpdateStatePortable(memory, z + unit, n + unit, h + unit, shift, count - unit);
    }

    static partial void UpdateCellVector(int[] memory, int f, int i, int g, int c, int rest, int count, ref bool done)
    {
        if (!Avx2.IsSupported || count < Lanes) return;
        done = true;
        ref int rf = ref Run(memory, f, count), ri = ref Run(memory, i, count);
        ref int rg = ref Run(memory, g, count), rc = ref Run(memory, c, count), rr = ref Run(memory, rest, count);
        Vector256<int> mask = Vector256.Create(RestMask);
        int unit = 0;
        for (; unit <= count - Lanes; unit += Lanes)
        {
            Vector256<int> forget = Load(ref rf, unit), cell = Load(ref rc, unit), left = Load(ref rr, unit);
            Vector256<int> input = Load(ref ri, unit), candidate = Load(ref rg, unit);
            Vector256<long> even = NextCell(forget, cell, input, candidate, Even(left));
            Vector256<long> odd = NextCell(Odd(forget), Odd(cell), Odd(input), Odd(candidate), Odd(left));
            ShiftedLow(even, odd, 24).StoreUnsafe(ref rc, (nuint)unit);
            (ShiftedLow(even, odd, 0) & mask).StoreUnsafe(ref rr, (nuint)unit);
        }
        UpdateCellPortable(memory, f + unit, i + unit, g + unit, c + unit, rest + unit, count - unit);
    }

    static partial void MultiplyVector(int[] memory, int a, int b, int y, int count, ref bool done)
    {
        if (!Vector128.IsHardwareAccelerated || count < Lanes) return;
        done = true;
        ref int ra = ref Run(memory, a, count), rb = ref Run(memory, b, count), ry = ref Run(memory, y, count);
        Vector256<int> half = Vector256.Create(1 << 14), limit = Vector256.Create(Limit16);
        int unit = 0;
        for (; unit <= count - Lanes; unit += Lanes)
        {
            Vector256<int> product = (Load(ref ra, unit) * Load(ref rb, unit) + half) >> 15;
            Clamp(product, limit).StoreUnsafe(ref ry, (nuint)unit);
        }
        MultiplyPortable(memory, a + unit, b + unit, y + unit, count - unit);
    }

    static partial void AddMultipliedVector(int[] memory, int r, int u, int n, int count, ref bool done)
    {
        if (!Avx2.IsSupported || count < Lanes) return;
        done = true;
        ref int rr = ref Run(memory, r, count), ru = ref Run(memory, u, count), rn = ref Run(memory, n, count);
        Vector256<long> half = Vector256.Create(1L << 14);
        Vector256<int> limit = Vector256.Create(QuantizedLimits.MaxPreActivation);
        int unit = 0;
        for (; unit <= count - Lanes; unit += Lanes)
        {
            Vector256<int> gate = Load(ref rr, unit), pre = Load(ref ru, unit);
            Vector256<int> product = ShiftedLow(Avx2.Multiply(gate, pre) + half, Avx2.Multiply(Odd(gate), Odd(pre)) + half, 15);
            Clamp(Load(ref rn, unit) + product, limit).StoreUnsafe(ref rn, (nuint)unit);
        }
        AddMultipliedPortable(memory, r + unit, u + unit, n + unit, count - unit);
    }

    static partial void RoundVector(int[] memory, int x, int y, int shift, int limit, int count, ref bool done)
    {
        if (!Vector128.IsHardwareAccelerated || count < Lanes) return;
        done = true;
        ref int rx = ref Run(memory, x, count), ry = ref Run(memory, y, count);
        Vector256<int> limits = Vector256.Create(limit), one = Vector256.Create(shift == 0 ? 0 : 1);
        int unit = 0, halfShift = shift == 0 ? 0 : shift - 1;
        for (; unit <= count - Lanes; unit += Lanes)
        {
            Vector256<int> value = Load(ref rx, unit);
            Clamp((value >> shift) + (value >> halfShift & one), limits).StoreUnsafe(ref ry, (nuint)unit);
        }
        RoundPortable(memory, x + unit, y + unit, shift, limit, count - unit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> NextCell(Vector256<int> forget, Vector256<int> cell, Vector256<int> input,
        Vector256<int> candidate, Vector256<int> rest)
    {
        Vector256<long> next = Avx2.Multiply(forget, cell) + (Avx2.Multiply(input, candidate) << InputToCell) + rest.AsInt64();
        return Vector256.Max(Vector256.Min(next, Vector256.Create(LargestSum)), Vector256.Create(LeastSum));
    }

    // Signs are cut off: for numbers that have none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Even(Vector256<int> values) => (values.AsUInt64() & Vector256.Create((ulong)uint.MaxValue)).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Odd(Vector256<int> values) => (values.AsUInt64() >> 32).AsInt32();

    // The low 32 bits of every product behind the shift, in the order of the units.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> ShiftedLow(Vector256<long> even, Vector256<long> odd, int shift) =>
        Avx2.Blend((even.AsUInt64() >> shift).AsInt32(), (odd << (32 - shift)).AsInt32(), 0b10101010);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Clamp(Vector256<int> values, Vector256<int> limit) =>
        Vector256.Max(Vector256.Min(values, limit), -limit);

    private static ref int Run(int[] memory, int offset, int count) => ref memory.AsSpan(offset, count).GetPinnableReference();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Load(ref int first, int offset) => Vector256.LoadUnsafe(ref first, (nuint)offset);
}
