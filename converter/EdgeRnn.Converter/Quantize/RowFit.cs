using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>A row of weights in integers.</summary>
/// <param name="Grid">What the integers stand for.</param>
/// <param name="Weights">One per column.</param>
internal sealed record RowFit(RowGrid Grid, short[] Weights)
{
    /// <summary>What a weight stands for.</summary>
    public double Value(int column) => Weights[column] * Grid.Step(column);

    /// <summary>The largest magnitude an accumulator can reach.</summary>
    /// <param name="scheme">How the row is multiplied.</param>
    /// <param name="maxInput">Largest magnitude of an input.</param>
    public long Bound(Scheme scheme, long maxInput)
    {
        long sum = 0, high = 0, low = 0;
        for (int i = 0; i < Weights.Length; i++)
        {
            int weight = Weights[i], upper = (weight + 128) >> 8;
            sum += (long)Math.Abs(weight) * Grid.Multiplier(i);
            high += Math.Abs(upper);
            low += Math.Abs(weight - (upper << 8));
        }
        // 16-bit weights are multiplied byte by byte, each with an accumulator of its own.
        return (scheme == Scheme.W16A16 ? Math.Max(high, low) : sum) * maxInput;
    }
}
