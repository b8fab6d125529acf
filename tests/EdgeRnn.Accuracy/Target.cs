using System;

namespace EdgeRnn.Accuracy;

/// <summary>What a figure must keep to.</summary>
/// <param name="Bound">Largest value, or largest magnitude of the relative change.</param>
/// <param name="OnChange">Whether the bound is on the relative change.</param>
/// <param name="Text">For people.</param>
public sealed record Target(double Bound, bool OnChange, string Text)
{
    /// <summary>No task metric moves further, relative to float.</summary>
    public static Target MetricStays { get; } = new(0.005, true, "within 0.5 %");

    /// <summary>A share of decisions, below which a metric made of them cannot move by half a percent.</summary>
    public static Target FewFlips { get; } = new(0.005, false, "at most 0.5 %");

    /// <summary>The value itself is bounded.</summary>
    public static Target AtMost(double bound, string text) => new(bound, false, "at most " + text);

    /// <summary>Whether the bound holds; never for what is not a number.</summary>
    public bool Holds(double value, double? change) => OnChange ? Math.Abs(change ?? double.NaN) <= Bound : value <= Bound;
}
