using System;
using System.Globalization;

namespace EdgeRnn.Accuracy;

/// <summary>One line of the table: a task metric of three models, or how far each is from the one before it.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Format">Numeric format of the values.</param>
/// <param name="Published">Of the published reference; null where there is none, and for a deviation.</param>
/// <param name="Float">Of the float runtime; for a deviation, that of the float runtime from the published reference.</param>
/// <param name="Quantized">Of the quantized model; for a deviation, that of the quantized model from the float runtime.</param>
/// <param name="Target">What must hold, or null where the figure is only reported.</param>
public sealed record Figure(string Name, string Format, double? Published, double? Float, double Quantized, Target? Target)
{
    /// <summary>Whether the three values are of one kind, so that a relative change has a meaning.</summary>
    public bool IsMetric { get; private init; }

    /// <summary>Relative change from float to quantized; null for a deviation.</summary>
    public double? Change => !IsMetric || Float is not { } from ? null
        : from == Quantized ? 0 : (Quantized - from) / Math.Abs(from);

    /// <summary>Whether the target holds; a value that is not a number meets none.</summary>
    public bool IsMet => Target == null || Target.Holds(Quantized, Change);

    /// <summary>The value and the target, for a message.</summary>
    public string MissText => Target is { OnChange: true }
        ? $"changed by {ChangeText}, target {Target.Text}" : $"{Text(Quantized)}, target {Target?.Text}";

    /// <summary>The relative change as the table shows it.</summary>
    public string ChangeText => Change is { } change ? change.ToString("+0.00 %;-0.00 %;0", CultureInfo.InvariantCulture) : "";

    /// <summary>A task metric: published, float and quantized model are each scored alone.</summary>
    public static Figure Metric(string name, string format, double? published, double ofFloat, double quantized,
        Target? target) => new(name, format, published, ofFloat, quantized, target) { IsMetric = true };

    /// <summary>A deviation: float from published, quantized from float.</summary>
    public static Figure Deviation(string name, string format, double? floatFromPublished, double quantizedFromFloat,
        Target? target) => new(name, format, null, floatFromPublished, quantizedFromFloat, target);

    /// <summary>A value as the table shows it; empty for null.</summary>
    public string Text(double? value) => value switch
    {
        null => "",
        0 => "0",
        { } number => number.ToString(Format, CultureInfo.InvariantCulture),
    };
}
