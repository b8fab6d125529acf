namespace EdgeRnn.Runtime;

/// <summary>
/// y = alpha * x + beta in integers: y = ((x * mantissa + 2^(shift - 1)) >> shift) + offset, in 64 bits. alpha keeps its 24-bit
/// significand; beta is rounded to the format of y.
/// </summary>
internal sealed class FixedPointMap
{
    private readonly long _mantissa;
    private readonly int _shift;
    private readonly long _offset;

    /// <param name="layer">The layer in messages.</param>
    /// <param name="alpha">Factor.</param>
    /// <param name="beta">Summand.</param>
    /// <param name="fromBits">Fraction bits of x.</param>
    /// <param name="toBits">Fraction bits of y.</param>
    public FixedPointMap(string layer, float alpha, float beta, int fromBits, int toBits)
    {
        _shift = fromBits - toBits;
        double significand = alpha < 0 ? -(double)alpha : alpha;
        for (; significand != 0 && significand < 1 << 23; _shift++) significand *= 2;
        for (; significand >= 1 << 24; _shift--) significand /= 2;
        _mantissa = (long)(alpha < 0 ? -significand : significand);
        // Below half a unit for every x: nothing is left of the product.
        if (_shift > 62 || _mantissa == 0)
        {
            _mantissa = 0;
            _shift = 1;
        }
        if (_shift < 1)
        {
            throw new ModelException(ModelErrorCode.BadValue, layer + ": a factor of " + alpha.ToString() + " from " +
                fromBits.ToString() + " to " + toBits.ToString() + " fraction bits has no integer form");
        }
        _offset = Fixed(beta, toBits);
    }

    /// <summary>A constant in a format, rounded to the nearest and clamped to +-2^30 - 1.</summary>
    public static int Fixed(float value, int fractionBits)
    {
        double scaled = value;
        for (; fractionBits > 0; fractionBits--) scaled *= 2;
        for (; fractionBits < 0; fractionBits++) scaled /= 2;
        if (scaled >= QuantizedLimits.MaxInteger) return QuantizedLimits.MaxInteger;
        if (scaled <= -QuantizedLimits.MaxInteger) return -QuantizedLimits.MaxInteger;
        return (int)Rounding.Floor(scaled + 0.5);
    }

    /// <summary>memory[at .. at + count) = the map of it, clamped to [minimum, maximum].</summary>
    public void Apply(int[] memory, int at, int count, int minimum, int maximum)
    {
        long mantissa = _mantissa, half = 1L << (_shift - 1), offset = _offset;
        int shift = _shift;
        for (int i = at; i < at + count; i++)
        {
            long y = ((memory[i] * mantissa + half) >> shift) + offset;
            memory[i] = y > maximum ? maximum : y < minimum ? minimum : (int)y;
        }
    }
}
