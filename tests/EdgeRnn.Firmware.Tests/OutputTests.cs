using EdgeRnn.Firmware;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;
using EdgeRnn.Simulator;

namespace EdgeRnn.Tests;

/// <summary>What a loop does with what the detector says: pins and lines.</summary>
public sealed class OutputTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_alarm_pin_follows_the_alarm(bool isActiveLow)
    {
        VirtualPin pin = new(new VirtualClock());
        AlarmOutput alarm = new(pin, isActiveLow);
        foreach (bool isAlarming in new[] { false, true, true, false })
        {
            Assert.Equal(BusStatus.Ok, alarm.Update(isAlarming));
            Assert.Equal(isAlarming != isActiveLow, pin.IsHigh);
        }
    }

    [Fact]
    public void An_anomaly_ends_in_the_pin_and_stays_there_while_a_sensor_is_faulty()
    {
        LoopRig rig = new();
        rig.MakeReady();
        Assert.Empty(rig.AlarmPin.Edges);
        for (int turn = 0; turn < 40 && !rig.AlarmPin.IsHigh; turn++) rig.TurnStrange();
        Assert.True(rig.AlarmPin.IsHigh);
        Assert.Equal(DetectorState.Alarm, rig.Detector.State);
        rig.Sensor.Lasting = BusStatus.NoAnswer;
        rig.Turn(20);
        Assert.Equal(DetectorState.SensorFault, rig.Detector.State);
        Assert.True(rig.AlarmPin.IsHigh);
    }

    [Fact]
    public void A_pin_that_fails_is_counted_and_the_loop_goes_on()
    {
        LoopRig rig = new();
        rig.Start();
        rig.Feed(10);
        rig.AlarmPin.IsBroken = true;
        rig.Turn(4);
        Assert.Equal(4, rig.Loop.Counters.OutputFaults);
        rig.AlarmPin.IsBroken = false;
        rig.LedPin.IsBroken = true;
        rig.Turn(2);
        Assert.Equal(6, rig.Loop.Counters.OutputFaults);
        rig.LedPin.IsBroken = false;
        rig.Turn(4);
        Assert.Equal(6, rig.Loop.Counters.OutputFaults);
        Assert.Equal(10, rig.Loop.Counters.Samples);
    }

    [Theory]
    [InlineData(DetectorState.WarmingUp, "########........")]
    [InlineData(DetectorState.Calibrating, "####....####....")]
    [InlineData(DetectorState.Ready, "#...............")]
    [InlineData(DetectorState.Alarm, "################")]
    [InlineData(DetectorState.SensorFault, "#.#.............")]
    public void Each_state_has_a_pattern_of_two_seconds(DetectorState state, string pattern)
    {
        VirtualPin pin = new(new VirtualClock());
        StatusLed led = new(pin), inverted = new(pin, isActiveLow: true);
        for (int tick = 0; tick < 32; tick++)
        {
            Assert.Equal(BusStatus.Ok, led.Update(state, tick * (long)StatusLed.TickMicros + 100));
            Assert.Equal(pattern[tick % 16] == '#', pin.IsHigh);
            inverted.Update(state, tick * (long)StatusLed.TickMicros);
            Assert.Equal(pattern[tick % 16] != '#', pin.IsHigh);
        }
    }

    [Fact]
    public void A_start_that_failed_flickers()
    {
        VirtualPin pin = new(new VirtualClock());
        StatusLed led = new(pin);
        for (int tick = 0; tick < 16; tick++)
        {
            led.ShowFailure(tick * (long)StatusLed.TickMicros);
            Assert.Equal(tick % 2 == 0, pin.IsHigh);
        }
    }

    [Fact]
    public void A_line_per_report_period_says_score_threshold_and_alarm()
    {
        LoopRig rig = new();
        rig.MakeReady();
        // Ten turns a second, a line every ten: the first one a second after the start.
        Assert.Equal(rig.Loop.Counters.Turns / 10, rig.Lines.Count);
        Assert.All(rig.Lines, line => Assert.Matches("^score:[0-9]+[.][0-9]{4} threshold:[0-9]+[.][0-9]{4} alarm:[01]\n$", line));
        string[] words = rig.Lines[^1].TrimEnd().Split(' ', ':');
        Assert.Equal(rig.Detector.Threshold, float.Parse(words[3], System.Globalization.CultureInfo.InvariantCulture), 1e-4f);
        Assert.Equal("0.0000", rig.Lines[0].Split(' ', ':')[3]);
    }

    [Fact]
    public void Lines_that_were_missed_are_not_made_up_for()
    {
        LoopRig rig = new();
        rig.Start();
        rig.Feed(30);
        rig.Turn(10);
        Assert.Single(rig.Lines);
        rig.Clock.Advance(5_000_000);
        rig.Turn();
        Assert.Equal(2, rig.Lines.Count);
        rig.Turn(9);
        Assert.Equal(2, rig.Lines.Count);
        rig.Turn();
        Assert.Equal(3, rig.Lines.Count);
    }
}
