using System;
using System.Linq;

namespace EdgeRnn.Tests;

/// <summary>The arithmetic of NUMERICS.md, "Integer path", in plain numbers of 64 and 128 bits.</summary>
internal static class SecondIntegers
{
    public const long PreLimit = 1 << 29;
    private const long Log2E = 1549082005;

    private static readonly long[] _sigmoid = [.. Enumerable.Range(0, 561).Select(SigmoidKnot)];
    private static readonly long[] _powers = [.. Enumerable.Range(0, 33).Select(i => (long)Math.Round((1 << 30) * Math.Pow(2, -i / 32.0)))];

    /// <summary>value / 2^shift to the nearest, halves up.</summary>
    public static long Round(Int128 value, int shift) => (long)(shift == 0 ? value : (value + (Int128.One << (shift - 1))) >> shift);

    public static long Clamp(long value, long limit) => Math.Clamp(value, -limit, limit);

    public static long Value(long number) => Clamp(number, 32767);

    /// <summary>The same number with other fraction bits.</summary>
    public static long Shift(long number, int raise) => raise > 0 ? number << raise : Round(number, -raise);

    public static long Clip(long x, float clip, int bits) => clip == 0 ? x : Clamp(x, Math.Max(1, SecondMap.Fixed(clip, bits)));

    /// <summary>y[i] += row firstRow + i of the weights times x, for all of y.</summary>
    public static void AddProduct(SecondLayer layer, int role, int firstRow, ReadOnlySpan<long> x, int[] columnBits, int preBits, long[] y)
    {
        SecondTensor weights = layer.Tensors[role];
        foreach (SecondBlock block in weights.Blocks)
        {
            int bits = columnBits[block.First];
            long[] inputs = x.Slice(block.First, block.Columns).ToArray();
            if (layer.Scheme == 3)
            {
                bits -= 8;
                inputs = Array.ConvertAll(inputs, value => Clamp(Round(value, 8), 127));
            }
            int parts = weights.Type == SecondTensor.Int16 ? 2 : 1;
            for (int part = 0; part < parts; part++)
            {
                for (int i = 0; i < y.Length; i++)
                {
                    (long m, int e) = block.Scale(firstRow + i);
                    int shift = 150 - e + bits - preBits - (parts == 2 && part == 0 ? 8 : 0);
                    long t = Clamp(Round((Int128)Sum(weights, block, firstRow + i, inputs, parts, part) * m, shift), PreLimit);
                    y[i] = Clamp(y[i] + t, PreLimit);
                }
            }
        }
    }

    // Modulo 2^32, as accumulators are.
    private static int Sum(SecondTensor weights, SecondBlock block, int row, long[] x, int parts, int part)
    {
        long sum = 0, start = row * weights.Columns + block.First;
        for (int i = 0; i < x.Length; i++)
        {
            long weight = weights.Integers[start + i];
            if (weights.Type == SecondTensor.Int4) weight *= block.Multipliers[row][i / 32];
            long high = (weight + 128) >> 8;
            if (parts == 2) weight = part == 0 ? high : weight - 256 * high;
            sum += weight * x[i];
        }
        return unchecked((int)sum);
    }

    public static long StateGate(SecondActivation f, long x) => Gate(f, x, 24);

    public static long Gate(SecondActivation f, long x, int bits = 15) =>
        f.Kind == 4 ? SecondMap.Apply(x, f.Alpha, f.Beta, 15, bits, 0, 1L << bits) : Curve(x, 10, 27 - bits, 0, 1L << bits);

    public static long Tanh(long x) => Curve(x, 9, 11, -32768, 32768);

    /// <summary>f of pre-activations, with the fraction bits that <see cref="ResultBits"/> says.</summary>
    public static long[] Apply(SecondActivation f, long[] x, int preBits, int outputBits) =>
        f.Kind == 6 ? Softmax(x, preBits) : Array.ConvertAll(x, value => Apply(f, value, preBits, outputBits));

    public static int ResultBits(SecondActivation f, int preBits, int outputBits) => f.Kind switch { 3 or 4 or 5 or 6 => 15, 7 or 9 => outputBits, _ => preBits };

    public static long Apply(SecondActivation f, long x, int preBits, int outputBits) => f.Kind switch
    {
        0 => x,
        1 => Math.Max(x, 0),
        2 => x >= 0 ? x : SecondMap.Apply(x, f.Alpha, 0, preBits, preBits, -PreLimit, PreLimit),
        3 => Gate(f, x),
        4 => SecondMap.Apply(x, f.Alpha, f.Beta, preBits, 15, 0, 32768),
        5 => Tanh(x),
        7 => SecondMap.Apply(x, f.Alpha, f.Beta, preBits, outputBits, -PreLimit, PreLimit),
        8 => x > SecondMap.Fixed(f.Alpha, preBits) ? x : 0,
        9 => SecondMap.Apply(Tanh(SecondMap.Apply(x, f.Beta, 0, preBits, 15, -PreLimit, PreLimit)), f.Alpha, 0, 15, outputBits, -PreLimit, PreLimit),
        _ => Math.Min(Math.Max(x, SecondMap.Fixed(f.Alpha, preBits)), SecondMap.Fixed(f.Beta, preBits)),
    };

    private static long Curve(long x, int stepBits, int shift, long lowest, long highest)
    {
        long a = Math.Min(Math.Abs(x), (560L << stepBits) - 1), step = a >> stepBits, rest = a & ((1L << stepBits) - 1);
        long s = Round(_sigmoid[step] + ((_sigmoid[step + 1] - _sigmoid[step]) * rest >> stepBits), shift);
        return x < 0 ? lowest + s : highest - s;
    }

    private static long[] Softmax(long[] x, int bits)
    {
        long most = x.Max();
        long[] powers = Array.ConvertAll(x, value => Power((long)((Int128)(most - value) * Log2E >> (15 + bits))));
        long sum = powers.Sum();
        return Array.ConvertAll(powers, power => Math.Min(((power << 15) + (sum >> 1)) / sum, 32767));
    }

    private static long Power(long d)
    {
        long halvings = d >> 15, step = (d & 32767) >> 10, rest = d & 1023;
        return halvings > 30 ? 0 : _powers[step] - ((_powers[step] - _powers[step + 1]) * rest >> 10) >> (int)halvings;
    }

    private static long SigmoidKnot(int i)
    {
        double s = 1 / (1 + Math.Exp(i / 32.0));
        return (long)Math.Round((1 << 27) * (s - s * (1 - s) * (1 - 2 * s) / 16384));
    }
}
