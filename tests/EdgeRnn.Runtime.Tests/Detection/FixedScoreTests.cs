using System;
using System.Numerics;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

public sealed class FixedScoreTests
{
    private const int Seed = 4001;

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(1.0, 65536)]
    [InlineData(-1.0, -65536)]
    [InlineData(0.5 / 65536, 1)]
    [InlineData(-0.5 / 65536, 0)]
    [InlineData(16384.0, FixedScore.Max)]
    [InlineData(-16384.0, -FixedScore.Max)]
    [InlineData(1e300, FixedScore.Max)]
    [InlineData(-1e300, -FixedScore.Max)]
    [InlineData(double.PositiveInfinity, FixedScore.Max)]
    [InlineData(double.NegativeInfinity, -FixedScore.Max)]
    [InlineData(double.NaN, 0)]
    public void Of_rounds_to_the_nearest_and_saturates(double value, int expected) => Assert.Equal(expected, FixedScore.Of(value));

    [Theory]
    [InlineData(3, 17, 2)]
    [InlineData(-3, 17, -1)]
    [InlineData(5, 16, 5)]
    [InlineData(5, 14, 20)]
    [InlineData(int.MaxValue, 0, FixedScore.Max)]
    [InlineData(int.MinValue, 0, -FixedScore.Max)]
    [InlineData(int.MaxValue, 46, 2)]
    public void FromBits_rounds_halves_upwards_and_saturates(int value, int bits, int expected) =>
        Assert.Equal(expected, FixedScore.FromBits(value, bits));

    [Fact]
    public void Multiply_is_the_rounded_product()
    {
        ScoreStream stream = new(Seed);
        for (int i = 0; i < 10_000; i++)
        {
            int a = stream.Any(), b = stream.Any();
            double exact = Math.Floor((double)((BigInteger)a * b + (FixedScore.One >> 1)) / FixedScore.One);
            Assert.True(Math.Clamp(exact, -FixedScore.Max, FixedScore.Max) == FixedScore.Multiply(a, b), $"seed {Seed}: {a} * {b}");
        }
    }

    [Fact]
    public void SquareRoot_is_the_largest_number_whose_square_fits()
    {
        ScoreStream stream = new(Seed);
        for (int i = 0; i < 10_000; i++)
        {
            long value = i < 100 ? i : i == 100 ? long.MaxValue : (long)Math.Pow(2, 63 * stream.Uniform());
            BigInteger root = FixedScore.SquareRoot(value);
            Assert.True(root * root <= value && (root + 1) * (root + 1) > value, $"seed {Seed}: root of {value} is {root}");
        }
    }
}
