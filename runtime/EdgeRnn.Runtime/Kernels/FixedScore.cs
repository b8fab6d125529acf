namespace EdgeRnn.Runtime;

/// <summary>
/// Numbers of the detector: integers with 16 fraction bits, saturated to +-2^30, the same on every path and every machine.
/// </summary>
internal static class FixedScore
{
    /// <summary>Fraction bits.</summary>
    public const int Bits = 16;

    /// <summary>1.0.</summary>
    public const int One = 1 << Bits;

    /// <summary>Largest magnitude, just below 16384.</summary>
    public const int Max = 1 << 30;

    /// <summary>What status bit says that an answer of a float model was not finite; beside the bits of <see cref="StepStatus"/>.</summary>
    public const int BadAnswer = 1 << 8;

    /// <summary>A 64-bit result, saturated.</summary>
    public static int Saturate(long value)
    {
        return value > Max ? Max : value < -Max ? -Max : (int)value;
    }

    /// <summary>The nearest number to a float, halves upwards; NaN becomes 0.</summary>
    public static int Of(double value)
    {
        double scaled = value * One + 0.5;
        if (scaled >= Max) return Max;
        if (scaled > -Max) return (int)Rounding.Floor(scaled);
        return scaled <= -Max ? -Max : 0;
    }

    /// <summary>A number of another format as one with 16 fraction bits, rounded to the nearest, halves upwards.</summary>
    public static int FromBits(int value, int fractionBits)
    {
        int shift = fractionBits - Bits;
        if (shift <= 0) return Saturate((long)value << -shift);
        return (int)((value + (1L << (shift - 1))) >> shift);
    }

    /// <summary>a * b, rounded to the nearest.</summary>
    public static int Multiply(int a, int b)
    {
        return Saturate(((long)a * b + (One >> 1)) >> Bits);
    }

    /// <summary>The largest whole number whose square is at most the given one, which is not negative.</summary>
    public static long SquareRoot(long value)
    {
        long root = 0, left = value, bit = 1L << 62;
        while (bit > left) bit >>= 2;
        for (; bit != 0; bit >>= 2)
        {
            if (left >= root + bit)
            {
                left -= root + bit;
                root = (root >> 1) + bit;
            }
            else
            {
                root >>= 1;
            }
        }
        return root;
    }
}
