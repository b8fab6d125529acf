using System;
using System.Linq;
using EdgeRnn.Firmware;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;
using EdgeRnn.Tests.Detection;

namespace EdgeRnn.Tests;

/// <summary>The program of a device, turn by turn.</summary>
public sealed class SensorLoopTests
{
    public static TheoryData<string> Ways => [.. WatchedStream.Ways];

    [Theory, MemberData(nameof(Ways))]
    public void Samples_reach_the_detector_as_if_it_were_stepped_by_hand(string way)
    {
        LoopRig rig = new(way);
        rig.Start();
        rig.Feed(400);
        Detector expected = WatchedStream.Detector(way);
        foreach (short[] sample in WatchedStream.Signal(20_000).Take(400))
        {
            rig.Turn();
            Assert.Equal(WatchedStream.Step(expected, way, sample), rig.Detector.State);
            Assert.Equal(expected.ScoreBits, rig.Detector.ScoreBits);
        }
        Assert.Equal(DetectorState.Ready, rig.Detector.State);
        Assert.Equal(400, rig.Loop.Counters.Samples);
        Assert.Equal(400, rig.Loop.Counters.Turns);
        Assert.Equal(0, rig.Loop.Counters.MissingSamples);
    }

    [Fact]
    public void Turns_keep_to_their_deadlines_however_long_one_took()
    {
        LoopRig rig = new();
        rig.Start();
        rig.Feed(20);
        for (int turn = 1; turn <= 20; turn++)
        {
            rig.Clock.Advance(turn * 3_000);
            rig.Turn();
            Assert.Equal(turn * LoopRig.PeriodMicros, rig.Loop.NowMicros);
        }
        Assert.Equal(0, rig.Loop.Counters.LateTicks);
    }

    [Fact]
    public void Ticks_that_went_by_are_counted_and_stepped_without_a_sample()
    {
        LoopRig rig = new();
        rig.MakeReady();
        rig.Feed(10);
        rig.Trace.Clear();
        rig.Clock.Advance(3 * LoopRig.PeriodMicros + 50_000);
        rig.Turn();
        Assert.Equal(2, rig.Loop.Counters.LateTicks);
        Assert.Equal(2, rig.Loop.Counters.MissingSamples);
        Assert.Equal(150_000 + LoopRig.PeriodMicros, rig.Loop.Counters.WorstLateMicros);
        Assert.Equal(["missing", "missing", "sample"], rig.Trace.Select(line => line.Split(' ')[1]));
        // The deadlines are where they would have been.
        rig.Turn();
        Assert.Equal(0, rig.Loop.NowMicros % LoopRig.PeriodMicros);
        Assert.Equal(2, rig.Loop.Counters.LateTicks);
    }

    [Fact]
    public void The_listener_hears_of_a_step_with_a_sample_before_it_is_made_and_of_no_other()
    {
        LoopRig rig = new();
        rig.MakeReady();
        int before = rig.SamplesAnnounced;
        rig.Feed(2);
        rig.Turn(5);
        Assert.Equal(2, rig.SamplesAnnounced - before);
    }

    [Fact]
    public void A_gap_of_hours_costs_no_more_than_what_may_be_substituted()
    {
        LoopRig rig = new();
        rig.MakeReady();
        rig.Feed(1);
        rig.Trace.Clear();
        rig.Clock.Advance(10L * 3_600_000_000);
        rig.Turn();
        Assert.Equal(1, rig.Loop.Counters.ClockJumps);
        Assert.Equal(WatchedStream.MaxSubstituted + 2, rig.Trace.Count);
        Assert.Contains(" missing SensorFault ", rig.Trace[^2], StringComparison.Ordinal);
        Assert.Contains(" sample WarmingUp ", rig.Trace[^1], StringComparison.Ordinal);
        Assert.InRange(rig.Loop.Counters.MissingSamples, 359_000, 360_000);
    }

    [Fact]
    public void A_clock_that_goes_back_is_counted_and_the_loop_goes_on_from_there()
    {
        LoopRig rig = new();
        rig.MakeReady();
        rig.Feed(20);
        rig.Clock.Jump(5_000);
        rig.Turn(20);
        Assert.Equal(1, rig.Loop.Counters.ClockJumps);
        Assert.Equal(DetectorState.Ready, rig.Detector.State);
        Assert.Equal(0, rig.Loop.Counters.MissingSamples);
        Assert.Equal(5_000 + 20 * LoopRig.PeriodMicros, rig.Loop.NowMicros + LoopRig.PeriodMicros);
    }

    [Fact]
    public void A_clock_that_waits_no_longer_makes_no_turn()
    {
        LoopRig rig = new(clock: new StoppedClock());
        rig.Start();
        rig.Feed(1);
        rig.Turn();
        Assert.Equal(0, rig.Loop.Counters.Turns);
        Assert.Single(rig.Sensor.Samples);
    }

    [Fact]
    public void A_device_that_is_gone_is_a_sensor_fault_and_no_alarm_and_back_it_is_watched_again()
    {
        LoopRig rig = new();
        rig.MakeReady();
        rig.Sensor.Lasting = BusStatus.NoAnswer;
        rig.Turn(25);
        Assert.Equal(DetectorState.SensorFault, rig.Detector.State);
        Assert.False(rig.AlarmPin.IsHigh);
        Assert.Equal(25, rig.Loop.Counters.MissingSamples);
        Assert.Equal(2, rig.Loop.Counters.SensorRestarts);
        Assert.Equal(3, rig.Sensor.Starts);
        Assert.Equal(BusStatus.NoAnswer, rig.Loop.LastSensorStatus);
        rig.Lose(25);
        rig.Sensor.Lasting = SensorStatus.Ok;
        rig.Feed(WatchedStream.WarmUp + 40);
        rig.Turn(WatchedStream.WarmUp + 40);
        Assert.Equal(DetectorState.Ready, rig.Detector.State);
        Assert.Equal(0, rig.Detector.AlarmCount);
        Assert.Equal([SensorStatus.Ok, BusStatus.NoAnswer, SensorStatus.Ok], rig.SensorStatuses);
    }

    [Fact]
    public void A_device_that_lost_its_settings_is_started_again_at_once()
    {
        LoopRig rig = new();
        rig.MakeReady();
        rig.Sensor.Faults.Enqueue(SensorStatus.LostSettings);
        rig.Feed(5);
        rig.Turn();
        Assert.Equal(2, rig.Sensor.Starts);
        rig.Turn(5);
        Assert.Equal(2, rig.Sensor.Starts);
        Assert.Equal(1, rig.Loop.Counters.SensorRestarts);
        Assert.Equal(1, rig.Loop.Counters.MissingSamples);
    }

    [Fact]
    public void A_sensor_that_never_starts_is_tried_again_as_long_as_the_loop_runs()
    {
        LoopRig rig = new(restartTurns: 3);
        rig.Sensor.Lasting = SensorStatus.WrongDevice;
        rig.Start();
        Assert.Equal(SensorStatus.WrongDevice, rig.Loop.LastSensorStatus);
        rig.Turn(9);
        Assert.Equal(4, rig.Sensor.Starts);
    }

    [Fact]
    public void The_watchdog_is_fed_by_samples_and_by_nothing_that_stands_for_them()
    {
        LoopRig rig = new();
        rig.Start();
        rig.Feed(7);
        rig.Turn(7);
        Assert.Equal(7, rig.Feeds);
        rig.Turn(30);
        Assert.Equal(7, rig.Feeds);
    }

    [Fact]
    public void Channels_of_the_sensor_go_to_the_inputs_they_are_meant_for()
    {
        ScriptedSensor sensor = new(5);
        Detector detector = WatchedStream.Detector(WatchedStream.Counts), expected = WatchedStream.Detector(WatchedStream.Counts);
        SensorLoop loop = new(detector, sensor, new Simulator.VirtualClock(), new LoopSettings { UseCounts = true, Channels = [4, 0, 2] });
        loop.Start();
        foreach (short[] sample in WatchedStream.Signal(300))
        {
            sensor.Samples.Enqueue([sample[1], 1, sample[2], 2, sample[0]]);
            loop.Turn();
            expected.StepCounts(sample, 0);
            Assert.Equal(expected.ScoreBits, detector.ScoreBits);
            Assert.Equal(sample[0], loop.Reading(0));
        }
        Assert.NotEqual(0, detector.ScoreBits);
    }

    [Fact]
    public void A_run_ends_after_the_turn_it_is_in_and_saves_the_state()
    {
        Simulator.MemoryStorage storage = new();
        LoopRig rig = new(storage: storage);
        rig.Start();
        rig.Feed(50);
        rig.Clock.At(20 * LoopRig.PeriodMicros - 1, rig.Loop.Stop);
        rig.Loop.Run();
        Assert.Equal(19, rig.Loop.Counters.Samples);
        Assert.Equal(1, rig.Loop.Counters.Saves);
        Detector restored = WatchedStream.Detector(WatchedStream.Counts);
        Assert.Equal(StorageStatus.Ok, new StateKeeper(restored, storage, 0).Restore());
        Assert.Equal(rig.Detector.ScoreBits, restored.ScoreBits);
    }

    private sealed class StoppedClock : IClock
    {
        public long NowMicros => 0;

        public void SleepUntil(long deadlineMicros)
        {
        }
    }
}
