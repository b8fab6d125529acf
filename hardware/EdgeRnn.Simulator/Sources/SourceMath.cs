using System;

namespace EdgeRnn.Simulator;

/// <summary>
/// Sine, cosine and exponential of + - * / and whole numbers alone. What a platform's own functions give differs in the last bit from
/// one system to the next; these give the same bits everywhere, because the standard (IEEE 754) settles every operation in them.
/// </summary>
public static class SourceMath
{
    private const double Turn = 6.283185307179586476925287;
    private const double Log2OfE = 1.442695040888963407359925;

    // ln 2 in two parts, the first with so few bits that its product with a power's exponent is exact (Cody and Waite 1980).
    private const double Ln2High = 0.693147180369123816490173;
    private const double Ln2Low = 1.90821492927058770002e-10;

    private const double LeastExponent = -708, MostExponent = 709;

    /// <summary>The sine of an angle in turns: 1 is once round. Within 2e-16, for up to 2^50 turns.</summary>
    /// <param name="turns">The angle; what is not finite gives NaN.</param>
    public static double SineOfTurns(double turns)
    {
        double part = turns - Math.Floor(turns);
        // Each quarter is a sine or cosine around its middle, within an eighth of a turn.
        double quarter = Math.Floor(4 * part + 0.5), x = (part - quarter / 4) * Turn;
        return quarter switch
        {
            0 or 4 => SineSeries(x),
            1 => CosineSeries(x),
            2 => -SineSeries(x),
            3 => -CosineSeries(x),
            _ => double.NaN,
        };
    }

    /// <summary>The cosine of an angle in turns, as <see cref="SineOfTurns"/>.</summary>
    /// <param name="turns">The angle.</param>
    public static double CosineOfTurns(double turns)
    {
        double part = turns - Math.Floor(turns);
        return SineOfTurns(part + 0.25);
    }

    /// <summary>The sine of an angle in radians, within 1e-15 from -10 to 10; beyond, the angle's own rounding counts.</summary>
    /// <param name="radians">The angle.</param>
    public static double Sine(double radians) => SineOfTurns(radians / Turn);

    /// <summary>e to a power, within 4e-16 of the result; 0 below -708, infinity above 709.</summary>
    /// <param name="power">The power.</param>
    public static double Exp(double power)
    {
        if (double.IsNaN(power)) return power;
        if (power < LeastExponent) return 0;
        if (power > MostExponent) return double.PositiveInfinity;
        double twos = Math.Floor(power * Log2OfE + 0.5);
        double rest = power - twos * Ln2High - twos * Ln2Low;
        // Taylor's series by Horner: the term behind the last is below 5e-18 for |rest| up to ln 2 / 2.
        double sum = 1;
        for (int term = 13; term > 0; term--) sum = 1 + rest / term * sum;
        return sum * BitConverter.Int64BitsToDouble(((long)twos + 1023) << 52);
    }

    // Taylor's series; the first term left out is below 1e-17 for an eighth of a turn.
    private static double SineSeries(double x)
    {
        double square = x * x, sum = 1;
        for (int term = 16; term > 0; term -= 2) sum = 1 - square / (term * (term + 1)) * sum;
        return x * sum;
    }

    private static double CosineSeries(double x)
    {
        double square = x * x, sum = 1;
        for (int term = 17; term > 0; term -= 2) sum = 1 - square / (term * (term + 1)) * sum;
        return sum;
    }
}
