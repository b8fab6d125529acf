using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Import;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>
/// What <see cref="RangeMethod.Robust"/> lets through at a model's input while calibrating, and what the input's format is to
/// hold.
/// </summary>
internal sealed class InputLimits
{
    /// <summary>How far beyond what calibration lets through, and shows, the formats reach.</summary>
    public const double Headroom = 2;

    private const double RunDeviations = 3;

    // A deviation of fewer steps of the format is rounded worse than 8-bit weights are.
    private const double FewSteps = 64;

    private readonly ChannelLevel[] _levels;
    private readonly double[] _reach; // of each channel, from its centre

    public InputLimits(Subgraph graph, ChannelLevel[] levels)
    {
        _levels = levels;
        // A row number of a table is a name, not a quantity. A channel that never moves has no deviation to measure by.
        _reach = [.. levels.Select((level, channel) => level.Deviation == 0 || IsIndex(graph, channel)
            ? level.LargestDistance
            : Math.Min(RunDeviations * level.Deviation, level.LargestDistance))];
        HeldMagnitude = levels.Select((level, channel) => Math.Abs(level.Centre) + Headroom * _reach[channel]).Max();
    }

    /// <summary>What the input's format is to hold.</summary>
    public double HeldMagnitude { get; }

    /// <summary>Values cut off so far.</summary>
    public long LimitedValues { get; private set; }

    /// <summary>Cuts off outliers in place.</summary>
    public void Apply(double[] row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            double centre = _levels[i].Centre, limited = Math.Clamp(row[i], centre - _reach[i], centre + _reach[i]);
            if (limited == row[i]) continue;
            LimitedValues++;
            row[i] = limited;
        }
    }

    /// <summary>A sentence about channels that are small beside the others, or null.</summary>
    public string? WarningFor(ValueRange input, RecurrentGraph graph)
    {
        List<string> small = [.. Enumerable.Range(0, _levels.Length)
            .Where(i => _levels[i].Deviation > 0 && Math.ScaleB(_levels[i].Deviation, input.FractionBits) < FewSteps)
            .Where(i => !IsIndex(graph.Main, i))
            .Select(i => InputBounds.NameOf(graph, i))];
        if (small.Count == 0) return null;
        return $"input: one format holds all channels, and {SourceText.List(small)} vary by fewer than {FewSteps:g} of its " +
            "steps; standardise the input";
    }

    private static bool IsIndex(Subgraph graph, int channel) => graph.Nodes.OfType<EmbeddingNode>()
        .Any(embedding => embedding.Inputs[0].Value == 0 && embedding.Inputs[0].Offset == channel);
}
