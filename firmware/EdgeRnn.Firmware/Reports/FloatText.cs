namespace EdgeRnn.Firmware;

/// <summary>
/// Floats as text that reads back as the same float: 6 to 9 digits, few where a quick test says that they do. Every device writes the same
/// characters. Allocates nothing but what <see cref="SampleLine"/> names.
/// </summary>
public static class FloatText
{
    /// <summary>Most characters of one number.</summary>
    public const int MaxLength = 16;

    private const int FewestDigits = 6;
    private const int MostDigits = 9;
    private const int SmallestPositional = -5; // below this power of ten the text has an exponent
    private const double Infinite = 3.5e38;    // above every float that is a number

    // Text that is nearer than half the distance of two floats reads back as the float; that is at least 2^-25 of it.
    private const double Nearness = 0.99 / 33554432;

    /// <summary>Adds a number to a text; <c>nan</c>, <c>inf</c> and <c>-inf</c> where it is none.</summary>
    /// <param name="text">Receives it.</param>
    /// <param name="value">Any.</param>
    public static void Put(AsciiText text, float value)
    {
        double magnitude = value < 0 ? -(double)value : value;
        if (!(magnitude >= 0))
        {
            text.Put("nan");
            return;
        }
        if (value < 0) text.Put("-");
        if (magnitude > Infinite) text.Put("inf");
        else if (magnitude == 0) text.Put("0");
        else PutPositive(text, magnitude);
    }

    private static void PutPositive(AsciiText text, double magnitude)
    {
        int exponent = ExponentOf(magnitude), digits = FewestDigits;
        long mantissa = Rounded(magnitude, digits - 1 - exponent);
        while (digits < MostDigits && !IsNear(magnitude, mantissa, digits - 1 - exponent))
        {
            digits++;
            mantissa = Rounded(magnitude, digits - 1 - exponent);
        }
        if (mantissa >= (long)PowerOfTen(digits)) // rounded up to the next power of ten
        {
            mantissa /= 10;
            exponent++;
        }
        while (mantissa % 10 == 0)
        {
            mantissa /= 10;
            digits--;
        }
        if (exponent >= MostDigits || exponent < SmallestPositional) PutScientific(text, mantissa, digits, exponent);
        else if (exponent < 0) PutFraction(text, "0.", mantissa, -exponent - 1);
        else PutPositional(text, mantissa, digits - 1 - exponent);
    }

    // mantissa / 10^decimals
    private static void PutPositional(AsciiText text, long mantissa, int decimals)
    {
        if (decimals <= 0)
        {
            text.Put(mantissa);
            for (; decimals < 0; decimals++) text.Put("0");
            return;
        }
        long divisor = (long)PowerOfTen(decimals), rest = mantissa % divisor;
        int zeros = 0;
        for (long power = divisor / 10; power > rest; power /= 10) zeros++;
        text.Put(mantissa / divisor);
        PutFraction(text, ".", rest, zeros);
    }

    private static void PutScientific(AsciiText text, long mantissa, int digits, int exponent)
    {
        PutPositional(text, mantissa, digits - 1);
        text.Put("e");
        text.Put(exponent);
    }

    private static void PutFraction(AsciiText text, string point, long digits, int zeros)
    {
        text.Put(point);
        for (; zeros > 0; zeros--) text.Put("0");
        text.Put(digits);
    }

    private static bool IsNear(double magnitude, long mantissa, int decimals)
    {
        double difference = (decimals < 0 ? mantissa * PowerOfTen(-decimals) : mantissa / PowerOfTen(decimals)) - magnitude;
        return (difference < 0 ? -difference : difference) <= magnitude * Nearness;
    }

    private static long Rounded(double magnitude, int decimals) =>
        (long)((decimals < 0 ? magnitude / PowerOfTen(-decimals) : magnitude * PowerOfTen(decimals)) + 0.5);

    private static int ExponentOf(double magnitude)
    {
        int exponent = 0;
        for (double power = 10; magnitude >= power; power *= 10) exponent++;
        while (exponent <= 0 && magnitude * PowerOfTen(-exponent) < 1) exponent--;
        return exponent;
    }

    private static double PowerOfTen(int exponent)
    {
        double power = 1;
        for (; exponent > 0; exponent--) power *= 10;
        return power;
    }
}
