using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>
/// The standardisation of one channel of whole numbers in integers: value = (count * Multiplier + Offset + half) >> Shift stands
/// for (count - mean) * inverseScale * 2^k. The line goes through the count nearest to the mean, so that a narrow channel on a
/// high level keeps its precision: its error is below a third of a unit wherever the value does not saturate.
/// </summary>
/// <param name="Offset">Added before the shift; at most 2^62 either way.</param>
/// <param name="Multiplier">Of the count.</param>
/// <param name="Shift">1 to 62.</param>
internal readonly record struct CountScale(long Offset, int Multiplier, int Shift)
{
    // 2^16 units, more than any value, times 2^45 leaves room for the count's product.
    private const int MaxShift = 45;
    private const double Saturated = 1 << 16;

    /// <summary>The integer form of one channel.</summary>
    /// <param name="mean">In counts; finite.</param>
    /// <param name="inverseScale">1 / deviation; finite.</param>
    /// <param name="inputBits">k, the fraction bits of the model's input.</param>
    public static CountScale Of(float mean, float inverseScale, int inputBits)
    {
        double slope = Math.ScaleB(inverseScale, inputBits);
        int shift = MaxShift;
        while (shift > 1 && Math.Abs(Math.ScaleB(slope, shift)) > int.MaxValue) shift--;
        // A slope beyond 2^30 saturates every count but the nearest, whatever it is.
        int multiplier = (int)Math.Clamp(Math.Round(Math.ScaleB(slope, shift)), -int.MaxValue, int.MaxValue);
        double nearest = Math.Clamp(Math.Round((double)mean), short.MinValue, short.MaxValue);
        double value = Math.Clamp((nearest - mean) * slope, -Saturated, Saturated);
        return new CountScale((long)Math.Round(Math.ScaleB(value, shift)) - (long)nearest * multiplier, multiplier, shift);
    }

    /// <summary>
    /// The smallest and the largest value: the clip, rounded as in <see cref="Session.Step(float[], int, float[], int)"/>, or the
    /// 16-bit range.
    /// </summary>
    /// <param name="clip">Largest magnitude after scaling; 0 for none.</param>
    /// <param name="inputBits">Fraction bits of the model's input.</param>
    public static (int Lowest, int Highest) Limits(float clip, int inputBits)
    {
        if (clip == 0) return (-QuantizedLimits.MaxValue, QuantizedLimits.MaxValue);
        double scaled = Math.ScaleB(clip, inputBits);
        return ((int)Math.Max(Math.Floor(0.5 - scaled), -QuantizedLimits.MaxValue),
            (int)Math.Min(Math.Floor(scaled + 0.5), QuantizedLimits.MaxValue));
    }
}
