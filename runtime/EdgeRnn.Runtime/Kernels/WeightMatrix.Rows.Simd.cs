using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

// y = start + W x for up to four rows, along them: heads of few outputs, and what panels leave. Columns that do not fill a vector are
// read with those before them, which are masked away; the other factor is a weight, and finite.
internal sealed partial class WeightMatrix
{
    // One row: four accumulators.
    private static float Dot(ref float w, ref float x, int columns)
    {
        Vector256<float> a = Vector256<float>.Zero, b = a;
        int column = 0;
        if (columns >= 32)
        {
            Vector256<float> c = a, d = a;
            for (; column + 32 <= columns; column += 32)
            {
                a = Vector256.MultiplyAddEstimate(At(ref w, column), At(ref x, column), a);
                b = Vector256.MultiplyAddEstimate(At(ref w, column + 8), At(ref x, column + 8), b);
                c = Vector256.MultiplyAddEstimate(At(ref w, column + 16), At(ref x, column + 16), c);
                d = Vector256.MultiplyAddEstimate(At(ref w, column + 24), At(ref x, column + 24), d);
            }
            a += c;
            b += d;
        }
        if (column + 16 <= columns)
        {
            a = Vector256.MultiplyAddEstimate(At(ref w, column), At(ref x, column), a);
            b = Vector256.MultiplyAddEstimate(At(ref w, column + 8), At(ref x, column + 8), b);
            column += 16;
        }
        if (column + 8 <= columns)
        {
            a = Vector256.MultiplyAddEstimate(At(ref w, column), At(ref x, column), a);
            column += 8;
        }
        if (column == columns) return Vector256.Sum(a + b);
        if (columns < 8) return ShortDot(ref w, ref x, columns);
        return Vector256.Sum(a + Vector256.MultiplyAddEstimate(At(ref w, columns - 8), LastOf(ref x, columns, columns - column), b));
    }

    private static float ShortDot(ref float w, ref float x, int columns)
    {
        float sum = w * x;
        for (int column = 1; column < columns; column++) sum += Unsafe.Add(ref w, column) * Unsafe.Add(ref x, column);
        return sum;
    }

    // Two to four rows: an accumulator each for even and odd vectors. Where there are fewer than four, the last is computed again.
    private static void SetRows(ref float w, ref float x, int columns, ref float start, ref float y, int rows)
    {
        ref float w1 = ref Unsafe.Add(ref w, columns);
        ref float w2 = ref rows > 2 ? ref Unsafe.Add(ref w1, columns) : ref w1;
        ref float w3 = ref rows > 3 ? ref Unsafe.Add(ref w2, columns) : ref w2;
        if (columns < 8)
        {
            Put(Vector128.Create(ShortDot(ref w, ref x, columns), ShortDot(ref w1, ref x, columns), ShortDot(ref w2, ref x, columns),
                ShortDot(ref w3, ref x, columns)), ref start, ref y, rows);
            return;
        }
        Vector256<float> a0 = Vector256<float>.Zero, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        int column = 0;
        for (; column + 16 <= columns; column += 16)
        {
            Vector256<float> even = At(ref x, column), odd = At(ref x, column + 8);
            a0 = Vector256.MultiplyAddEstimate(At(ref w, column), even, a0);
            a1 = Vector256.MultiplyAddEstimate(At(ref w1, column), even, a1);
            a2 = Vector256.MultiplyAddEstimate(At(ref w2, column), even, a2);
            a3 = Vector256.MultiplyAddEstimate(At(ref w3, column), even, a3);
            b0 = Vector256.MultiplyAddEstimate(At(ref w, column + 8), odd, b0);
            b1 = Vector256.MultiplyAddEstimate(At(ref w1, column + 8), odd, b1);
            b2 = Vector256.MultiplyAddEstimate(At(ref w2, column + 8), odd, b2);
            b3 = Vector256.MultiplyAddEstimate(At(ref w3, column + 8), odd, b3);
        }
        if (column + 8 <= columns)
        {
            Vector256<float> xs = At(ref x, column);
            a0 = Vector256.MultiplyAddEstimate(At(ref w, column), xs, a0);
            a1 = Vector256.MultiplyAddEstimate(At(ref w1, column), xs, a1);
            a2 = Vector256.MultiplyAddEstimate(At(ref w2, column), xs, a2);
            a3 = Vector256.MultiplyAddEstimate(At(ref w3, column), xs, a3);
            column += 8;
        }
        if (column < columns)
        {
            Vector256<float> xs = LastOf(ref x, columns, columns - column);
            b0 = Vector256.MultiplyAddEstimate(At(ref w, columns - 8), xs, b0);
            b1 = Vector256.MultiplyAddEstimate(At(ref w1, columns - 8), xs, b1);
            b2 = Vector256.MultiplyAddEstimate(At(ref w2, columns - 8), xs, b2);
            b3 = Vector256.MultiplyAddEstimate(At(ref w3, columns - 8), xs, b3);
        }
        Put(Sums(a0 + b0, a1 + b1, a2 + b2, a3 + b3), ref start, ref y, rows);
    }

    // The sum of each vector.
    private static Vector128<float> Sums(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        Vector128<float> a4 = a.GetLower() + a.GetUpper(), b4 = b.GetLower() + b.GetUpper();
        Vector128<float> c4 = c.GetLower() + c.GetUpper(), d4 = d.GetLower() + d.GetUpper();
        if (Sse.IsSupported)
        {
            Vector128<float> ab = Sse.UnpackLow(a4, b4) + Sse.UnpackHigh(a4, b4), cd = Sse.UnpackLow(c4, d4) + Sse.UnpackHigh(c4, d4);
            return Sse.MoveLowToHigh(ab, cd) + Sse.MoveHighToLow(cd, ab);
        }
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.AddPairwise(AdvSimd.Arm64.AddPairwise(a4, b4), AdvSimd.Arm64.AddPairwise(c4, d4));
        return Vector128.Create(Vector128.Sum(a4), Vector128.Sum(b4), Vector128.Sum(c4), Vector128.Sum(d4));
    }

    // The vector that ends with the columns, zero but for the last of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LastOf(ref float x, int columns, int count)
    {
        Vector256<int> mask = Vector256.GreaterThanOrEqual(Vector256<int>.Indices, Vector256.Create(8 - count));
        return At(ref x, columns - 8) & mask.AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> At(ref float first, int offset) => Vector256.LoadUnsafe(ref first, (nuint)offset);
}
