using System.Linq;
using EdgeRnn.Firmware;
using EdgeRnn.Hardware;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>When the buzzer sounds.</summary>
public sealed class BuzzerTests
{
    private const long Tick = Buzzer.TickMicros;

    private readonly VirtualPin _pin = new(new VirtualClock());

    [Theory]
    [InlineData(0)]
    [InlineData(3 * Tick + 7)]
    public void An_alarm_beeps_twice_a_second_from_its_begin_on(long beganMicros)
    {
        const string Pattern = "#.#.....";
        Buzzer buzzer = new(_pin);
        for (int tick = 0; tick < 24; tick++)
        {
            Assert.Equal(BusStatus.Ok, buzzer.Update(true, beganMicros + tick * Tick));
            Assert.Equal(Pattern[tick % 8] == '#', _pin.IsHigh);
        }
    }

    [Fact]
    public void Active_low_is_the_same_the_other_way_round()
    {
        Buzzer buzzer = new(_pin, isActiveLow: true);
        buzzer.Update(false, 0);
        Assert.True(_pin.IsHigh);
        buzzer.Update(true, Tick);
        Assert.False(_pin.IsHigh);
        buzzer.Update(true, 2 * Tick);
        Assert.True(_pin.IsHigh);
    }

    [Fact]
    public void No_alarm_no_beep()
    {
        Buzzer buzzer = new(_pin);
        for (int tick = 0; tick < 24; tick++) buzzer.Update(false, tick * Tick);
        buzzer.Update(true, 24 * Tick);
        buzzer.Update(false, 24 * Tick + 1);
        Assert.Equal([true, false], _pin.Edges.Select(edge => edge.IsHigh));
    }

    [Fact]
    public void An_acknowledged_alarm_is_quiet_until_it_is_over_for_ten_seconds()
    {
        Buzzer buzzer = new(_pin);
        buzzer.Update(true, 0);
        buzzer.Silence(1);
        for (int tick = 0; tick < 100; tick++)
        {
            buzzer.Update(tick % 50 != 9, tick * Tick); // it ends and begins again, as where the cause goes on
            Assert.False(_pin.IsHigh);
        }
        long over = 99 * Tick + Buzzer.SameAlarmMicros;
        buzzer.Update(false, over - 1);
        Assert.True(buzzer.IsSilenced);
        buzzer.Update(false, over);
        Assert.False(buzzer.IsSilenced);
        buzzer.Update(true, over + 1);
        Assert.True(_pin.IsHigh);
    }

    [Fact]
    public void A_clock_that_goes_back_leaves_the_buzzer_working()
    {
        Buzzer buzzer = new(_pin);
        buzzer.Update(true, 1_000_000_000);
        buzzer.Update(true, 1_000_000_000 + Tick);
        Assert.False(_pin.IsHigh);
        buzzer.Update(true, 5);
        Assert.True(_pin.IsHigh);
        buzzer.Silence(1_000_000_000);
        buzzer.Update(false, 10);
        buzzer.Update(false, 10 + Buzzer.SameAlarmMicros);
        Assert.False(buzzer.IsSilenced);
    }

    [Fact]
    public void A_pin_that_fails_says_so()
    {
        _pin.IsBroken = true;
        Assert.Equal(BusStatus.Failed, new Buzzer(_pin).Update(true, 0));
    }
}
