using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

// From sums to pre-activations, eight rows at a time. Rounding takes two shifts, (v + 2^(s - 1)) >> s = ((v >> (s - 1)) + 1) >> 1, which
// spares the half that differs from row to row.
internal sealed partial class QuantizedPanels
{
    private void AddScaled(ref int sums, int common, int row, int count, ref int target)
    {
        int i = 0;
        for (; i + VectorRows <= count; i += VectorRows)
            AddScaledEight(ref Unsafe.Add(ref sums, i), common, row + i, ref Unsafe.Add(ref target, i));
        if (i == count) return;
        // The rows that fill no vector make a detour, so that nothing behind y is touched.
        ref int detour = ref Unsafe.Add(ref sums, PanelRows);
        for (int unit = i; unit < count; unit++) Unsafe.Add(ref detour, unit - i) = Unsafe.Add(ref target, unit);
        AddScaledEight(ref Unsafe.Add(ref sums, i), common, row + i, ref detour);
        for (int unit = i; unit < count; unit++) Unsafe.Add(ref target, unit) = Unsafe.Add(ref detour, unit - i);
    }

    private void AddScaledEight(ref int sums, int common, int row, ref int target)
    {
        Vector256<int> sum = Vector256.LoadUnsafe(ref sums) + Vector256.LoadUnsafe(ref First(_offsets), (nuint)row) + Vector256.Create(common);
        Vector256<int> mantissas = Vector256.LoadUnsafe(ref First(_mantissas), (nuint)row), shifts = Vector256.LoadUnsafe(ref First(_shifts), (nuint)row);
        Vector256<int> scaled;
        if (Avx512F.IsSupported) scaled = Scale512(sum, mantissas, shifts);
        else if (Avx2.IsSupported && _largeShifts) scaled = Scale256(sum, mantissas, shifts);
        else if (AdvSimd.IsSupported)
        {
            scaled = Vector256.Create(ScaleArm(sum.GetLower(), mantissas.GetLower(), shifts.GetLower()),
                ScaleArm(sum.GetUpper(), mantissas.GetUpper(), shifts.GetUpper()));
        }
        else
        {
            AddScaledOneByOne(sum, row, ref target);
            return;
        }
        Vector256<int> limit = Vector256.Create(QuantizedMatrix.PreLimit);
        Vector256<int> next = Vector256.LoadUnsafe(ref target) + Vector256.Max(Vector256.Min(scaled, limit), -limit);
        Vector256.Max(Vector256.Min(next, limit), -limit).StoreUnsafe(ref target);
    }

    // Saturated to 32 bits, which the clamp that follows does not notice.
    private static Vector256<int> Scale512(Vector256<int> sums, Vector256<int> mantissas, Vector256<int> shifts)
    {
        Vector512<long> product = Avx512F.Multiply(Avx512F.ConvertToVector512Int64(sums).AsInt32(), Avx512F.ConvertToVector512Int64(mantissas).AsInt32());
        Vector512<long> shifted = Avx512F.ShiftRightArithmeticVariable(product, Avx512F.ConvertToVector512Int64(shifts).AsUInt64());
        return Avx512F.ConvertToVector256Int32WithSaturation((shifted + Vector512<long>.One) >> 1);
    }

    // Even and odd rows. There is no arithmetic shift of 64 bits: 2^62 makes the product positive, and leaves again, shifted.
    private static Vector256<int> Scale256(Vector256<int> sums, Vector256<int> mantissas, Vector256<int> shifts)
    {
        Vector256<ulong> even = Scale256(sums, mantissas, shifts.AsUInt64() & Vector256.Create((ulong)uint.MaxValue));
        Vector256<ulong> odd = Scale256(HighHalves(sums).AsInt32(), HighHalves(mantissas).AsInt32(), HighHalves(shifts));
        return Avx2.Blend(even.AsInt32(), (odd << 32).AsInt32(), 0b10101010);
    }

    private static Vector256<ulong> Scale256(Vector256<int> sums, Vector256<int> mantissas, Vector256<ulong> shifts)
    {
        Vector256<ulong> bias = Vector256.Create(1UL << 62);
        Vector256<ulong> shifted = Avx2.ShiftRightLogicalVariable(Avx2.Multiply(sums, mantissas).AsUInt64() + bias, shifts);
        return ((shifted + Vector256<ulong>.One) >> 1) - (Avx2.ShiftRightLogicalVariable(bias, shifts) >> 1);
    }

    private static Vector256<ulong> HighHalves(Vector256<int> values) => values.AsUInt64() >> 32;

    private static Vector128<int> ScaleArm(Vector128<int> sums, Vector128<int> mantissas, Vector128<int> shifts)
    {
        Vector128<long> low = AdvSimd.MultiplyWideningLower(sums.GetLower(), mantissas.GetLower());
        Vector128<long> high = AdvSimd.MultiplyWideningUpper(sums, mantissas);
        low = AdvSimd.ShiftArithmetic(low, -Vector128.WidenLower(shifts)); // to the right, being negative
        high = AdvSimd.ShiftArithmetic(high, -Vector128.WidenUpper(shifts));
        Vector64<int> lower = AdvSimd.ExtractNarrowingSaturateLower((low + Vector128<long>.One) >> 1);
        return AdvSimd.ExtractNarrowingSaturateUpper(lower, (high + Vector128<long>.One) >> 1);
    }

    private void AddScaledOneByOne(Vector256<int> sums, int row, ref int target)
    {
        for (int i = 0; i < VectorRows; i++)
        {
            ref int pre = ref Unsafe.Add(ref target, i);
            pre = QuantizedMatrix.Rescale(sums.GetElement(i), _mantissas[row + i], _shifts[row + i] + 1, pre);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref int First(int[] values) => ref MemoryMarshal.GetArrayDataReference(values);
}
