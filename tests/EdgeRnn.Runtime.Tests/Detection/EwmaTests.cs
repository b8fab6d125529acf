using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

public sealed class EwmaTests
{
    private const int Seed = 4003;

    // Each step rounds by at most one of 2^16 parts of a unit; the weight forgets them, so that together they stay below 1 / weight
    // of them, at most a unit. Value rounds by half a unit. 1 / n is cut to 16 fraction bits: n / 65536 of the scores' range of 8.
    [Theory]
    [InlineData(65536)]
    [InlineData(6554)]
    [InlineData(655)]
    public void Averages_follow_the_recursion_in_double_precision(int weight)
    {
        ScoreStream stream = new(Seed + weight);
        Ewma ewma = Make(2, weight, out _);
        double[] expected = new double[2];
        int[] values = new int[3];
        double cut = 0;
        for (int step = 1; step <= 5000; step++)
        {
            double a = Math.Max(weight / 65536.0, 1.0 / step);
            cut = (1 - a) * cut + (a > weight / 65536.0 ? 1 / 65536.0 : 0);
            for (int i = 0; i < 2; i++)
            {
                values[1 + i] = FixedScore.Of(4 * i + stream.Gaussian());
                expected[i] += a * (values[1 + i] - expected[i]);
            }
            ewma.Add(values, 1);
            double tolerance = 2 + cut * 8 * FixedScore.One;
            for (int i = 0; i < 2; i++)
                Assert.True(Math.Abs(ewma.Value(i) - expected[i]) <= tolerance, $"seed {Seed + weight}, step {step}: {ewma.Value(i)}, {expected[i]}");
        }
        Assert.True(ewma.IsSound());
    }

    [Fact]
    public void The_first_value_is_the_first_average()
    {
        Ewma ewma = Make(1, 1, out _);
        ewma.Add([12345], 0);
        Assert.Equal(12345, ewma.Value(0));
    }

    [Theory]
    [InlineData(65536)]
    [InlineData(6554)]
    [InlineData(1)]
    public void The_largest_jumps_neither_wrap_nor_leave_the_range(int weight)
    {
        Ewma ewma = Make(1, weight, out _);
        for (int step = 0; step < 1000; step++)
        {
            ewma.Add([step / 3 % 2 == 0 ? FixedScore.Max : -FixedScore.Max], 0);
            Assert.InRange(ewma.Value(0), -FixedScore.Max, FixedScore.Max);
            Assert.True(ewma.IsSound());
            if (step < 3) Assert.Equal(FixedScore.Max, ewma.Value(0));
        }
    }

    // After t steps of weight a, a share (1 - a)^t of the way is left.
    [Fact]
    public void The_slowest_weight_still_arrives()
    {
        Ewma ewma = Make(1, 1, out DetectorMemory memory);
        ewma.Add([0], 0);
        memory.Ints[0] = FixedScore.One;
        const int Steps = 500_000, Target = 100;
        for (int step = 0; step < Steps; step++) ewma.Add([Target], 0);
        Assert.Equal(Target * (1 - Math.Exp(-Steps / 65536.0)), ewma.Value(0), 1.0);
    }

    [Fact]
    public void A_copied_memory_continues_the_same()
    {
        Ewma ewma = Make(1, 3000, out DetectorMemory memory), other = Make(1, 3000, out DetectorMemory copy);
        ScoreStream stream = new(Seed);
        for (int step = 0; step < 100; step++)
        {
            if (step is 5 or 60) Array.Copy(memory.Ints, copy.Ints, copy.Ints.Length);
            int[] values = [stream.Any()];
            ewma.Add(values, 0);
            if (step < 5) continue;
            other.Add(values, 0);
            Assert.Equal(ewma.Value(0), other.Value(0));
        }
    }

    private static Ewma Make(int size, int weight, out DetectorMemory memory)
    {
        memory = new DetectorMemory();
        Ewma ewma = new(memory, size, weight);
        memory.Allocate();
        return ewma;
    }
}
