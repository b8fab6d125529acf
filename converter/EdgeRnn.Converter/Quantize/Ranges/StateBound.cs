using System;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>Finds a set that a recurrent state never leaves.</summary>
internal static class StateBound
{
    private const int MaxTurns = 64;
    private const double Widening = 1.25;
    private const int Tightenings = 3;

    /// <summary>
    /// A set that holds the start and, with any state, the next one. Grows the start until it holds its own image; a recurrence
    /// that shrinks differences by a factor of 0.97 or better is found within the turns.
    /// </summary>
    /// <param name="start">[units] states before the first step.</param>
    /// <param name="next">All states that can follow those of a set; the larger the set, the larger the result.</param>
    /// <returns>[units], or null when the state may grow without bound.</returns>
    public static Interval[]? Find(Interval[] start, Func<Interval[], Interval[]> next)
    {
        Interval[] set = start;
        for (int turn = 0; turn < MaxTurns; turn++)
        {
            Interval[] grown = IntervalMath.Hull(set, next(set));
            if (IntervalMath.Holds(set, grown)) return set;
            Interval[] wide = Array.ConvertAll(grown, Widen);
            if (!double.IsFinite(IntervalMath.Pool(wide).Magnitude)) return null;
            if (IntervalMath.Holds(wide, next(wide))) return Tighten(wide, start, next);
            set = grown;
        }
        return null;
    }

    // The start and the image of a set that holds both are such a set again, and a smaller one.
    private static Interval[] Tighten(Interval[] set, Interval[] start, Func<Interval[], Interval[]> next)
    {
        for (int turn = 0; turn < Tightenings; turn++) set = IntervalMath.Hull(start, next(set));
        return set;
    }

    private static Interval Widen(Interval x) =>
        new(x.Low < 0 ? x.Low * Widening : x.Low, x.High > 0 ? x.High * Widening : x.High);
}
