using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

/// <summary>What packing asks of a row of 8-bit weights. Compiled at once: it runs when a model is loaded and perhaps never again.</summary>
internal static class ByteSums
{
    /// <summary>The sum of the weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Sum(ReadOnlySpan<sbyte> weights)
    {
        int i = 0;
        Vector256<int> sums = Vector256<int>.Zero;
        for (; i + Vector256<sbyte>.Count <= weights.Length; i += Vector256<sbyte>.Count)
        {
            (Vector256<short> low, Vector256<short> high) = Vector256.Widen(Vector256.Create(weights[i..]));
            (Vector256<int> even, Vector256<int> odd) = Vector256.Widen(low + high);
            sums += even + odd;
        }
        int sum = Vector256.Sum(sums);
        for (; i < weights.Length; i++) sum += weights[i];
        return sum;
    }

    /// <summary>The sum of the weights without their signs; of -128 that is 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Magnitudes(ReadOnlySpan<sbyte> weights)
    {
        int i = 0;
        Vector256<uint> sums = Vector256<uint>.Zero;
        for (; i + Vector256<sbyte>.Count <= weights.Length; i += Vector256<sbyte>.Count)
        {
            (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(Vector256.Abs(Vector256.Create(weights[i..])).AsByte());
            (Vector256<uint> even, Vector256<uint> odd) = Vector256.Widen(low + high);
            sums += even + odd;
        }
        int sum = (int)Vector256.Sum(sums);
        for (; i < weights.Length; i++) sum += Math.Abs((int)weights[i]);
        return sum;
    }
}
