using System;
using System.Linq;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>The equations of Sources/README.md, looked at from outside.</summary>
public sealed class RoomTests
{
    private const double Hour = 3600;

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(1_000_000UL)]
    public void A_heated_room_keeps_its_temperature_for_days(ulong seed)
    {
        double[] values = Made.Source("room", seed).Values("temperature", 2 * Hour, 72 * Hour, 1 / 60.0);
        Assert.InRange(values.Min(), 20.2, 21);
        Assert.InRange(values.Max(), 21, 22);
        // The heater goes on and off: the temperature crosses the setpoint many times a day.
        Assert.InRange(values.Zip(values.Skip(1)).Count(pair => pair.First < 21 && pair.Second >= 21), 100, 700);
    }

    [Fact]
    public void Without_heating_it_cools_towards_the_outside()
    {
        ISource room = Made.Source("room", 1, ("outsideSwing", "0"));
        room.Change("heating", 0, 3 * Hour);
        double after = room.ValueOf("temperature", 4 * Hour);
        Assert.InRange(after, 15, 18);
        Assert.InRange(room.ValueOf("temperature", 30 * Hour), 4, 9);
    }

    [Fact]
    public void An_open_window_cools_it_down_in_minutes_and_changes_the_air()
    {
        ISource room = Made.Source("room", 1);
        double before = room.ValueOf("temperature", 3 * Hour);
        room.Change("window", 1, 3 * Hour);
        Assert.InRange(before - room.ValueOf("temperature", 3 * Hour + 300), 1, 4);
        Assert.NotEqual(0, room.ValueOf("humidity", 3 * Hour) - room.ValueOf("humidity", 3 * Hour + 600), 0.5);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(9UL)]
    [InlineData(1_000_000UL)]
    public void Somebody_moves_by_day_and_nobody_by_night(ulong seed)
    {
        ISource room = Made.Source("room", seed, ("startHour", "0"));
        Assert.Equal(0, room.Values("motion", 0, 7 * Hour, 1).Sum());
        double byDay = room.Values("motion", 7 * Hour, 22 * Hour, 1).Average();
        // There three quarters of the time, in motion two fifths of it; 60 visits of a quarter of an hour vary by 0.056 x 0.4.
        Assert.InRange(byDay, 0.18, 0.42);
        Assert.Equal(0, room.Values("motion", 22 * Hour, 24 * Hour, 1).Sum());
    }

    [Fact]
    public void A_visitor_comes_whatever_the_hour()
    {
        ISource room = Made.Source("room", 1, ("startHour", "0"));
        room.Change("visitor", 1, 2 * Hour);
        Assert.True(room.Values("motion", 2 * Hour, 2 * Hour + 60, 1).Sum() > 5);
    }

    [Fact]
    public void Warmer_air_that_holds_as_much_water_is_dryer()
    {
        ISource cool = Made.Source("room", 1, ("setpoint", "18"), ("noise", "0"));
        ISource warm = Made.Source("room", 1, ("setpoint", "24"), ("noise", "0"));
        // 5.4 + 1 g/m3 at the start; air holds 15.4 g/m3 at 18 degC and 21.8 at 24.
        Assert.Equal(15.4 / 21.8, warm.ValueOf("humidity", 1) / cool.ValueOf("humidity", 1), 0.03);
    }
}
