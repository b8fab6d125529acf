using System;
using System.Numerics;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>
/// Integer updates of states: the portable ones against whole numbers of any size, the vector ones against the portable ones.
/// </summary>
public sealed class QuantizedPointwiseTests
{
    private const int Seed = 20261206;
    private const int PreLimit = 1 << 29;

    [Fact]
    public void State_of_a_gru_follows_its_formula()
    {
        Same((random, m, run, count) =>
        {
            int shift = random.Next(2) == 0 ? 14 : random.Next(15);
            Fill(random, m, run[0], count, 0, 1 << 24);
            Fill(random, m, run[1], count, -(1 << 15), 1 << 15);
            Fill(random, m, run[2], count, -PreLimit, PreLimit);
            return new Forms(
                a => QuantizedPointwise.UpdateState(a, run[0], run[1], run[2], shift, count),
                a => QuantizedPointwise.UpdateStatePortable(a, run[0], run[1], run[2], shift, count),
                run[2], (a, i) =>
                {
                    BigInteger n = (BigInteger)a[run[1] + i] << shift;
                    return n + ((a[run[0] + i] * (a[run[2] + i] - n) + (1 << 23)) >> 24);
                });
        });
    }

    [Fact]
    public void Cell_of_an_lstm_follows_its_formula()
    {
        Same((random, m, run, count) =>
        {
            Fill(random, m, run[0], count, 0, 1 << 24);
            Fill(random, m, run[1], count, 0, 1 << 24);
            Fill(random, m, run[2], count, -(1 << 15), 1 << 15);
            Fill(random, m, run[3], count, -int.MaxValue, int.MaxValue);
            Fill(random, m, run[4], count, 0, (1 << 24) - 1);
            return new Forms(
                a => QuantizedPointwise.UpdateCell(a, run[0], run[1], run[2], run[3], run[4], count),
                a => QuantizedPointwise.UpdateCellPortable(a, run[0], run[1], run[2], run[3], run[4], count),
                run[3], (a, i) => Sum(a, i) >> 24, run[4], (a, i) => Sum(a, i) & 0xFFFFFF);

            BigInteger Sum(int[] a, int i)
            {
                BigInteger kept = (BigInteger)a[run[0] + i] * a[run[3] + i], added = (BigInteger)a[run[1] + i] * a[run[2] + i];
                BigInteger sum = kept + (added << 2) + a[run[4] + i];
                return BigInteger.Max(-(BigInteger)int.MaxValue << 24, BigInteger.Min(sum, (BigInteger.One << 55) - 1));
            }
        });
    }

    [Fact]
    public void Gated_numbers_follow_their_formula()
    {
        Same((random, m, run, count) =>
        {
            int target = run[random.Next(3)];
            Fill(random, m, run[0], count, 0, 1 << 15);
            Fill(random, m, run[1], count, -(1 << 15), 1 << 15);
            return new Forms(
                a => QuantizedPointwise.Multiply(a, run[0], run[1], target, count),
                a => QuantizedPointwise.MultiplyPortable(a, run[0], run[1], target, count),
                target, (a, i) => Clamp(((BigInteger)a[run[0] + i] * a[run[1] + i] + (1 << 14)) >> 15, 32767));
        });
    }

    [Fact]
    public void Gated_pre_activations_follow_their_formula()
    {
        Same((random, m, run, count) =>
        {
            Fill(random, m, run[0], count, 0, 1 << 15);
            Fill(random, m, run[1], count, -PreLimit, PreLimit);
            Fill(random, m, run[2], count, -PreLimit, PreLimit);
            return new Forms(
                a => QuantizedPointwise.AddMultiplied(a, run[0], run[1], run[2], count),
                a => QuantizedPointwise.AddMultipliedPortable(a, run[0], run[1], run[2], count),
                run[2],
                (a, i) => Clamp(a[run[2] + i] + (((BigInteger)a[run[0] + i] * a[run[1] + i] + (1 << 14)) >> 15), PreLimit));
        });
    }

    [Fact]
    public void Rounding_follows_its_formula_and_does_not_wrap()
    {
        int[] limits = [QuantizedPointwise.Limit16, QuantizedPointwise.Limit8, int.MaxValue];
        Same((random, m, run, count) =>
        {
            int shift = random.Next(32), limit = limits[random.Next(3)], target = run[random.Next(2)];
            Fill(random, m, run[0], count, int.MinValue, int.MaxValue);
            return new Forms(
                a => QuantizedPointwise.Round(a, run[0], target, shift, limit, count),
                a => QuantizedPointwise.RoundPortable(a, run[0], target, shift, limit, count),
                target, (a, i) => Clamp((a[run[0] + i] + (shift == 0 ? 0 : BigInteger.One << (shift - 1))) >> shift, limit));
        });
    }

    [Fact]
    public void Complement_is_what_is_left_of_one()
    {
        int[] memory = [0, 5, QuantizedPointwise.One24, 99, 99, 99, 99];
        QuantizedPointwise.Complement(memory, 0, 3, QuantizedPointwise.One24, 3);
        Assert.Equal([0, 5, 1 << 24, 1 << 24, (1 << 24) - 5, 0, 99], memory);
    }

    private delegate Forms Setup(Random random, int[] memory, int[] runs, int count);

    // One operation: as it is called, its definition, the run it changes and its formula for one unit of that run; another run likewise.
    private sealed record Forms(Action<int[]> Called, Action<int[]> Portable, int Target, Func<int[], int, BigInteger> Formula,
        int OtherTarget = 0, Func<int[], int, BigInteger>? OtherFormula = null);

    private static void Same(Setup setup)
    {
        for (int trial = 0; trial < LongRun.Choose(400, 20_000); trial++)
        {
            Random random = new(Seed + trial);
            int count = random.Next(1, 70), gap = count + random.Next(5), start = random.Next(9);
            int[] runs = [start, start + gap, start + 2 * gap, start + 3 * gap, start + 4 * gap], memory = new int[start + 5 * gap + 9];
            for (int i = 0; i < memory.Length; i++) memory[i] = random.Next(int.MinValue, int.MaxValue);
            Forms forms = setup(random, memory, runs, count);
            int[] expected = [.. memory], portable = [.. memory], called = [.. memory];
            for (int i = 0; i < count; i++)
            {
                expected[forms.Target + i] = (int)forms.Formula(memory, i);
                if (forms.OtherFormula != null) expected[forms.OtherTarget + i] = (int)forms.OtherFormula(memory, i);
            }
            forms.Portable(portable);
            forms.Called(called);
            for (int i = 0; i < memory.Length; i++)
            {
                string what = $"seed {Seed} + {trial}, {count} units, element {i - forms.Target}, expected {expected[i]}";
                Assert.True(expected[i] == portable[i], $"{what}, the definition gives {portable[i]}");
                Assert.True(expected[i] == called[i], $"{what}, found {called[i]}");
            }
        }
    }

    // The ends of the range are drawn as often as everything between them.
    private static void Fill(Random random, int[] memory, int offset, int count, int least, int most)
    {
        for (int i = 0; i < count; i++)
        {
            memory[offset + i] = random.Next(6) switch
            {
                0 => least,
                1 => most,
                2 => (int)Math.Clamp(random.Next(-3, 4), least, (long)most),
                _ => (int)random.NextInt64(least, most + 1L),
            };
        }
    }

    private static BigInteger Clamp(BigInteger value, int limit) => BigInteger.Max(-limit, BigInteger.Min(limit, value));
}
