namespace EdgeRnn.Runtime;

/// <summary>
/// Rounding without the library: firmware for the smallest boards leaves Math.Floor out, with every other function of its kind, and only says so
/// when it is called.
/// </summary>
internal static class Rounding
{
    /// <summary>The largest whole number that is not above a number, as Math.Floor gives it.</summary>
    /// <param name="value">Its magnitude is below 2^63; NaN becomes 0.</param>
    public static long Floor(double value)
    {
        long whole = (long)value;
        return whole > value && whole > long.MinValue ? whole - 1 : whole;
    }
}
