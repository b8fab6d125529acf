using System;
using System.Linq;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>The equations of Sources/README.md, looked at from outside.</summary>
public sealed class PumpTests
{
    [Theory]
    [InlineData(0UL)]
    [InlineData(1_000_000UL)]
    public void In_order_it_moves_6_m3_an_hour_at_2_bar(ulong seed)
    {
        ISource pump = Made.Source("pump", seed);
        Assert.Equal(6, pump.Values("flow", 0, 60, 10).Average(), 0.15);
        Assert.Equal(200e3, pump.Values("pressure", 0, 60, 10).Average(), 8e3);
        Assert.Equal(1, pump.Values("current", 0, 60, 10).Average(), 0.02);
        Assert.Equal(12 - 0.3, pump.ValueOf("voltage", 60), 0.05);
    }

    [Theory]
    [InlineData("valve", 0.3, -1, 1, -1)]     // closed behind the pump: less flow, more pressure
    [InlineData("blockage", 0.8, -1, -1, -1)] // closed ahead of it: less of all
    [InlineData("leak", 1, -1, -1, -1)]       // lost behind it: the circuit gets less
    [InlineData("dry", 1, -1, -1, -1)]        // air: next to nothing
    [InlineData("jam", 0.5, -1, -1, 1)]       // the rotor is held: current
    [InlineData("speed", 1.1, 1, 1, 1)]
    public void A_fault_shows_in_flow_pressure_and_current(string setting, double to, int flow, int pressure, int current)
    {
        ISource pump = Made.Source("pump", 1);
        double[] before = Means(pump, 0);
        pump.Change(setting, to, 60);
        double[] after = Means(pump, 70);
        Assert.Equal([flow, pressure, current], before.Zip(after, (from, value) => value > 1.04 * from ? 1 : value < 0.96 * from ? -1 : 0));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(3UL)]
    [InlineData(1_000_000UL)]
    public void A_sump_fills_and_is_emptied_between_two_levels(ulong seed)
    {
        ISource pump = Made.Source("pump", seed, ("use", "sump"));
        double[] levels = pump.Values("level", 0, 1800, 1);
        Assert.InRange(levels.Min(), 0.28, 0.31);
        Assert.InRange(levels.Max(), 0.89, 0.93);
        Assert.InRange(levels.Zip(levels.Skip(1)).Count(pair => pair.First < 0.6 && pair.Second >= 0.6), 9, 14); // 162 s a turn
        Assert.Equal(1.3, pump.ValueOf("level", 1790) + pump.ValueOf("distance", 1790), 1e-12);
    }

    [Fact]
    public void A_sump_whose_pump_does_not_start_fills_to_the_rim()
    {
        ISource pump = Made.Source("pump", 1, ("use", "sump"));
        pump.Change("running", 0, 100);
        Assert.Equal(1.2, pump.ValueOf("level", 600), 0.02);
        Assert.Equal(0, pump.ValueOf("flow", 600), 0.01);
    }

    private static double[] Means(ISource pump, double from) =>
        [.. new[] { "flow", "pressure", "current" }.Select(output => pump.Values(output, from, from + 40, 10).Average())];
}
