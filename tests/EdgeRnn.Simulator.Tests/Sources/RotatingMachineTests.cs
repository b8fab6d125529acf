using System;
using System.Linq;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>The equations of Sources/README.md, looked at from outside.</summary>
public sealed class RotatingMachineTests
{
    private const string Kind = "rotating-machine";

    [Fact]
    public void A_machine_that_stands_feels_gravity_alone()
    {
        ISource machine = Made.Source(Kind, 3, ("running", "0"), ("noise", "0"));
        Assert.Equal(9.80665, machine.ValueOf("az", 5), 1e-12);
        Assert.Equal(0, machine.ValueOf("shake", 5), 1e-12);
        Assert.Equal(0, machine.ValueOf("speed", 5));
        Assert.Equal(0, machine.ValueOf("current", 5));
        Assert.Equal(22, machine.ValueOf("temperature", 5), 0.5);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(1_000_000UL)]
    public void Imbalance_shakes_across_the_shaft_with_the_square_of_the_speed(ulong seed)
    {
        double slow = Shake("1000"), fast = Shake("2000");
        Assert.Equal(4, fast / slow, 0.05); // it slips a little more or less
        // A tone's deviation is its amplitude by root 2; specimens differ by a tenth, and there is 15 % of the double speed.
        double expected = 2.5 * 0.5 * Math.Pow(2000 / 1500.0, 2) / Math.Sqrt(2);
        Assert.InRange(fast, 0.88 * expected, 1.12 * expected);

        double Shake(string rpm)
        {
            ISource machine = Made.Source(Kind, seed, ("speedRpm", rpm), ("imbalance", "0.5"), ("noise", "0"));
            return Made.Deviation(machine.Values("ay", 10, 20, 1000));
        }
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(5UL)]
    [InlineData(1_000_000UL)]
    public void A_worn_bearing_rings_at_the_resonance_of_the_frame(ulong seed)
    {
        ISource machine = Made.Source(Kind, seed, ("noise", "0"), ("imbalance", "0"), ("resonanceHz", "180"), ("bearing", "0.5"));
        double[] values = machine.Values("ay", 10, 14, 2000);
        double near = Band(values, 2000, 150, 210), far = Band(values, 2000, 500, 560);
        Assert.True(near > 20 * far, $"seed {seed}: {near} against {far}");
        Assert.Equal(0, values.Average(), 0.1 * Made.Deviation(values));
    }

    [Fact]
    public void Wear_grows_in_proportion_and_warms_the_machine()
    {
        double half = Ringing("0.5"), whole = Ringing("1");
        Assert.Equal(2, whole / half, 1e-9);
        ISource machine = Made.Source(Kind, 1);
        double before = machine.ValueOf("temperature", 10);
        machine.Change("bearing", 1, 10);
        Assert.InRange(machine.ValueOf("temperature", 1810) - before, 20, 27);

        static double Ringing(string bearing) =>
            Made.Deviation(Made.Source(Kind, 4, ("noise", "0"), ("imbalance", "0"), ("bearing", bearing)).Values("az", 10, 20, 500));
    }

    [Fact]
    public void It_runs_up_with_a_surge_of_current_and_runs_down_slowly()
    {
        ISource machine = Made.Source(Kind, 1, ("running", "0"));
        machine.Change("running", 1, 10);
        double surge = machine.ValueOf("current", 10.1), steady = machine.ValueOf("current", 20);
        Assert.True(surge > 1.8 * steady, $"{surge} A against {steady} A");
        Assert.InRange(machine.ValueOf("speed", 20), 1450, 1500);
        machine.Change("running", 0, 20);
        Assert.InRange(machine.ValueOf("speed", 24), 1475 * 0.3, 1475 * 0.45); // e^-1 after the time constant
        Assert.Equal(0, machine.ValueOf("speed", 60));
    }

    [Fact]
    public void Load_slows_it_down_and_draws_current()
    {
        ISource light = Made.Source(Kind, 1, ("load", "0.3"), ("noise", "0")), heavy = Made.Source(Kind, 1, ("load", "1"), ("noise", "0"));
        Assert.True(heavy.ValueOf("speed", 30) < light.ValueOf("speed", 30) - 10);
        Assert.True(heavy.ValueOf("current", 30) > light.ValueOf("current", 30) + 0.4);
    }

    // The energy between two frequencies, by correlation with each whole hertz.
    private static double Band(double[] values, double rate, int fromHz, int toHz)
    {
        double sum = 0;
        for (int hertz = fromHz; hertz < toHz; hertz++)
        {
            double real = 0, imaginary = 0;
            for (int i = 0; i < values.Length; i++)
            {
                (double sine, double cosine) = Math.SinCos(2 * Math.PI * hertz * i / rate);
                real += cosine * values[i];
                imaginary += sine * values[i];
            }
            sum += real * real + imaginary * imaginary;
        }
        return sum;
    }
}
