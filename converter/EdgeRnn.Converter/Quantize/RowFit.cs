using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize;

/// <summary>A row of weights in integers: weight i stands for Weights[i] * Multipliers[i / 32] * Scale; int4 alone has multipliers.</summary>
/// <param name="Scale">Positive normal number.</param>
/// <param name="Multipliers">One per group of 32 columns, or empty.</param>
/// <param name="Weights">One per column.</param>
internal sealed record RowFit(float Scale, byte[] Multipliers, short[] Weights)
{
    /// <summary>What one unit of a weight stands for.</summary>
    public double Step(int column) => Multipliers.Length == 0 ? Scale : (double)Multipliers[column / QuantizedTensor.GroupSize] * Scale;

    /// <summary>What a weight stands for.</summary>
    public double Value(int column) => Weights[column] * Step(column);

    /// <summary>The largest magnitude an accumulator can reach with inputs of a magnitude.</summary>
    public long Bound(Scheme scheme, long maxInput)
    {
        long sum = 0, high = 0, low = 0;
        for (int i = 0; i < Weights.Length; i++)
        {
            int weight = Weights[i], upper = (weight + 128) >> 8;
            sum += (long)Math.Abs(weight) * (Multipliers.Length == 0 ? 1 : Multipliers[i / QuantizedTensor.GroupSize]);
            high += Math.Abs(upper);
            low += Math.Abs(weight - (upper << 8));
        }
        // 16-bit weights are multiplied byte by byte, each with an accumulator of its own.
        return (scheme == Scheme.W16A16 ? Math.Max(high, low) : sum) * maxInput;
    }
}
