using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>The vector forms of the kernels against the portable ones that define them. In reruns without vectors both are the same code.</summary>
public sealed class KernelTests
{
    private const int Seed = 20261122;
    private const float Guard = 12345.678f;
    private const double UnitRoundoff = 1.0 / (1 << 24); // of float32

    [Fact]
    public void Product_agrees_with_its_definition_and_touches_nothing_else()
    {
        Random random = new(Seed);
        for (int trial = 0; trial < LongRun.Choose(600, 20_000); trial++)
        {
            int rows = random.Next(1, 131), columns = random.Next(1, 71), xOffset = random.Next(9), yOffset = xOffset + columns + random.Next(1, 9);
            string what = $"seed {Seed}, trial {trial}: [{rows}, {columns}], x at {xOffset}, y at {yOffset}";
            float[] tensor = Values(random, (rows + 3) * columns), memory = Values(random, yOffset + rows + 8);
            Array.Fill(memory, Guard, 0, xOffset);
            Array.Fill(memory, Guard, xOffset + columns, yOffset - xOffset - columns);
            Array.Fill(memory, Guard, yOffset + rows, 8);
            int firstRow = random.Next(4);
            float[] w = tensor[(firstRow * columns)..((firstRow + rows) * columns)];
            float[] expected = [.. memory], found = [.. memory];
            WeightMatrix.AddProductPortable(w, rows, columns, expected, xOffset, expected, yOffset);
            new WeightMatrix(tensor, firstRow, rows, columns).AddProduct(found, xOffset, found, yOffset);
            for (int i = 0; i < memory.Length; i++)
            {
                double allowed = i < yOffset || i >= yOffset + rows ? 0 : ProductBound(w, columns, i - yOffset, memory, xOffset, memory[i]);
                Assert.True(Math.Abs(expected[i] - found[i]) <= allowed, $"{what}, element {i}: expected {expected[i]:R}, found {found[i]:R}, allowed {allowed:E2}");
            }
        }
    }

    public static TheoryData<ActivationKind, float, float> Functions => new()
    {
        { ActivationKind.Linear, 0, 0 },
        { ActivationKind.Relu, 0, 0 },
        { ActivationKind.LeakyRelu, 0.01f, 0 },
        { ActivationKind.Sigmoid, 0, 0 },
        { ActivationKind.HardSigmoid, 0.2f, 0.5f },
        { ActivationKind.Tanh, 0, 0 },
        { ActivationKind.Softmax, 0, 0 },
        { ActivationKind.Affine, 1.5f, -0.25f },
        { ActivationKind.ThresholdedRelu, 1, 0 },
        { ActivationKind.ScaledTanh, 1.7159f, 0.6667f },
        { ActivationKind.Elu, 1, 0 },
        { ActivationKind.Softsign, 0, 0 },
        { ActivationKind.Softplus, 0, 0 },
        { ActivationKind.Clip, -1, 6 },
    };

    [Fact]
    public void Every_activation_is_compared() => Assert.Equal(Enum.GetValues<ActivationKind>().Length, Functions.Count);

    [Theory, MemberData(nameof(Functions))]
    public void Activation_agrees_with_its_definition_and_touches_nothing_else(ActivationKind kind, float alpha, float beta)
    {
        Random random = new(Seed);
        ActivationFunction function = new(kind, alpha, beta);
        for (int trial = 0; trial < LongRun.Choose(400, 20_000); trial++)
        {
            int count = random.Next(1, 70), offset = random.Next(9);
            float[] memory = new float[offset + count + 9];
            Array.Fill(memory, Guard);
            for (int i = 0; i < count; i++) memory[offset + i] = AnyFloat(random);
            float[] expected = [.. memory], found = [.. memory];
            function.ApplyPortable(expected, offset, count);
            function.Apply(found, offset, count);
            for (int i = 0; i < memory.Length; i++)
            {
                Assert.True(Agree(kind, expected[i], found[i]),
                    $"seed {Seed}, trial {trial}, {kind}({memory[i]:R}), {i - offset} of {count}: expected {expected[i]:R}, found {found[i]:R}");
            }
        }
    }

    [Fact]
    public void State_updates_give_the_same_bits_as_their_definitions()
    {
        Random random = new(Seed);
        for (int trial = 0; trial < LongRun.Choose(500, 20_000); trial++)
        {
            int count = random.Next(1, 70), gap = count + random.Next(5), a = random.Next(9), b = a + gap, c = b + gap, d = c + gap;
            float[] memory = new float[d + gap + 9];
            for (int i = 0; i < memory.Length; i++) memory[i] = AnyFloat(random);
            SameBits(trial, memory, m => Pointwise.Multiply(m, a, b, c, count), m => Pointwise.MultiplyPortable(m, a, b, c, count));
            SameBits(trial, memory, m => Pointwise.Multiply(m, a, b, a, count), m => Pointwise.MultiplyPortable(m, a, b, a, count));
            SameBits(trial, memory, m => Pointwise.AddMultiplied(m, a, b, c, count), m => Pointwise.AddMultipliedPortable(m, a, b, c, count));
            SameBits(trial, memory, m => Pointwise.Interpolate(m, a, b, c, count), m => Pointwise.InterpolatePortable(m, a, b, c, count));
            SameBits(trial, memory, m => Pointwise.UpdateCell(m, a, b, c, d, count), m => Pointwise.UpdateCellPortable(m, a, b, c, d, count));
        }
    }

    [Fact]
    public void Standardising_gives_the_same_bits_as_its_definition()
    {
        Random random = new(Seed);
        for (int trial = 0; trial < LongRun.Choose(500, 20_000); trial++)
        {
            int count = random.Next(1, 70), source = random.Next(9), target = source + count + random.Next(5);
            float clip = random.Next(3);
            float[] memory = new float[target + count + 9], mean = new float[count], factor = new float[count];
            for (int i = 0; i < memory.Length; i++) memory[i] = AnyFloat(random);
            for (int i = 0; i < count; i++) (mean[i], factor[i]) = (random.NextSingle() - 0.5f, 2 * random.NextSingle());
            SameBits(trial, memory, m => Pointwise.Standardise(m, source, mean, factor, clip, m, target),
                m => Pointwise.StandardisePortable(m, source, mean, factor, clip, m, target, 0));
        }
    }

    private static void SameBits(int trial, float[] memory, Action<float[]> vector, Action<float[]> portable)
    {
        float[] expected = [.. memory], found = [.. memory];
        portable(expected);
        vector(found);
        for (int i = 0; i < memory.Length; i++)
        {
            bool same = BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(found[i]) || (float.IsNaN(expected[i]) && float.IsNaN(found[i]));
            Assert.True(same, $"seed {Seed}, trial {trial}, element {i}: expected {expected[i]:R}, found {found[i]:R}");
        }
    }

    // Two sums of n products, each within n roundings of the exact one in whatever order, fused or not (Higham, Accuracy and Stability, 3.1).
    private static double ProductBound(float[] w, int columns, int row, float[] memory, int xOffset, float start)
    {
        double magnitude = Math.Abs(start);
        for (int column = 0; column < columns; column++) magnitude += Math.Abs((double)w[row * columns + column] * memory[xOffset + column]);
        double roundings = (columns + 1) * UnitRoundoff;
        return 2 * roundings / (1 - roundings) * magnitude;
    }

    // NUMERICS.md: sigmoid and tanh within 2e-7 of the function, the portable ones within half a unit; everything else the same bits.
    private static bool Agree(ActivationKind kind, float expected, float found)
    {
        if (float.IsNaN(expected) || float.IsNaN(found)) return float.IsNaN(expected) && float.IsNaN(found);
        if (kind is ActivationKind.Sigmoid or ActivationKind.Tanh) return Math.Abs(expected - found) <= 2e-7 + UnitRoundoff;
        return BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(found);
    }

    private static float[] Values(Random random, int count)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = random.NextSingle() * 2 - 1;
        return values;
    }

    // Ordinary pre-activations mostly; then every other kind of float there is.
    private static float AnyFloat(Random random) => random.Next(12) switch
    {
        0 => 0f,
        1 => -0f,
        2 => BitConverter.Int32BitsToSingle(random.Next(1, 0x800000)),
        3 => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)),
        4 => random.Next(3) switch { 0 => float.PositiveInfinity, 1 => float.NegativeInfinity, _ => float.NaN },
        5 => (random.NextSingle() - 0.5f) * 200,
        _ => (random.NextSingle() - 0.5f) * 16,
    };
}
