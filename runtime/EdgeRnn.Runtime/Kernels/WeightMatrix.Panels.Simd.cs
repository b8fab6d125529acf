using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

// y = start + W x for one panel of which so many rows are there. A multiply-add takes four cycles and two start in each, so eight sums
// that do not wait for each other keep the units busy: narrow panels take several columns at a time, each into sums of its own.
internal sealed partial class WeightMatrix
{
    private static void SetWidePanel(ref float w, ref float x, int columns, ref float start, ref float y, int rows)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            SetWidePanel512(ref w, ref x, columns, ref start, ref y, rows);
            return;
        }
        SetHalfOfPanel(ref w, WidePanel, ref x, columns, ref start, ref y, rows);
        SetHalfOfPanel(ref Unsafe.Add(ref w, HalfPanel), WidePanel, ref x, columns, ref Unsafe.Add(ref start, HalfPanel),
            ref Unsafe.Add(ref y, HalfPanel), rows - HalfPanel);
    }

    // 64 rows: four accumulators of sixteen lanes for even columns, four for odd.
    private static void SetWidePanel512(ref float w, ref float x, int columns, ref float start, ref float y, int rows)
    {
        Vector512<float> a0 = Vector512<float>.Zero, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
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
        Put(a0 + b0, ref start, ref y, 16);
        Put(a1 + b1, ref Unsafe.Add(ref start, 16), ref Unsafe.Add(ref y, 16), 16);
        Put(a2 + b2, ref Unsafe.Add(ref start, 32), ref Unsafe.Add(ref y, 32), 16);
        Put(a3 + b3, ref Unsafe.Add(ref start, 48), ref Unsafe.Add(ref y, 48), rows - 48);
    }

    private static void SetHalfPanel(ref float w, ref float x, int columns, ref float start, ref float y, int rows)
    {
        if (Vector512.IsHardwareAccelerated) SetHalfPanel512(ref w, ref x, columns, ref start, ref y, rows);
        else SetHalfOfPanel(ref w, HalfPanel, ref x, columns, ref start, ref y, rows);
    }

    // 32 rows: two accumulators of sixteen lanes for each of four columns.
    private static void SetHalfPanel512(ref float w, ref float x, int columns, ref float start, ref float y, int rows)
    {
        Vector512<float> a0 = Vector512<float>.Zero, a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
        int column = 0;
        for (; column + 4 <= columns; column += 4)
        {
            Vector512<float> xj = Vector512.Create(Unsafe.Add(ref x, column)), xk = Vector512.Create(Unsafe.Add(ref x, column + 1));
            a0 = Vector512.MultiplyAddEstimate(xj, Vector512.LoadUnsafe(ref w), a0);
            a1 = Vector512.MultiplyAddEstimate(xj, Vector512.LoadUnsafe(ref w, 16), a1);
            b0 = Vector512.MultiplyAddEstimate(xk, Vector512.LoadUnsafe(ref w, 32), b0);
            b1 = Vector512.MultiplyAddEstimate(xk, Vector512.LoadUnsafe(ref w, 48), b1);
            xj = Vector512.Create(Unsafe.Add(ref x, column + 2));
            xk = Vector512.Create(Unsafe.Add(ref x, column + 3));
            c0 = Vector512.MultiplyAddEstimate(xj, Vector512.LoadUnsafe(ref w, 64), c0);
            c1 = Vector512.MultiplyAddEstimate(xj, Vector512.LoadUnsafe(ref w, 80), c1);
            d0 = Vector512.MultiplyAddEstimate(xk, Vector512.LoadUnsafe(ref w, 96), d0);
            d1 = Vector512.MultiplyAddEstimate(xk, Vector512.LoadUnsafe(ref w, 112), d1);
            w = ref Unsafe.Add(ref w, 4 * HalfPanel);
        }
        for (; column < columns; column++)
        {
            Vector512<float> xj = Vector512.Create(Unsafe.Add(ref x, column));
            a0 = Vector512.MultiplyAddEstimate(xj, Vector512.LoadUnsafe(ref w), a0);
            a1 = Vector512.MultiplyAddEstimate(xj, Vector512.LoadUnsafe(ref w, 16), a1);
            w = ref Unsafe.Add(ref w, HalfPanel);
        }
        Put(a0 + b0 + (c0 + d0), ref start, ref y, 16);
        Put(a1 + b1 + (c1 + d1), ref Unsafe.Add(ref start, 16), ref Unsafe.Add(ref y, 16), rows - 16);
    }

    // 32 rows of a panel of so many: four accumulators of eight lanes for even columns, four for odd.
    private static void SetHalfOfPanel(ref float w, int width, ref float x, int columns, ref float start, ref float y, int rows)
    {
        Vector256<float> a0 = Vector256<float>.Zero, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        int column = 0;
        for (; column + 2 <= columns; column += 2)
        {
            ref float next = ref Unsafe.Add(ref w, width);
            Vector256<float> xj = Vector256.Create(Unsafe.Add(ref x, column)), xk = Vector256.Create(Unsafe.Add(ref x, column + 1));
            a0 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w), a0);
            a1 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 8), a1);
            a2 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 16), a2);
            a3 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 24), a3);
            b0 = Vector256.MultiplyAddEstimate(xk, Vector256.LoadUnsafe(ref next), b0);
            b1 = Vector256.MultiplyAddEstimate(xk, Vector256.LoadUnsafe(ref next, 8), b1);
            b2 = Vector256.MultiplyAddEstimate(xk, Vector256.LoadUnsafe(ref next, 16), b2);
            b3 = Vector256.MultiplyAddEstimate(xk, Vector256.LoadUnsafe(ref next, 24), b3);
            w = ref Unsafe.Add(ref next, width);
        }
        if (column < columns)
        {
            Vector256<float> xj = Vector256.Create(Unsafe.Add(ref x, column));
            a0 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w), a0);
            a1 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 8), a1);
            a2 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 16), a2);
            a3 = Vector256.MultiplyAddEstimate(xj, Vector256.LoadUnsafe(ref w, 24), a3);
        }
        Put(a0 + b0, ref start, ref y, rows);
        Put(a1 + b1, ref Unsafe.Add(ref start, 8), ref Unsafe.Add(ref y, 8), rows - 8);
        Put(a2 + b2, ref Unsafe.Add(ref start, 16), ref Unsafe.Add(ref y, 16), rows - 16);
        Put(a3 + b3, ref Unsafe.Add(ref start, 24), ref Unsafe.Add(ref y, 24), rows - 24);
    }

    private static void SetPanel(ref float w, ref float x, int columns, ref float start, ref float y, int rows)
    {
        if (Vector512.IsHardwareAccelerated) SetPanel512(ref w, ref x, columns, ref start, ref y, rows);
        else SetPanel256(ref w, ref x, columns, ref start, ref y, rows);
    }

    // 16 rows: an accumulator of sixteen lanes for each of four columns, which is all that loading columns and inputs leaves time for.
    private static void SetPanel512(ref float w, ref float x, int columns, ref float start, ref float y, int rows)
    {
        Vector512<float> a = Vector512<float>.Zero, b = a, c = a, d = a;
        int column = 0;
        for (; column + 4 <= columns; column += 4)
        {
            a = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref x, column)), Vector512.LoadUnsafe(ref w), a);
            b = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref x, column + 1)), Vector512.LoadUnsafe(ref w, 16), b);
            c = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref x, column + 2)), Vector512.LoadUnsafe(ref w, 32), c);
            d = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref x, column + 3)), Vector512.LoadUnsafe(ref w, 48), d);
            w = ref Unsafe.Add(ref w, 4 * Panel);
        }
        for (; column < columns; column++)
        {
            a = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref x, column)), Vector512.LoadUnsafe(ref w), a);
            w = ref Unsafe.Add(ref w, Panel);
        }
        Put(a + b + (c + d), ref start, ref y, rows);
    }

    // 16 rows: two accumulators of eight lanes for each of four columns.
    private static void SetPanel256(ref float w, ref float x, int columns, ref float start, ref float y, int rows)
    {
        Vector256<float> a0 = Vector256<float>.Zero, a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
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
        Put(a0 + b0 + (c0 + d0), ref start, ref y, rows);
        Put(a1 + b1 + (c1 + d1), ref Unsafe.Add(ref start, 8), ref Unsafe.Add(ref y, 8), rows - 8);
    }

    // 8 rows: an accumulator for each of four columns.
    private static void SetNarrowPanel(ref float w, ref float x, int columns, ref float start, ref float y, int rows)
    {
        Vector256<float> a = Vector256<float>.Zero, b = a, c = a, d = a;
        int column = 0;
        for (; column + 4 <= columns; column += 4)
        {
            a = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref x, column)), Vector256.LoadUnsafe(ref w), a);
            b = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref x, column + 1)), Vector256.LoadUnsafe(ref w, 8), b);
            c = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref x, column + 2)), Vector256.LoadUnsafe(ref w, 16), c);
            d = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref x, column + 3)), Vector256.LoadUnsafe(ref w, 24), d);
            w = ref Unsafe.Add(ref w, 4 * NarrowPanel);
        }
        for (; column < columns; column++)
        {
            a = Vector256.MultiplyAddEstimate(Vector256.Create(Unsafe.Add(ref x, column)), Vector256.LoadUnsafe(ref w), a);
            w = ref Unsafe.Add(ref w, NarrowPanel);
        }
        Put(a + b + (c + d), ref start, ref y, rows);
    }

    // y = start + sum for the rows that are there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<float> sum, ref float start, ref float y, int rows)
    {
        if (rows >= 16)
        {
            (Vector512.LoadUnsafe(ref start) + sum).StoreUnsafe(ref y);
            return;
        }
        Put(sum.GetLower(), ref start, ref y, rows);
        if (rows > 8) Put(sum.GetUpper(), ref Unsafe.Add(ref start, 8), ref Unsafe.Add(ref y, 8), rows - 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector256<float> sum, ref float start, ref float y, int rows)
    {
        if (rows >= 8) (Vector256.LoadUnsafe(ref start) + sum).StoreUnsafe(ref y);
        else if (rows > 0) PutSome(sum, ref start, ref y, rows);
    }

    private static void PutSome(Vector256<float> sum, ref float start, ref float y, int rows)
    {
        Put(sum.GetLower(), ref start, ref y, rows);
        if (rows > 4) Put(sum.GetUpper(), ref Unsafe.Add(ref start, 4), ref Unsafe.Add(ref y, 4), rows - 4);
    }

    private static void Put(Vector128<float> sum, ref float start, ref float y, int rows)
    {
        if (rows >= 4)
        {
            (Vector128.LoadUnsafe(ref start) + sum).StoreUnsafe(ref y);
            return;
        }
        y = start + sum.ToScalar();
        if (rows > 1) Unsafe.Add(ref y, 1) = Unsafe.Add(ref start, 1) + sum.GetElement(1);
        if (rows > 2) Unsafe.Add(ref y, 2) = Unsafe.Add(ref start, 2) + sum.GetElement(2);
    }
}
