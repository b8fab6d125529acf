using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

// From sums to pre-activations. Rounding takes two shifts, (v + 2^(s - 1)) >> s = ((v >> (s - 1)) + 1) >> 1, which spares the
// half that differs from row to row.
internal sealed partial class QuantizedPanels
{
    private void AddScaled(Vector256<int> sums0, Vector256<int> sums1, Vector256<int> sums2, Vector256<int> sums3, int row,
        ref int target)
    {
        AddScaled(sums0, sums1, row, ref target);
        AddScaled(sums2, sums3, row + 2 * VectorRows, ref target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddScaled(Vector256<int> sums0, Vector256<int> sums1, int row, ref int target)
    {
        AddScaledEight(sums0, row, ref target);
        AddScaledEight(sums1, row + VectorRows, ref target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddScaledEight(Vector256<int> sums, int row, ref int target)
    {
        bool scalesVectors = Avx512F.IsSupported || AdvSimd.IsSupported || (Avx2.IsSupported && _largeShifts);
        if (row + VectorRows > _rows || !scalesVectors)
        {
            AddScaledOneByOne(sums, row, ref target);
            return;
        }
        Vector256<int> mantissas = At(_mantissas, row), shifts = At(_shifts, row), scaled;
        sums += At(_offsets, row);
        if (Avx512F.IsSupported) scaled = Scale512(sums, mantissas, shifts);
        else if (Avx2.IsSupported) scaled = Scale256(sums, mantissas, shifts);
        else
        {
            scaled = Vector256.Create(ScaleArm(sums.GetLower(), mantissas.GetLower(), shifts.GetLower()),
                ScaleArm(sums.GetUpper(), mantissas.GetUpper(), shifts.GetUpper()));
        }
        Vector256<int> limit = Vector256.Create(QuantizedLimits.MaxPreActivation);
        ref int pre = ref Unsafe.Add(ref target, row);
        Vector256<int> next = Vector256.LoadUnsafe(ref pre) + Vector256.Max(Vector256.Min(scaled, limit), -limit);
        Vector256.Max(Vector256.Min(next, limit), -limit).StoreUnsafe(ref pre);
    }

    // Saturated to 32 bits, which the clamp that follows does not notice.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Scale512(Vector256<int> sums, Vector256<int> mantissas, Vector256<int> shifts)
    {
        Vector512<long> product = Avx512F.Multiply(Widened(sums).AsInt32(), Widened(mantissas).AsInt32());
        Vector512<long> shifted = Avx512F.ShiftRightArithmeticVariable(product, Widened(shifts).AsUInt64());
        return Avx512F.ConvertToVector256Int32WithSaturation((shifted + Vector512<long>.One) >> 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Widened(Vector256<int> values) => Avx512F.ConvertToVector512Int64(values);

    // Even and odd rows. There is no arithmetic shift of 64 bits: 2^62 makes the product positive, and leaves again, shifted.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Scale256(Vector256<int> sums, Vector256<int> mantissas, Vector256<int> shifts)
    {
        Vector256<ulong> even = Scale256(sums, mantissas, shifts.AsUInt64() & Vector256.Create((ulong)uint.MaxValue));
        Vector256<ulong> odd = Scale256(HighHalves(sums).AsInt32(), HighHalves(mantissas).AsInt32(), HighHalves(shifts));
        return Avx2.Blend(even.AsInt32(), (odd << 32).AsInt32(), 0b10101010);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Scale256(Vector256<int> sums, Vector256<int> mantissas, Vector256<ulong> shifts)
    {
        Vector256<ulong> bias = Vector256.Create(1UL << 62);
        Vector256<ulong> shifted = Avx2.ShiftRightLogicalVariable(Avx2.Multiply(sums, mantissas).AsUInt64() + bias, shifts);
        return ((shifted + Vector256<ulong>.One) >> 1) - (Avx2.ShiftRightLogicalVariable(bias, shifts) >> 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> HighHalves(Vector256<int> values) => values.AsUInt64() >> 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
        for (int i = 0; i < VectorRows && row + i < _rows; i++) AddScaledRow(sums.GetElement(i), row + i, ref target);
    }

    private void AddScaledRow(int sum, int row, ref int target)
    {
        ref int pre = ref Unsafe.Add(ref target, row);
        pre = QuantizedMatrix.Rescale(sum + _offsets[row], _mantissas[row], _shifts[row] + 1, pre);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> At(int[] values, int row) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)row);
}
