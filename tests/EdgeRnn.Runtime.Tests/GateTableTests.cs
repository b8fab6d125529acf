using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>The committed tables are what their definitions say, computed again in decimal arithmetic of 28 digits.</summary>
public sealed class GateTableTests
{
    // A sum of a few terms and a product of 560 factors are off by less than 1e-24, a knot by less than 1e-15: nearer than
    // this to a half it could round either way.
    private const decimal Certain = 1e-15m;

    [Fact]
    public void Knots_of_the_logistic_function_are_correctly_rounded()
    {
        decimal fall = Exponential(-1m / 32), power = 1;
        Assert.Equal(GateTable.Steps + 1, GateTable.Load().Length);
        foreach (int knot in GateTable.Load())
        {
            decimal s = power / (1 + power), lowered = s - s * (1 - s) * (1 - 2 * s) / 16_384;
            Assert.Equal(Rounded(lowered * (1 << GateTable.KnotBits)), knot);
            power *= fall;
        }
    }

    [Fact]
    public void Powers_of_two_are_correctly_rounded()
    {
        const decimal Ln2 = 0.6931471805599453094172321215m;
        decimal fall = Exponential(-Ln2 / 32), power = 1;
        Assert.Equal(33, ExponentialTable.Load().Length);
        foreach (int knot in ExponentialTable.Load())
        {
            Assert.Equal(Rounded(power * (1 << ExponentialTable.KnotBits)), knot);
            power *= fall;
        }
    }

    // A model's bits depend on every knot: another table is another arithmeticVersion.
    [Fact]
    public void Tables_are_those_of_arithmetic_version_1()
    {
        Assert.Equal(0x90A2CF3Au, Checksum(GateTable.Load()));
        Assert.Equal(0xBA1A34D4u, Checksum(ExponentialTable.Load()));
    }

    [Fact]
    public void Products_of_the_interpolation_stay_within_32_bits()
    {
        int steepest = GateTable.Load().Zip(GateTable.Load().Skip(1), (left, right) => left - right).Max();
        Assert.InRange((long)steepest << (GateFunction.InputBits - GateTable.StepsPerUnitBits), 1, int.MaxValue);
    }

    private static int Rounded(decimal value)
    {
        decimal floor = Math.Floor(value), rest = value - floor;
        Assert.True(Math.Abs(rest - 0.5m) > Certain, $"{value} is too near to a half to be rounded with 28 digits");
        return (int)floor + (rest > 0.5m ? 1 : 0);
    }

    // Taylor's series; |x| is small here, so no term is larger than the first.
    private static decimal Exponential(decimal x)
    {
        decimal sum = 1, term = 1;
        for (int n = 1; term != 0; n++)
        {
            term = term * x / n;
            sum += term;
        }
        return sum;
    }

    private static uint Checksum(int[] values)
    {
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(values[i >> 2] >> (8 * (i & 3)));
        return Crc32.Compute(bytes, 0, bytes.Length);
    }
}
