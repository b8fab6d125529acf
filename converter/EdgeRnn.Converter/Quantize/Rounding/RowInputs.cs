using System.Collections.Generic;

namespace EdgeRnn.Converter.Quantize.Rounding;

/// <summary>
/// What the rows of one matrix multiply: the rows fall into parts of equal size, each with the moments of its input.
/// </summary>
/// <param name="Parts">One per part, from the first rows on; null where the part never ran.</param>
/// <param name="HasBias">Whether a mean error can be made up for in a bias.</param>
/// <param name="Style">Which grids are searched.</param>
internal sealed record RowInputs(IReadOnlyList<InputMoments?> Parts, bool HasBias, RoundingStyle Style)
{
    /// <summary>The rounding of each part in some columns.</summary>
    public CalibratedRounding?[] Rounding(int firstColumn, int columns)
    {
        CalibratedRounding?[] roundings = new CalibratedRounding?[Parts.Count];
        for (int part = 0; part < roundings.Length; part++)
        {
            if (Parts[part] is not { } moments) continue;
            roundings[part] = part > 0 && moments == Parts[part - 1] ? roundings[part - 1]
                : new CalibratedRounding(new RoundingMetric(moments, firstColumn, columns, HasBias), Style);
        }
        return roundings;
    }
}
