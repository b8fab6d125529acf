using System;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>All numbers from Low to High, and the arithmetic of such sets.</summary>
internal readonly record struct Interval(double Low, double High)
{
    public static Interval Zero => default;

    /// <summary>Every finite number.</summary>
    public static Interval Everything => new(-double.MaxValue, double.MaxValue);

    public double Magnitude => Math.Max(Math.Abs(Low), Math.Abs(High));

    public static Interval Symmetric(double magnitude) => new(-magnitude, magnitude);

    public static Interval Point(double value) => new(value, value);

    public static Interval operator +(Interval a, Interval b) => new(a.Low + b.Low, a.High + b.High);

    public static Interval operator *(double factor, Interval a) =>
        factor < 0 ? new(factor * a.High, factor * a.Low) : new(factor * a.Low, factor * a.High);

    public static Interval operator *(Interval a, Interval b)
    {
        double ll = a.Low * b.Low, lh = a.Low * b.High, hl = a.High * b.Low, hh = a.High * b.High;
        return new(Math.Min(Math.Min(ll, lh), Math.Min(hl, hh)), Math.Max(Math.Max(ll, lh), Math.Max(hl, hh)));
    }

    /// <summary>The smallest interval that holds both.</summary>
    public Interval Hull(Interval other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    /// <summary>Clamps to [-bound, bound]; a bound of 0 means none.</summary>
    public Interval Clip(double bound) =>
        bound == 0 ? this : new(Math.Clamp(Low, -bound, bound), Math.Clamp(High, -bound, bound));

    public bool Holds(Interval other) => Low <= other.Low && other.High <= High;
}
