using System;
using System.Linq;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>
/// The factors of <see cref="RangeMethod.Robust"/> at a model's input: what the format holds, and what runs through the model while
/// calibrating.
/// </summary>
internal sealed class InputLimits
{
    private const double HeldDeviations = 6;
    private const double RunDeviations = 3;

    private readonly double[] _low;
    private readonly double[] _high;

    public InputLimits(Subgraph graph, ChannelLevel[] levels)
    {
        // A row number of a table is a name, not a quantity. A channel that never moves has no deviation to measure by.
        bool[] free = [.. levels.Select((level, channel) => level.Deviation == 0 || IsIndex(graph, channel))];
        _low = [.. levels.Select((level, i) => free[i] ? -double.MaxValue : level.Centre - RunDeviations * level.Deviation)];
        _high = [.. levels.Select((level, i) => free[i] ? double.MaxValue : level.Centre + RunDeviations * level.Deviation)];
        HeldMagnitude = levels.Max(level => Math.Abs(level.Centre) + HeldDeviations * level.Deviation);
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
            double limited = Math.Clamp(row[i], _low[i], _high[i]);
            if (limited != row[i]) LimitedValues++;
            row[i] = limited;
        }
    }

    private static bool IsIndex(Subgraph graph, int channel) => graph.Nodes.OfType<EmbeddingNode>()
        .Any(embedding => embedding.Inputs[0].Value == 0 && embedding.Inputs[0].Offset == channel);
}
