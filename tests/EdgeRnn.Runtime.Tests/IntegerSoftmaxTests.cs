using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>The integer softmax against double arithmetic.</summary>
public sealed class IntegerSoftmaxTests(ITestOutputHelper output)
{
    private const int Seed = 20261124, Guard = -77;

    // Half a unit of rounding, 0.5 of the straight lines (5.9e-5 times p (1 - p)), 0.2 of the last bit of the exponent.
    private const double Tolerance = 1.25;

    [Fact]
    public void Probabilities_are_near_the_exact_ones_and_keep_the_order()
    {
        Random random = new(Seed);
        double worst = 0, worstSum = 0;
        for (int trial = 0; trial < LongRun.Choose(3_000, 100_000); trial++)
        {
            int count = random.Next(1, 40), at = random.Next(4), bits = random.Next(-15, 39);
            double spread = Math.Min(QuantizedLimits.MaxPreActivation, 20 * random.NextDouble() * Math.Pow(2, bits));
            int[] x = [.. Enumerable.Range(0, count).Select(_ => (int)((random.NextDouble() * 2 - 1) * spread))];
            int[] p = Softmax(x, at, bits);
            double[] exact = Exact(x, bits);
            string what = $"seed {Seed}, trial {trial}, {bits} fraction bits";
            for (int i = 0; i < count; i++)
            {
                double error = Math.Abs(p[i] - Math.Min(32767, 32768 * exact[i]));
                worst = Math.Max(worst, error);
                Assert.True(error <= Tolerance, $"{what}, class {i} of {count}: expected {32768 * exact[i]:F3}, found {p[i]}");
                Assert.InRange(p[i], 0, 32767);
                for (int j = 0; j < count; j++)
                    Assert.True(x[i] <= x[j] || p[i] >= p[j], $"{what}: classes {i} and {j} change places");
            }
            double sumError = Math.Abs(p.Sum() - 32768);
            worstSum = Math.Max(worstSum, sumError);
            Assert.True(sumError <= count / 2.0 + 1, $"{what}: the sum of {count} probabilities is {p.Sum()}");
        }
        output.WriteLine($"at most {worst:F3} units off, sums at most {worstSum}");
    }

    [Fact]
    public void Two_classes_are_near_the_exact_ones_at_every_distance()
    {
        double worst = 0;
        for (int distance = 0; distance <= 65_534; distance++)
        {
            int[] x = [32_767, 32_767 - distance], p = Softmax(x, 0, 12);
            double[] exact = Exact(x, 12);
            for (int i = 0; i < 2; i++) worst = Math.Max(worst, Math.Abs(p[i] - Math.Min(32767, 32768 * exact[i])));
        }
        output.WriteLine($"at most {worst:F3} units off");
        Assert.InRange(worst, 0, Tolerance);
    }

    [Fact]
    public void A_single_class_is_certain_and_equal_classes_share()
    {
        Assert.Equal([32_767], Softmax([-32_767], 0, 15));
        Assert.Equal([8_192, 8_192, 8_192, 8_192], Softmax([5, 5, 5, 5], 1, 0));
    }

    [Theory]
    [InlineData(-15)]
    [InlineData(0)]
    [InlineData(38)]
    public void Inputs_beyond_16_bits_do_not_overflow(int bits)
    {
        int[] x = [int.MaxValue, int.MinValue, int.MaxValue];
        int[] found = Softmax(x, 0, bits);
        double[] exact = Exact(x, bits);
        for (int i = 0; i < x.Length; i++) Assert.InRange(found[i] - 32768 * exact[i], -Tolerance, Tolerance);
    }

    private static int[] Softmax(int[] x, int at, int bits)
    {
        int[] memory = [.. Enumerable.Repeat(Guard, at), .. x, Guard];
        new IntegerSoftmax(bits).Apply(memory, at, x.Length);
        Assert.All(memory[..at], value => Assert.Equal(Guard, value));
        Assert.Equal(Guard, memory[^1]);
        return memory[at..^1];
    }

    private static double[] Exact(int[] x, int bits)
    {
        double largest = x.Max(), scale = Math.Pow(2, -bits);
        double[] powers = [.. x.Select(value => Math.Exp((value - largest) * scale))];
        double sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }
}
