namespace EdgeRnn.Converter.Evaluate;

/// <summary>How a detector without a network does by the same rule.</summary>
/// <param name="Baseline">The detector.</param>
/// <param name="Figures">Its figures.</param>
public sealed record BaselineFigures(Baseline Baseline, PooledFigures Figures);
