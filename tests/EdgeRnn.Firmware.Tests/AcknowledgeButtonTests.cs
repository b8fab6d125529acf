using EdgeRnn.Firmware;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;
using EdgeRnn.Simulator;
using EdgeRnn.Tests.Detection;

namespace EdgeRnn.Tests;

/// <summary>What a press of the button does to the alarm, its pin and the buzzer.</summary>
public sealed class AcknowledgeButtonTests
{
    private const int Turn = LoopRig.PeriodMicros;

    [Theory]
    [InlineData(AcknowledgeButton.DebounceMicros - 1, false)]
    [InlineData(AcknowledgeButton.DebounceMicros, true)]
    public void A_press_counts_once_it_is_longer_than_a_contact_bounces(int micros, bool counts)
    {
        VirtualClock clock = new();
        VirtualPin pin = new(clock);
        AcknowledgeButton button = new(pin, clock);
        button.Start();
        pin.Drive(true);
        clock.Advance(micros);
        pin.Drive(false);
        clock.Advance(1_000_000); // a slow loop: the press was over long ago
        Assert.Equal(BusStatus.Ok, button.Update());
        Assert.Equal(counts, button.WasPressed);
        button.Update();
        Assert.False(button.WasPressed);
    }

    [Fact]
    public void Held_down_is_one_press_and_held_from_the_start_is_none()
    {
        VirtualClock clock = new();
        VirtualPin pin = new(clock);
        pin.Drive(true);
        AcknowledgeButton button = new(pin, clock);
        button.Start();
        int presses = 0;
        for (int i = 0; i < 50; i++)
        {
            if (i == 10) pin.Drive(false);
            if (i == 20) pin.Drive(true);
            clock.Advance(Turn);
            button.Update();
            if (button.WasPressed) presses++;
        }
        Assert.Equal(1, presses);
    }

    [Fact]
    public void A_button_to_ground_is_pressed_when_it_is_low()
    {
        VirtualClock clock = new();
        VirtualPin pin = new(clock);
        pin.Drive(true);
        AcknowledgeButton button = new(pin, clock, isActiveLow: true);
        button.Start();
        pin.Drive(false);
        clock.Advance(Turn);
        button.Update();
        Assert.True(button.WasPressed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_press_ends_the_alarm_a_latched_one_too(bool latching)
    {
        LoopRig rig = Alarming(latching);
        Assert.True(rig.BuzzerPin.Edges.Count > 0);
        Press(rig);
        rig.Feed(1);
        rig.Turn();
        Assert.False(rig.Detector.IsAlarming);
        Assert.False(rig.AlarmPin.IsHigh);
        Assert.False(rig.BuzzerPin.IsHigh);
        rig.Feed(300);
        rig.Turn(300);
        Assert.False(rig.AlarmPin.IsHigh);
    }

    [Fact]
    public void Without_a_press_a_latched_alarm_beeps_on_when_all_is_well_again()
    {
        LoopRig rig = Alarming(latching: true);
        rig.Feed(300);
        rig.Turn(290);
        int edges = rig.BuzzerPin.Edges.Count;
        rig.Turn(10);
        Assert.True(rig.AlarmPin.IsHigh);
        Assert.True(rig.BuzzerPin.Edges.Count > edges);
    }

    [Fact]
    public void Where_the_cause_goes_on_the_alarm_comes_back_on_its_pin_and_the_buzzer_stays_quiet()
    {
        LoopRig rig = Alarming(latching: false);
        int alarms = rig.Detector.AlarmCount;
        Press(rig);
        rig.TurnStrange(2);
        int edges = rig.BuzzerPin.Edges.Count;
        rig.TurnStrange(60);
        Assert.True(rig.AlarmPin.IsHigh);
        Assert.True(rig.Detector.AlarmCount > alarms);
        Assert.Equal(edges, rig.BuzzerPin.Edges.Count);
    }

    [Fact]
    public void A_press_without_an_alarm_silences_nothing()
    {
        LoopRig rig = new();
        rig.MakeReady();
        Press(rig);
        rig.Feed(1);
        rig.Turn();
        for (int turn = 0; turn < 40 && !rig.AlarmPin.IsHigh; turn++) rig.TurnStrange();
        Assert.True(rig.BuzzerPin.IsHigh);
    }

    [Fact]
    public void A_button_that_cannot_be_read_is_counted_and_found_again()
    {
        LoopRig rig = Alarming(latching: true);
        int faults = rig.Loop.Counters.OutputFaults;
        rig.ButtonPin.IsBroken = true;
        rig.TurnStrange(3);
        Assert.Equal(faults + 3, rig.Loop.Counters.OutputFaults);
        rig.ButtonPin.IsBroken = false;
        rig.TurnStrange();
        Press(rig);
        rig.TurnStrange();
        Assert.False(rig.Detector.IsAlarming);
    }

    [Fact]
    public void A_button_that_cannot_be_read_at_the_start_is_tried_again()
    {
        LoopRig rig = new(settings: Settings(latching: true));
        rig.ButtonPin.IsBroken = true;
        rig.Start();
        rig.Feed(2);
        rig.Turn();
        Assert.Equal(1, rig.Loop.Counters.OutputFaults);
        rig.ButtonPin.IsBroken = false;
        rig.Turn();
        Assert.Equal(1, rig.Loop.Counters.OutputFaults);
        Press(rig);
        rig.Turn();
        Assert.True(rig.Loop.Button!.WasPressed);
    }

    [Fact]
    public void A_buzzer_that_cannot_be_written_is_counted_with_the_other_pins()
    {
        LoopRig rig = new();
        rig.Start();
        rig.BuzzerPin.IsBroken = rig.AlarmPin.IsBroken = true;
        rig.Feed(2);
        rig.Turn(2);
        Assert.Equal(2, rig.Loop.Counters.OutputFaults);
        Assert.True(rig.LedPin.IsHigh);
    }

    [Fact]
    public void An_acknowledgement_without_a_press_silences_the_buzzer_and_ends_the_alarm_as_well()
    {
        LoopRig rig = Alarming(latching: true);
        rig.Loop.Acknowledge();
        Assert.True(rig.Loop.Buzzer!.IsSilenced);
        Assert.False(rig.Detector.IsAlarming);
    }

    [Fact]
    public void An_acknowledgement_without_an_alarm_silences_no_later_one()
    {
        LoopRig rig = new();
        rig.MakeReady();
        rig.Loop.Acknowledge();
        Assert.False(rig.Loop.Buzzer!.IsSilenced);
    }

    private static LoopRig Alarming(bool latching)
    {
        LoopRig rig = new(settings: Settings(latching));
        rig.MakeReady();
        for (int turn = 0; turn < 40 && !rig.AlarmPin.IsHigh; turn++) rig.TurnStrange();
        Assert.True(rig.AlarmPin.IsHigh);
        Assert.True(rig.BuzzerPin.IsHigh);
        return rig;
    }

    private static DetectorSettings Settings(bool latching)
    {
        DetectorSettings settings = WatchedStream.Settings();
        settings.Latching = latching;
        return settings;
    }

    // Half a turn long, between two turns.
    private static void Press(LoopRig rig)
    {
        rig.ButtonPin.Drive(true);
        rig.Clock.Advance(Turn / 2);
        rig.ButtonPin.Drive(false);
    }
}
