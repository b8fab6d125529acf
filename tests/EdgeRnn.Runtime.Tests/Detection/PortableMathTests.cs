using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

public sealed class PortableMathTests
{
    private const int Seed = 4002;
    private const double FewUnits = 2e-15; // nine units of a double's last place

    [Fact]
    public void Log_is_the_logarithm_up_to_a_few_units_of_the_last_place()
    {
        ScoreStream stream = new(Seed);
        for (int i = 0; i < 10_000; i++)
        {
            double value = Math.Exp(1400 * stream.Uniform() - 700), expected = Math.Log(value);
            Assert.True(Math.Abs(PortableMath.Log(value) - expected) <= FewUnits * Math.Max(Math.Abs(expected), 1), $"seed {Seed}: log {value}");
        }
        for (int i = 0; i < 1000; i++)
        {
            double value = 0.5 + i / 500.0, expected = Math.Log(value);
            Assert.Equal(expected, PortableMath.Log(value), FewUnits * Math.Abs(expected));
        }
        Assert.Equal(0, PortableMath.Log(1));
    }

    // The exponent's own rounding shows in the result: 600 has 10 bits before its fraction.
    [Fact]
    public void Exp_is_the_exponential_up_to_a_few_units_of_the_last_place()
    {
        ScoreStream stream = new(Seed);
        for (int i = 0; i < 10_000; i++)
        {
            double value = i % 2 == 0 ? 1200 * stream.Uniform() - 600 : stream.Gaussian(), expected = Math.Exp(value);
            Assert.True(Math.Abs(PortableMath.Exp(value) - expected) <= FewUnits * expected, $"seed {Seed}: exp {value}");
        }
        Assert.Equal(1, PortableMath.Exp(0));
        Assert.Equal(PortableMath.Exp(600), PortableMath.Exp(1e300));
        Assert.Equal(PortableMath.Exp(-600), PortableMath.Exp(-1e300));
    }
}
