using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

// Sums of 8-bit products, four at a time: x = 256 * high + low, so a sum is 256 times the sum of the high bytes plus that of the
// low ones, and weights need not be widened. Narrow inputs have low bytes only.
internal sealed partial class QuantizedPanels
{
    private void AddBytes256(ref int low, ref int high, ref int target)
    {
        int groups = _groups;
        ref byte w = ref Weight(0);
        for (int row = 0; row < _panels * PanelRows; row += PanelRows)
        {
            Vector256<int> a0 = Vector256<int>.Zero, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
            for (int group = 0; group < groups; group++)
            {
                Vector256<int> x = Broadcast256(ref low, group), y = Broadcast256(ref high, group);
                a0 = AddFours(a0, ref w, 0, x);
                b0 = AddFours(b0, ref w, 0, y);
                a1 = AddFours(a1, ref w, 32, x);
                b1 = AddFours(b1, ref w, 32, y);
                a2 = AddFours(a2, ref w, 64, x);
                b2 = AddFours(b2, ref w, 64, y);
                a3 = AddFours(a3, ref w, 96, x);
                b3 = AddFours(b3, ref w, 96, y);
                w = ref Unsafe.Add(ref w, PlaneBytes);
            }
            AddScaled(a0 + (b0 << 8), a1 + (b1 << 8), a2 + (b2 << 8), a3 + (b3 << 8), row, ref target);
        }
    }

    private void AddNarrowBytes256(ref int x, ref int target)
    {
        int groups = _groups;
        ref byte w = ref Weight(0);
        for (int row = 0; row < _panels * PanelRows; row += PanelRows)
        {
            Vector256<int> a0 = Vector256<int>.Zero, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
            int group = 0;
            for (; group + 2 <= groups; group += 2)
            {
                Vector256<int> xj = Broadcast256(ref x, group), xk = Broadcast256(ref x, group + 1);
                a0 = AddFours(a0, ref w, 0, xj);
                a1 = AddFours(a1, ref w, 32, xj);
                a2 = AddFours(a2, ref w, 64, xj);
                a3 = AddFours(a3, ref w, 96, xj);
                b0 = AddFours(b0, ref w, PlaneBytes, xk);
                b1 = AddFours(b1, ref w, PlaneBytes + 32, xk);
                b2 = AddFours(b2, ref w, PlaneBytes + 64, xk);
                b3 = AddFours(b3, ref w, PlaneBytes + 96, xk);
                w = ref Unsafe.Add(ref w, 2 * PlaneBytes);
            }
            if (group < groups)
            {
                Vector256<int> xj = Broadcast256(ref x, group);
                a0 = AddFours(a0, ref w, 0, xj);
                a1 = AddFours(a1, ref w, 32, xj);
                a2 = AddFours(a2, ref w, 64, xj);
                a3 = AddFours(a3, ref w, 96, xj);
                w = ref Unsafe.Add(ref w, PlaneBytes);
            }
            AddScaled(a0 + b0, a1 + b1, a2 + b2, a3 + b3, row, ref target);
        }
    }

    // Half a panel at a time: eight sums that do not wait for each other.
    private void AddBytes128(ref int low, ref int high, ref int target)
    {
        int groups = _groups;
        for (int row = 0; row < _panels * PanelRows; row += PanelRows / 2)
        {
            Vector128<int> a0 = Vector128<int>.Zero, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
            ref byte w = ref HalfPanel(row);
            for (int group = 0; group < groups; group++)
            {
                Vector128<int> x = Broadcast128(ref low, group), y = Broadcast128(ref high, group);
                a0 = AddFours(a0, ref w, 0, x);
                b0 = AddFours(b0, ref w, 0, y);
                a1 = AddFours(a1, ref w, 16, x);
                b1 = AddFours(b1, ref w, 16, y);
                a2 = AddFours(a2, ref w, 32, x);
                b2 = AddFours(b2, ref w, 32, y);
                a3 = AddFours(a3, ref w, 48, x);
                b3 = AddFours(b3, ref w, 48, y);
                w = ref Unsafe.Add(ref w, PlaneBytes);
            }
            Vector256<int> upper = Vector256.Create(a0 + (b0 << 8), a1 + (b1 << 8));
            AddScaled(upper, Vector256.Create(a2 + (b2 << 8), a3 + (b3 << 8)), row, ref target);
        }
    }

    private void AddNarrowBytes128(ref int x, ref int target)
    {
        int groups = _groups;
        ref byte w = ref Weight(0);
        for (int row = 0; row < _panels * PanelRows; row += PanelRows)
        {
            Vector128<int> a0 = Vector128<int>.Zero, a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
            for (int group = 0; group < groups; group++)
            {
                Vector128<int> xj = Broadcast128(ref x, group);
                a0 = AddFours(a0, ref w, 0, xj);
                a1 = AddFours(a1, ref w, 16, xj);
                a2 = AddFours(a2, ref w, 32, xj);
                a3 = AddFours(a3, ref w, 48, xj);
                a4 = AddFours(a4, ref w, 64, xj);
                a5 = AddFours(a5, ref w, 80, xj);
                a6 = AddFours(a6, ref w, 96, xj);
                a7 = AddFours(a7, ref w, 112, xj);
                w = ref Unsafe.Add(ref w, PlaneBytes);
            }
            AddScaled(Vector256.Create(a0, a1), Vector256.Create(a2, a3), row, ref target);
            AddScaled(Vector256.Create(a4, a5), Vector256.Create(a6, a7), row + PanelRows / 2, ref target);
        }
    }

    private int RowBytes256(ref byte w, ref int low, ref int high)
    {
        Vector256<int> a = Vector256<int>.Zero, b = a;
        for (int group = 0; group < Chunks * ChunkGroups; group += ChunkGroups)
        {
            a = AddFours(a, ref w, 0, Vector256.LoadUnsafe(ref low, (nuint)group));
            if (!_narrow) b = AddFours(b, ref w, 0, Vector256.LoadUnsafe(ref high, (nuint)group));
            w = ref Unsafe.Add(ref w, ChunkColumns);
        }
        return Vector256.Sum(a + (b << 8));
    }

    private int RowBytes128(ref byte w, ref int low, ref int high)
    {
        Vector128<int> a = Vector128<int>.Zero, b = a;
        for (int group = 0; group < Chunks * ChunkGroups; group += ChunkGroups / 2)
        {
            a = AddFours(a, ref w, 0, Vector128.LoadUnsafe(ref low, (nuint)group));
            if (!_narrow) b = AddFours(b, ref w, 0, Vector128.LoadUnsafe(ref high, (nuint)group));
            w = ref Unsafe.Add(ref w, ChunkColumns / 2);
        }
        return Vector128.Sum(a + (b << 8));
    }

    // Unsigned inputs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> AddFours(Vector256<int> sums, ref byte w, int offset, Vector256<int> x) =>
        AvxVnni.MultiplyWideningAndAdd(sums, x.AsByte(), Vector256.LoadUnsafe(ref w, (nuint)offset).AsSByte());

    // Signed inputs. Where there is no Dp the same from smaller steps, for the tests.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> AddFours(Vector128<int> sums, ref byte w, int offset, Vector128<int> x)
    {
        Vector128<sbyte> weights = Vector128.LoadUnsafe(ref w, (nuint)offset).AsSByte();
        return Dp.IsSupported ? Dp.DotProduct(sums, weights, x.AsSByte()) : sums + FoursInSteps(weights.AsInt32(), x);
    }

    private static Vector128<int> FoursInSteps(Vector128<int> w, Vector128<int> x) =>
        (w << 24 >> 24) * (x << 24 >> 24) + (w << 16 >> 24) * (x << 16 >> 24) +
        (w << 8 >> 24) * (x << 8 >> 24) + (w >> 24) * (x >> 24);
}
