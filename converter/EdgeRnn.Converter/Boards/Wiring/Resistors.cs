using System;
using System.Globalization;

namespace EdgeRnn.Converter.Boards.Wiring;

/// <summary>Resistors of the series E12, which every shop has.</summary>
internal static class Resistors
{
    private static readonly int[] _tenths = [10, 12, 15, 18, 22, 27, 33, 39, 47, 56, 68, 82];

    /// <summary>Lower resistor of dividers: the sensor gives it 1 mA, and the pin's own current changes nothing.</summary>
    public const int DividerOhms = 3300;

    /// <summary>The smallest resistor that is not below a value.</summary>
    /// <param name="ohms">From 1 to 10 MOhm.</param>
    public static int AtLeast(double ohms)
    {
        for (long decade = 1; decade <= 1_000_000; decade *= 10)
        {
            foreach (int tenths in _tenths)
                if (tenths * decade >= ohms * 10 && tenths * decade % 10 == 0) return (int)(tenths * decade / 10);
        }
        throw new ArgumentOutOfRangeException(nameof(ohms), ohms, "expected up to 10 MOhm");
    }

    /// <summary>The resistor before a light.</summary>
    /// <param name="highMillivolts">The pin's high level.</param>
    /// <param name="forwardMillivolts">What the light keeps.</param>
    /// <param name="milliamps">The most that may flow.</param>
    public static int ForLight(int highMillivolts, int forwardMillivolts, double milliamps) =>
        AtLeast(Math.Max(1, (highMillivolts - forwardMillivolts) / milliamps));

    /// <summary>The upper resistor over <see cref="DividerOhms"/> that brings a level down.</summary>
    /// <param name="highMillivolts">The level.</param>
    /// <param name="mostMillivolts">What may be left of it.</param>
    public static int ForDivider(int highMillivolts, int mostMillivolts) =>
        AtLeast((double)DividerOhms * (highMillivolts - mostMillivolts) / mostMillivolts);

    /// <summary>What a divider leaves of a level, in millivolts.</summary>
    public static double Divided(int highMillivolts, int seriesOhms, int groundOhms) =>
        (double)highMillivolts * groundOhms / (seriesOhms + groundOhms);

    /// <summary>A value as people write it: `330 Ohm`, `1.8 kOhm`.</summary>
    public static string Text(int ohms) => ohms < 1000 ? $"{ohms} Ω"
        : string.Create(CultureInfo.InvariantCulture, $"{ohms / 1000.0:0.##} kΩ");
}
