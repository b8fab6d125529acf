using System.Linq;
using EdgeRnn.Hardware;
using EdgeRnn.Runtime;
using EdgeRnn.Tests.Detection;

namespace EdgeRnn.Tests;

/// <summary>A loop over a sensor that measures by its own clock and keeps the samples.</summary>
public sealed class DrainingLoopTests
{
    private const int PerTurn = 10;

    [Fact]
    public void Every_sample_the_device_kept_is_stepped_in_its_order()
    {
        LoopRig rig = Ready();
        Detector expected = WatchedStream.Detector(WatchedStream.Counts);
        foreach (short[] sample in WatchedStream.Signal(20_000).Take(rig.Loop.Counters.Samples)) expected.StepCounts(sample, 0);
        Assert.Equal(expected.ScoreBits, rig.Detector.ScoreBits);
        Assert.Equal(0, rig.Loop.Counters.MissingSamples);
    }

    [Fact]
    public void A_device_whose_clock_is_slower_than_ours_has_no_gaps()
    {
        LoopRig rig = Ready();
        for (int turn = 0; turn < 50; turn++)
        {
            rig.Feed(turn % 3 == 0 ? PerTurn - 1 : PerTurn);
            rig.Turn();
        }
        Assert.Equal(0, rig.Loop.Counters.MissingSamples);
        Assert.Equal(0, rig.Loop.Counters.SensorFaults);
        Assert.Equal(SensorStatus.Ok, rig.Loop.LastSensorStatus);
    }

    [Fact]
    public void A_turn_that_comes_late_loses_nothing()
    {
        LoopRig rig = Ready();
        rig.Clock.Advance(2 * PerTurn * LoopRig.PeriodMicros);
        rig.Feed(2 * PerTurn);
        int before = rig.Loop.Counters.Samples;
        rig.Turn();
        Assert.Equal(before + 2 * PerTurn, rig.Loop.Counters.Samples);
        Assert.Equal(0, rig.Loop.Counters.MissingSamples);
        Assert.Equal(1, rig.Loop.Counters.LateTicks);
    }

    [Fact]
    public void A_transfer_that_failed_once_loses_nothing()
    {
        LoopRig rig = Ready();
        rig.Feed(PerTurn);
        rig.Sensor.Faults.Enqueue(BusStatus.ShortTransfer);
        rig.Turn();
        rig.Feed(PerTurn);
        rig.Turn();
        Assert.Equal(0, rig.Loop.Counters.MissingSamples);
        Assert.Equal(1, rig.Loop.Counters.SensorFaults);
        Assert.Empty(rig.Sensor.Samples);
    }

    [Fact]
    public void An_overflow_is_a_gap_as_long_as_nothing_was_read()
    {
        LoopRig rig = Ready();
        rig.Sensor.Faults.Enqueue(SensorStatus.Overflow);
        rig.Feed(3);
        rig.Trace.Clear();
        rig.Turn();
        Assert.Equal(1, rig.Loop.Counters.Overflows);
        Assert.Equal(PerTurn, rig.Loop.Counters.MissingSamples);
        Assert.Equal(["missing", "sample"], rig.Trace.Select(line => line.Split(' ')[1]).Distinct());
        Assert.Equal(3, rig.Trace.Count(line => line.Contains("sample", System.StringComparison.Ordinal)));
    }

    [Fact]
    public void A_device_that_overflows_at_every_read_does_not_hold_the_loop()
    {
        LoopRig rig = Ready();
        rig.Sensor.Lasting = SensorStatus.Overflow;
        rig.Turn(3);
        Assert.Equal(3 * (2 * PerTurn + 1), rig.Loop.Counters.Overflows);
    }

    [Fact]
    public void A_device_that_gives_nothing_any_more_becomes_a_sensor_fault()
    {
        LoopRig rig = Ready();
        rig.Turn(4);
        Assert.Equal(DetectorState.SensorFault, rig.Detector.State);
        Assert.InRange(rig.Loop.Counters.MissingSamples, 2 * PerTurn, 4 * PerTurn);
    }

    [Fact]
    public void What_a_device_had_kept_before_it_was_started_again_counts_as_missing()
    {
        LoopRig rig = Ready();
        rig.Sensor.Faults.Enqueue(SensorStatus.LostSettings);
        rig.Turn();
        Assert.Equal(PerTurn, rig.Loop.Counters.MissingSamples);
        Assert.Equal(1, rig.Loop.Counters.SensorRestarts);
    }

    private static LoopRig Ready()
    {
        LoopRig rig = new(samplesPerTurn: PerTurn);
        rig.Start();
        for (int turn = 0; turn < WatchedStream.ReadyAt / PerTurn + 2; turn++)
        {
            rig.Feed(PerTurn);
            rig.Turn();
        }
        Assert.Equal(DetectorState.Ready, rig.Detector.State);
        return rig;
    }
}
