using System;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>Functions that are the same everywhere, against those of this machine.</summary>
public sealed class SourceMathTests
{
    [Fact]
    public void Sine_and_cosine_of_turns_are_within_their_stated_error()
    {
        for (int i = -40_000; i <= 40_000; i++)
        {
            // An angle of up to 4 turns is itself rounded by 4e-16 turns, 3e-15 radians, on either side.
            double turns = i / 10_000.0, radians = (turns - Math.Round(turns)) * 2 * Math.PI;
            Assert.Equal(Math.Sin(radians), SourceMath.SineOfTurns(turns), 3e-15);
            Assert.Equal(Math.Cos(radians), SourceMath.CosineOfTurns(turns), 3e-15);
        }
    }

    [Fact]
    public void Within_one_turn_the_sine_is_right_to_the_last_bits()
    {
        for (int i = 0; i <= 65_536; i++)
        {
            double turns = i / 524_288.0; // exact; up to an eighth
            Assert.Equal(Math.Sin(turns * (2 * Math.PI)), SourceMath.SineOfTurns(turns), 2e-16);
        }
    }

    [Fact]
    public void Quarters_are_exact_and_far_away_too()
    {
        foreach (double whole in new[] { 0, -3, (double)(1L << 50) })
        {
            Assert.Equal(0, SourceMath.SineOfTurns(whole));
            Assert.Equal(1, SourceMath.SineOfTurns(whole + 0.25));
            Assert.Equal(0, SourceMath.SineOfTurns(whole + 0.5));
            Assert.Equal(-1, SourceMath.SineOfTurns(whole + 0.75));
        }
    }

    [Fact]
    public void Sine_of_radians_is_within_its_stated_error()
    {
        for (double x = -10; x <= 10; x += 0.0037) Assert.Equal(Math.Sin(x), SourceMath.Sine(x), 4e-15);
    }

    [Fact]
    public void Exponential_is_within_its_stated_error()
    {
        for (double x = -700; x <= 700; x += 0.0371)
        {
            double expected = Math.Exp(x);
            Assert.InRange(SourceMath.Exp(x) / expected, 1 - 1e-15, 1 + 1e-15);
        }
        Assert.Equal(1, SourceMath.Exp(0));
        Assert.Equal(0, SourceMath.Exp(-1e9));
        Assert.Equal(double.PositiveInfinity, SourceMath.Exp(1e9));
        Assert.True(double.IsNaN(SourceMath.Exp(double.NaN)));
        Assert.True(double.IsNaN(SourceMath.SineOfTurns(double.PositiveInfinity)));
    }
}
