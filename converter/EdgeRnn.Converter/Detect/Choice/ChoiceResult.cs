using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Evaluate;

namespace EdgeRnn.Converter.Detect.Choice;

/// <summary>How a candidate did with one factor.</summary>
/// <param name="Recipe">With that factor.</param>
/// <param name="Stretches">[domains][stretches] rows of all sequences made of a stretch.</param>
public sealed record ChoiceResult(DetectorRecipe Recipe, IReadOnlyList<IReadOnlyList<Confusion>> Stretches)
{
    private const int Resamples = 500;

    /// <summary>Correlation between alarms and synthetic anomalies: of the pooled rows of each domain, then the mean of the domains.</summary>
    public double Mcc { get; } = Stretches.Average(domain => Pooled(domain).Mcc);

    /// <summary>The share of normal rows in alarm, the mean of the domains.</summary>
    public double FalseAlarmRate { get; } = Stretches.Average(domain => Pooled(domain).FalseAlarmRate);

    /// <summary>The standard error of <see cref="Mcc"/>: stretches of each domain drawn anew with replacement.</summary>
    /// <param name="seed">Of the draws.</param>
    public double StandardError(int seed)
    {
        Random random = new(seed);
        double[] values = [.. Enumerable.Range(0, Resamples).Select(_ => Stretches.Average(domain =>
            Pooled([.. domain.Select(_ => domain[random.Next(domain.Count)])]).Mcc))];
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static Confusion Pooled(IReadOnlyList<Confusion> counts) => counts.Aggregate((a, b) => a + b);
}
