namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>How much a report measures.</summary>
public sealed record ReportOptions
{
    /// <summary>The share of the float size that suggestions may fill when nothing else is said.</summary>
    public const double DefaultBudget = 0.6;

    /// <summary>Steps of the recording (or of noise) at most, for all figures but drift.</summary>
    public int MaxSteps { get; init; } = 20_000;

    /// <summary>Steps of the drift curves; 0 for none.</summary>
    public int DriftSteps { get; init; } = 100_000;

    /// <summary>Of the noise that stands in for a recording.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The share of the float size a suggestion may fill, above 0; null for no suggestion.</summary>
    public double? Budget { get; init; } = DefaultBudget;
}
