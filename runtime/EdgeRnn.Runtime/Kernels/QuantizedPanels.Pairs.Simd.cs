using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

// Sums of 16-bit products, two at a time. A vector of 8-bit weights holds the even quarters in the low bytes of its 16-bit lanes
// and the odd ones in the high bytes: a mask and a shift widen both without a shuffle. Eight sums do not wait for each other.
internal sealed partial class QuantizedPanels
{
    private void AddPairs512<TWeight>(ref int even, ref int odd, int common, ref int target) where TWeight : unmanaged
    {
        int groups = _groups, size = Unsafe.SizeOf<TWeight>() * PlaneBytes;
        ref byte w = ref Weight(0);
        for (int row = 0; row < _panels * PanelRows; row += PanelRows)
        {
            Vector512<int> a0 = Vector512.Create(common), a1 = a0;
            Vector512<int> b0 = Vector512<int>.Zero, b1 = b0, c0 = b0, c1 = b0, d0 = b0, d1 = b0;
            int group = 0;
            for (; group + 2 <= groups; group += 2)
            {
                Vector512<int> x = Broadcast512(ref even, group), y = Broadcast512(ref odd, group);
                a0 += Multiply(Even512<TWeight>(ref w, 0), x);
                b0 += Multiply(Odd512<TWeight>(ref w, 0), y);
                a1 += Multiply(Even512<TWeight>(ref w, 64), x);
                b1 += Multiply(Odd512<TWeight>(ref w, 64), y);
                x = Broadcast512(ref even, group + 1);
                y = Broadcast512(ref odd, group + 1);
                c0 += Multiply(Even512<TWeight>(ref w, size), x);
                d0 += Multiply(Odd512<TWeight>(ref w, size), y);
                c1 += Multiply(Even512<TWeight>(ref w, size + 64), x);
                d1 += Multiply(Odd512<TWeight>(ref w, size + 64), y);
                w = ref Unsafe.Add(ref w, 2 * size);
            }
            if (group < groups)
            {
                Vector512<int> x = Broadcast512(ref even, group), y = Broadcast512(ref odd, group);
                a0 += Multiply(Even512<TWeight>(ref w, 0), x);
                b0 += Multiply(Odd512<TWeight>(ref w, 0), y);
                a1 += Multiply(Even512<TWeight>(ref w, 64), x);
                b1 += Multiply(Odd512<TWeight>(ref w, 64), y);
                w = ref Unsafe.Add(ref w, size);
            }
            a0 += b0 + (c0 + d0);
            a1 += b1 + (c1 + d1);
            AddScaled(a0.GetLower(), a0.GetUpper(), a1.GetLower(), a1.GetUpper(), row, ref target);
        }
    }

    private void AddPairs256<TWeight>(ref int even, ref int odd, int common, ref int target) where TWeight : unmanaged
    {
        int groups = _groups;
        ref byte w = ref Weight(0);
        for (int row = 0; row < _panels * PanelRows; row += PanelRows)
        {
            Vector256<int> a0 = Vector256.Create(common), a1 = a0, a2 = a0, a3 = a0;
            Vector256<int> b0 = Vector256<int>.Zero, b1 = b0, b2 = b0, b3 = b0;
            for (int group = 0; group < groups; group++)
            {
                Vector256<int> x = Broadcast256(ref even, group), y = Broadcast256(ref odd, group);
                a0 += Multiply(Even256<TWeight>(ref w, 0), x);
                b0 += Multiply(Odd256<TWeight>(ref w, 0, PlaneBytes), y);
                a1 += Multiply(Even256<TWeight>(ref w, 32), x);
                b1 += Multiply(Odd256<TWeight>(ref w, 32, PlaneBytes), y);
                a2 += Multiply(Even256<TWeight>(ref w, 64), x);
                b2 += Multiply(Odd256<TWeight>(ref w, 64, PlaneBytes), y);
                a3 += Multiply(Even256<TWeight>(ref w, 96), x);
                b3 += Multiply(Odd256<TWeight>(ref w, 96, PlaneBytes), y);
                w = ref Unsafe.Add(ref w, PlaneBytes * Unsafe.SizeOf<TWeight>());
            }
            AddScaled(a0 + b0, a1 + b1, a2 + b2, a3 + b3, row, ref target);
        }
    }

    // Half a panel at a time, for want of registers.
    private void AddPairs128<TWeight>(ref int even, ref int odd, int common, ref int target) where TWeight : unmanaged
    {
        int groups = _groups;
        for (int row = 0; row < _panels * PanelRows; row += PanelRows / 2)
        {
            Vector128<int> a0 = Vector128.Create(common), a1 = a0, a2 = a0, a3 = a0;
            Vector128<int> b0 = Vector128<int>.Zero, b1 = b0, b2 = b0, b3 = b0;
            ref byte w = ref HalfPanel(row);
            for (int group = 0; group < groups; group++)
            {
                Vector128<int> x = Broadcast128(ref even, group), y = Broadcast128(ref odd, group);
                a0 += Multiply(Even128<TWeight>(ref w, 0), x);
                b0 += Multiply(Odd128<TWeight>(ref w, 0, PlaneBytes), y);
                a1 += Multiply(Even128<TWeight>(ref w, 16), x);
                b1 += Multiply(Odd128<TWeight>(ref w, 16, PlaneBytes), y);
                a2 += Multiply(Even128<TWeight>(ref w, 32), x);
                b2 += Multiply(Odd128<TWeight>(ref w, 32, PlaneBytes), y);
                a3 += Multiply(Even128<TWeight>(ref w, 48), x);
                b3 += Multiply(Odd128<TWeight>(ref w, 48, PlaneBytes), y);
                w = ref Unsafe.Add(ref w, PlaneBytes * Unsafe.SizeOf<TWeight>());
            }
            AddScaled(Vector256.Create(a0 + b0, a1 + b1), Vector256.Create(a2 + b2, a3 + b3), row, ref target);
        }
    }

    private int RowPairs256<TWeight>(ref byte w, ref int even, ref int odd) where TWeight : unmanaged
    {
        Vector256<int> a = Vector256<int>.Zero, b = a;
        for (int group = 0; group < Chunks * ChunkGroups; group += ChunkGroups)
        {
            a += Multiply(Even256<TWeight>(ref w, 0), Vector256.LoadUnsafe(ref even, (nuint)group));
            b += Multiply(Odd256<TWeight>(ref w, 0, ChunkColumns), Vector256.LoadUnsafe(ref odd, (nuint)group));
            w = ref Unsafe.Add(ref w, ChunkColumns * Unsafe.SizeOf<TWeight>());
        }
        return Vector256.Sum(a + b);
    }

    private int RowPairs128<TWeight>(ref byte w, ref int even, ref int odd) where TWeight : unmanaged
    {
        Vector128<int> a = Vector128<int>.Zero, b = a, c = a, d = a;
        for (int group = 0; group < Chunks * ChunkGroups; group += ChunkGroups)
        {
            a += Multiply(Even128<TWeight>(ref w, 0), Vector128.LoadUnsafe(ref even, (nuint)group));
            b += Multiply(Odd128<TWeight>(ref w, 0, ChunkColumns), Vector128.LoadUnsafe(ref odd, (nuint)group));
            c += Multiply(Even128<TWeight>(ref w, 16), Vector128.LoadUnsafe(ref even, (nuint)group + 4));
            d += Multiply(Odd128<TWeight>(ref w, 16, ChunkColumns), Vector128.LoadUnsafe(ref odd, (nuint)group + 4));
            w = ref Unsafe.Add(ref w, ChunkColumns * Unsafe.SizeOf<TWeight>());
        }
        return Vector128.Sum(a + b + (c + d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Even512<TWeight>(ref byte w, int offset)
    {
        Vector512<short> values = Vector512.LoadUnsafe(ref w, (nuint)offset).AsInt16();
        return Unsafe.SizeOf<TWeight>() == sizeof(byte) ? values & Vector512.Create((short)0xff) : values;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Odd512<TWeight>(ref byte w, int offset)
    {
        if (Unsafe.SizeOf<TWeight>() == sizeof(byte)) return Vector512.LoadUnsafe(ref w, (nuint)offset).AsInt16() >> 8;
        return Vector512.LoadUnsafe(ref w, (nuint)(offset + PlaneBytes)).AsInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Even256<TWeight>(ref byte w, int offset)
    {
        Vector256<short> values = Vector256.LoadUnsafe(ref w, (nuint)offset).AsInt16();
        return Unsafe.SizeOf<TWeight>() == sizeof(byte) ? values & Vector256.Create((short)0xff) : values;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Odd256<TWeight>(ref byte w, int offset, int planeBytes)
    {
        if (Unsafe.SizeOf<TWeight>() == sizeof(byte)) return Vector256.LoadUnsafe(ref w, (nuint)offset).AsInt16() >> 8;
        return Vector256.LoadUnsafe(ref w, (nuint)(offset + planeBytes)).AsInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Even128<TWeight>(ref byte w, int offset)
    {
        Vector128<short> values = Vector128.LoadUnsafe(ref w, (nuint)offset).AsInt16();
        return Unsafe.SizeOf<TWeight>() == sizeof(byte) ? values & Vector128.Create((short)0xff) : values;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Odd128<TWeight>(ref byte w, int offset, int planeBytes)
    {
        if (Unsafe.SizeOf<TWeight>() == sizeof(byte)) return Vector128.LoadUnsafe(ref w, (nuint)offset).AsInt16() >> 8;
        return Vector128.LoadUnsafe(ref w, (nuint)(offset + planeBytes)).AsInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Multiply(Vector512<short> w, Vector512<int> x) => Avx512BW.MultiplyAddAdjacent(w, x.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Multiply(Vector256<short> w, Vector256<int> x) => Avx2.MultiplyAddAdjacent(w, x.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Multiply(Vector128<short> w, Vector128<int> x)
    {
        Vector128<short> inputs = x.AsInt16();
        if (Sse2.IsSupported) return Sse2.MultiplyAddAdjacent(w, inputs);
        if (!AdvSimd.Arm64.IsSupported) return (w.AsInt32() << 16 >> 16) * (x << 16 >> 16) + (w.AsInt32() >> 16) * (x >> 16);
        Vector128<int> low = AdvSimd.MultiplyWideningLower(w.GetLower(), inputs.GetLower());
        return AdvSimd.Arm64.AddPairwise(low, AdvSimd.MultiplyWideningUpper(w, inputs));
    }
}
