using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

// y += W x for one panel. A multiply-add takes four cycles and two start in each, so eight sums that do not wait for each other keep
// the units busy: narrow panels take several columns at a time, each into sums of its own.
internal sealed partial class WeightMatrix
{
    // 64 rows: four accumulators of sixteen lanes for even columns, four for odd.
    private static void AddWidePanel512(ref float w, ref float x, int columns, ref float y)
    {
        Vector512<float> a0 = Vector512.LoadUnsafe(ref y), a1 = Vector512.LoadUnsafe(ref y, 16);
        Vector512<float> a2 = Vector512.LoadUnsafe(ref y, 32), a3 = Vector512.LoadUnsafe(ref y, 48);
        Vector512<float> b0 = Vector512<float>.Zero, b1 = Vector512<float>.Zero, b2 = Vector512<float>.Zero, b3 = Vector512<float>.Zero;
        int column = 0;
        for (; column + 2 <= columns; column += 2)
        {
            Vector512<float> xj = Vector512.Create(Unsafe.Add(ref x, column)), xk = Vector512.Create(Unsafe.Add(ref x, column + 1));
            a0 = Vector512.MultiplyAddEstimate(xj, Vector512.LoadUnsafe(ref w), a0);
            a1 = Vector512.MultiplyAddEstimate(xj, Vector512.LoadUnsafe(ref w, 16), a1);
            a2 = Vector512.MultiplyAddEstimate(xj, Vector512.LoadUnsafe(ref w, 32), a2);
            a3 = Vector512.MultiplyAddEstimate(xj, Vector512.LoadUnsafe(ref w, 48), a3);
            b0 = Vector512.MultiplyAddEstimate(xk, Vector512.LoadUnsafe(ref w, 64), b0);
            b1 = Vector512.MultiplyAddEstimate(xk, Vector512.LoadUnsafe(ref w, 80), b1);
            b2 = Vector512.MultiplyAddEstimate(xk, Vector512.LoadUnsafe(ref w, 96), b2);
            b3 = Vector512.MultiplyAddEstimate(xk, Vector512.LoadUnsafe(ref w, 112), b3);
            w = ref Unsafe.Add(ref w, 2 * WidePanel);
        }
        if (column < columns)
        {
            Vector512<float> xj = Vector512.Create(Unsafe.Add(ref x, column));
            a0 = Vector512.MultiplyAddEstimate(xj, Vector512.LoadUnsafe(ref w), a0);
            a1 = Vector512.MultiplyAddEstimate(xj, Vector512.LoadUnsafe(ref w, 16), a1);
            a2 = Vector512.MultiplyAddEstimate(xj, Vector512.LoadUnsafe(ref w, 32), a2);
            a3 = Vector512.MultiplyAddEstimate(xj, Vector512.LoadUnsafe(ref w, 48), a3);
        }
        (a0 + b0).StoreUnsafe(ref y);
        (a1 + b1).StoreUnsafe(ref y, 16);
        (a2 + b2).StoreUnsafe(ref y, 32);
        (a3 + b3).StoreUnsafe(ref y, 48);
    }

    // 64 rows: eight accumulators of eight lanes.
    private static void AddWidePanel256(ref float w, ref float x, int columns, ref float y)
    {
        Vector256<float> a0 = Vector256.LoadUnsafe(ref y), a1 = Vector256.LoadUnsafe(ref y, 8);
        Vector256<float> a2 = Vector256.LoadUnsafe(ref y, 16), a3 = Vector256.LoadUnsafe(ref y, 24);
        Vector256<float> a4 = Vector256.LoadUnsafe(ref y, 32), a5 = Vector256.LoadUnsafe(ref y, 40);
        Vector256<float> a6 = Vector256.LoadUnsafe(ref y, 48), a7 = Vector256.LoadUnsafe(ref y, 56);
        for (int column = 0; column < columns; column++)
        {
            Vector256<float> xj = Vector256.Create(Unsafe.Add(ref x, column));
            a0 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w), a0);
            a1 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 8), a1);
            a2 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 16), a2);
            a3 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 24), a3);
            a4 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 32), a4);
            a5 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 40), a5);
            a6 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 48), a6);
            a7 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 56), a7);
            w = ref Unsafe.Add(ref w, WidePanel);
        }
        a0.StoreUnsafe(ref y);
        a1.StoreUnsafe(ref y, 8);
        a2.StoreUnsafe(ref y, 16);
        a3.StoreUnsafe(ref y, 24);
        a4.StoreUnsafe(ref y, 32);
        a5.StoreUnsafe(ref y, 40);
        a6.StoreUnsafe(ref y, 48);
        a7.StoreUnsafe(ref y, 56);
    }

    // 64 rows on 128-bit machines: two passes of eight accumulators of four lanes, half a panel each.
    private static void AddWidePanel128(ref float w, ref float x, int columns, ref float y)
    {
        const int HalfPanel = WidePanel / 2;
        for (int half = 0; half < WidePanel; half += HalfPanel)
        {
            ref float wj = ref Unsafe.Add(ref w, half);
            ref float target = ref Unsafe.Add(ref y, half);
            Vector128<float> a0 = Vector128.LoadUnsafe(ref target), a1 = Vector128.LoadUnsafe(ref target, 4);
            Vector128<float> a2 = Vector128.LoadUnsafe(ref target, 8), a3 = Vector128.LoadUnsafe(ref target, 12);
            Vector128<float> a4 = Vector128.LoadUnsafe(ref target, 16), a5 = Vector128.LoadUnsafe(ref target, 20);
            Vector128<float> a6 = Vector128.LoadUnsafe(ref target, 24), a7 = Vector128.LoadUnsafe(ref target, 28);
            for (int column = 0; column < columns; column++)
            {
                Vector128<float> xj = Vector128.Create(Unsafe.Add(ref x, column));
                a0 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj), a0);
                a1 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj, 4), a1);
                a2 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj, 8), a2);
                a3 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj, 12), a3);
                a4 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj, 16), a4);
                a5 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj, 20), a5);
                a6 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj, 24), a6);
                a7 = Vector128.MultiplyAddEstimate(xj, Vector128.LoadUnsafe(ref wj, 28), a7);
                wj = ref Unsafe.Add(ref wj, WidePanel);
            }
            a0.StoreUnsafe(ref target);
            a1.StoreUnsafe(ref target, 4);
            a2.StoreUnsafe(ref target, 8);
            a3.StoreUnsafe(ref target, 12);
            a4.StoreUnsafe(ref target, 16);
            a5.StoreUnsafe(ref target, 20);
            a6.StoreUnsafe(ref target, 24);
            a7.StoreUnsafe(ref target, 28);
        }
    }

    // 16 rows: two accumulators of eight lanes for each of four columns.
    private static void AddPanel(ref float w, ref float x, int columns, ref float y)
    {
        Vector256<float> a0 = Vector256.LoadUnsafe(ref y), a1 = Vector256.LoadUnsafe(ref y, 8);
        Vector256<float> b0 = Vector256<float>.Zero, b1 = Vector256<float>.Zero, c0 = Vector256<float>.Zero, c1 = Vector256<float>.Zero;
        Vector256<float> d0 = Vector256<float>.Zero, d1 = Vector256<float>.Zero;
        int column = 0;
        for (; column + 4 <= columns; column += 4)
        {
            Vector256<float> xj = Vector256.Create(Unsafe.Add(ref x, column)), xk = Vector256.Create(Unsafe.Add(ref x, column + 1));
            a0 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w), a0);
            a1 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 8), a1);
            b0 = Vector256.MultiplyAddEstimate(xk, Vector256.LoadUnsafe(ref w, 16), b0);
            b1 = Vector256.MultiplyAddEstimate(xk, Vector256.LoadUnsafe(ref w, 24), b1);
            xj = Vector256.Create(Unsafe.Add(ref x, column + 2));
            xk = Vector256.Create(Unsafe.Add(ref x, column + 3));
            c0 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 32), c0);
            c1 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 40), c1);
            d0 = Vector256.MultiplyAddEstimate(xk, Vector256.LoadUnsafe(ref w, 48), d0);
            d1 = Vector256.MultiplyAddEstimate(xk, Vector256.LoadUnsafe(ref w, 56), d1);
            w = ref Unsafe.Add(ref w, 4 * Panel);
        }
        for (; column < columns; column++)
        {
            Vector256<float> xj = Vector256.Create(Unsafe.Add(ref x, column));
            a0 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w), a0);
            a1 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 8), a1);
            w = ref Unsafe.Add(ref w, Panel);
        }
        (a0 + b0 + (c0 + d0)).StoreUnsafe(ref y);
        (a1 + b1 + (c1 + d1)).StoreUnsafe(ref y, 8);
    }

    // 4 rows: an accumulator for each of four columns.
    private static void AddNarrowPanel(ref float w, ref float x, int columns, ref float y)
    {
        Vector128<float> a = Vector128.LoadUnsafe(ref y), b = Vector128<float>.Zero, c = Vector128<float>.Zero, d = Vector128<float>.Zero;
        int column = 0;
        for (; column + 4 <= columns; column += 4)
        {
            a = Vector128.MultiplyAddEstimate(Vector128.Create(Unsafe.Add(ref x, column)), Vector128.LoadUnsafe(ref w), a);
            b = Vector128.MultiplyAddEstimate(Vector128.Create(Unsafe.Add(ref x, column + 1)), Vector128.LoadUnsafe(ref w, 4), b);
            c = Vector128.MultiplyAddEstimate(Vector128.Create(Unsafe.Add(ref x, column + 2)), Vector128.LoadUnsafe(ref w, 8), c);
            d = Vector128.MultiplyAddEstimate(Vector128.Create(Unsafe.Add(ref x, column + 3)), Vector128.LoadUnsafe(ref w, 12), d);
            w = ref Unsafe.Add(ref w, 4 * NarrowPanel);
        }
        for (; column < columns; column++)
        {
            a = Vector128.MultiplyAddEstimate(Vector128.Create(Unsafe.Add(ref x, column)), Vector128.LoadUnsafe(ref w), a);
            w = ref Unsafe.Add(ref w, NarrowPanel);
        }
        (a + b + (c + d)).StoreUnsafe(ref y);
    }

    // A single row: four accumulators along it.
    private static float Dot(ref float w, ref float x, int columns)
    {
        Vector256<float> a = Vector256<float>.Zero, b = a, c = a, d = a;
        int column = 0;
        for (; column + 32 <= columns; column += 32)
        {
            a = Vector256.MultiplyAddEstimate(At(ref w, column), At(ref x, column), a);
            b = Vector256.MultiplyAddEstimate(At(ref w, column + 8), At(ref x, column + 8), b);
            c = Vector256.MultiplyAddEstimate(At(ref w, column + 16), At(ref x, column + 16), c);
            d = Vector256.MultiplyAddEstimate(At(ref w, column + 24), At(ref x, column + 24), d);
        }
        for (; column + 8 <= columns; column += 8) a = Vector256.MultiplyAddEstimate(At(ref w, column), At(ref x, column), a);
        float sum = Vector256.Sum(a + b + (c + d));
        for (; column < columns; column++) sum += Unsafe.Add(ref w, column) * Unsafe.Add(ref x, column);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> At(ref float first, int offset) => Vector256.LoadUnsafe(ref first, (nuint)offset);
}
