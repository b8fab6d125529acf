using System;
using static EdgeRnn.Tests.SecondCursor;

namespace EdgeRnn.Tests;

/// <summary>y = alpha x + beta in integers: alpha is m * 2^-s, m with 24 bits; y = round(x m, s + from - to) + fixed(beta, to).</summary>
internal static class SecondMap
{
    private const int MostInteger = (1 << 30) - 1;

    public static void Check(float alpha, int from, int to)
    {
        (Int128 m, int shift) = Factor(alpha, from, to);
        Must(m == 0 || shift >= 1, "a factor leads to a shift of at least 1");
    }

    public static long Apply(long x, float alpha, float beta, int from, int to, long least, long most)
    {
        (Int128 m, int shift) = Factor(alpha, from, to);
        long product = m == 0 ? 0 : SecondIntegers.Round(x * m, shift);
        return Math.Clamp(product + Fixed(beta, to), least, most);
    }

    /// <summary>A constant with so many fraction bits, to the nearest, halves up, at most 2^30 - 1 either way.</summary>
    public static long Fixed(float value, int bits) => (long)Math.Clamp(Math.Floor(Math.ScaleB((double)value, bits) + 0.5), -MostInteger, MostInteger);

    private static (Int128 M, int Shift) Factor(float alpha, int from, int to)
    {
        if (alpha == 0) return (0, 1);
        // 23 minus the power of the leading bit makes 24 bits before the point, also of a number with fewer.
        int s = 23 - Math.ILogB((double)alpha);
        int shift = s + from - to;
        return shift > 62 ? (0, 1) : ((Int128)Math.ScaleB((double)alpha, s), shift);
    }
}
