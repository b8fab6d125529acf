using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Logarithm and exponential of additions, multiplications and divisions alone, which IEEE 754 rounds in one way: every machine gets
/// the same bits, which the libraries behind Math.Log and Math.Exp do not promise. Within a few units of the last place.
/// </summary>
internal static class PortableMath
{
    private const double UpperLn2 = 6.93147180369123816490e-01; // 32 bits, so that products with small whole numbers are exact
    private const double LowerLn2 = 1.90821492927058770002e-10;
    private const double RootTwo = 1.41421356237309504880;
    private const double LargestPower = 600;                     // beyond it a score is saturated long since
    private const int ExponentBias = 1023;

    /// <summary>The natural logarithm of a finite, normal number above 0.</summary>
    public static double Log(double value)
    {
        int exponent = (int)(BitConverter.DoubleToInt64Bits(value) >> 52) - ExponentBias;
        double mantissa = value * PowerOfTwo(-exponent);
        if (mantissa > RootTwo)
        {
            mantissa *= 0.5;
            exponent++;
        }
        // log m = 2 artanh s; s is at most 0.172, so that the 12th term is below 2^-60.
        double s = (mantissa - 1) / (mantissa + 1), square = s * s, sum = 0;
        for (int i = 23; i > 0; i -= 2) sum = sum * square + 1.0 / i;
        return exponent * UpperLn2 + (2 * s * sum + exponent * LowerLn2);
    }

    /// <summary>e to the power of a number, whose magnitude counts up to 600.</summary>
    public static double Exp(double value)
    {
        if (value > LargestPower) value = LargestPower;
        if (value < -LargestPower) value = -LargestPower;
        int exponent = (int)Rounding.Floor(value / (UpperLn2 + LowerLn2) + 0.5);
        double rest = value - exponent * UpperLn2 - exponent * LowerLn2, sum = 1;
        for (int i = 15; i > 0; i--) sum = 1 + sum * rest / i;
        return sum * PowerOfTwo(exponent);
    }

    private static double PowerOfTwo(int exponent)
    {
        double power = 1, factor = exponent < 0 ? 0.5 : 2;
        for (int left = exponent < 0 ? -exponent : exponent; left != 0; left >>= 1)
        {
            if ((left & 1) != 0) power *= factor;
            factor *= factor;
        }
        return power;
    }
}
