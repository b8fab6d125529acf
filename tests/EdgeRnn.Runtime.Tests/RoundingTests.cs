using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Rounding without the library's functions, which not every device has.</summary>
public sealed class RoundingTests
{
    [Theory]
    [InlineData(0.0), InlineData(0.5), InlineData(-0.5), InlineData(1.0), InlineData(-1.0), InlineData(-1.0000000000000002)]
    [InlineData(1e15 + 0.5), InlineData(-1e15 - 0.5), InlineData(9.2e18), InlineData(-9.2e18), InlineData(double.Epsilon), InlineData(-double.Epsilon)]
    public void Floor_is_that_of_the_library(double value) => Assert.Equal((long)Math.Floor(value), Rounding.Floor(value));

    [Fact]
    public void Floor_is_that_of_the_library_for_random_numbers()
    {
        Random random = new(20);
        for (int i = 0; i < 10_000; i++)
        {
            double value = (random.NextDouble() - 0.5) * Math.Pow(2, random.Next(62));
            Assert.True((long)Math.Floor(value) == Rounding.Floor(value), $"{value:R}, seed 20");
        }
    }

    [Fact]
    public void What_no_number_holds_does_not_wrap_round()
    {
        Assert.Equal(0, Rounding.Floor(double.NaN));
        Assert.Equal(long.MaxValue, Rounding.Floor(double.PositiveInfinity));
        Assert.Equal(long.MinValue, Rounding.Floor(double.NegativeInfinity));
    }
}
