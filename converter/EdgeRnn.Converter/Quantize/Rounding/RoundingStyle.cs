using System.Collections.Generic;

namespace EdgeRnn.Converter.Quantize.Rounding;

/// <summary>Which grids are searched for a row, as shares of the scale that just holds its largest weight.</summary>
/// <param name="Finest">Least scale.</param>
/// <param name="Coarsest">Largest scale.</param>
/// <param name="Count">How many scales.</param>
internal sealed record RoundingStyle(double Finest, double Coarsest, int Count)
{
    /// <summary>Where no trial decides. A somewhat coarser grid costs little by itself and lets other errors cancel.</summary>
    public static RoundingStyle Usual { get; } = new(0.9, 1.3, 16);

    /// <summary>What is tried for small layers, whose few errors cancel or not by luck: other grids, other luck.</summary>
    public static IReadOnlyList<RoundingStyle> All { get; } =
        [Usual, new(1, 1.3, 12), new(0.95, 1.15, 12), new(1, 1.15, 24), new(0.9, 1.5, 24)];
}
