using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>Saved states of detectors: at every step of a stream with faults and an alarm another detector takes over bit for bit.</summary>
public sealed class DetectorStateTests
{
    private const int Steps = 540;

    private static readonly short[][] _signal = WatchedStream.Signal(Steps);

    public static TheoryData<string> Ways => [.. WatchedStream.Ways];

    [Theory, MemberData(nameof(Ways))]
    public void A_restored_detector_goes_on_bit_for_bit_from_every_stage(string way)
    {
        HashSet<DetectorState> seen = [];
        Detector detector = WatchedStream.Detector(way);
        List<(int Step, byte[] State)> saved = [];
        byte[][] expected = new byte[Steps][];
        for (int t = 0; t < Steps; t++)
        {
            Step(detector, way, t);
            seen.Add(detector.State);
            expected[t] = Saved(detector);
            if (t % 13 == 0) saved.Add((t, expected[t]));
        }
        Assert.Equal(Enum.GetValues<DetectorState>(), seen.Order());
        foreach ((int step, byte[] state) in saved)
        {
            Detector other = WatchedStream.Detector(way);
            Assert.Equal(StateStatus.Restored, other.RestoreState(state, 0, state.Length));
            Assert.Equal(state, Saved(other));
            for (int t = step + 1; t < Math.Min(Steps, step + 60); t++)
            {
                Step(other, way, t);
                if (!Saved(other).AsSpan().SequenceEqual(expected[t])) Assert.Fail($"{way}: saved at step {step}, another state at step {t}");
            }
        }
    }

    [Fact]
    public void Other_models_settings_and_ways_in_are_told_apart()
    {
        byte[] state = Saved(Ran(WatchedStream.Integers, WatchedStream.Settings(), 50));
        Detector counts = WatchedStream.Detector(WatchedStream.Counts), floats = WatchedStream.Detector(WatchedStream.Floats);
        Assert.Equal(StateStatus.OtherSettings, counts.RestoreState(state, 0, state.Length));
        Assert.Equal(StateStatus.OtherModel, floats.RestoreState(state, 0, state.Length));
        DetectorSettings settings = WatchedStream.Settings();
        settings.Factor = 1.7f;
        Detector other = WatchedStream.Detector(WatchedStream.Integers, settings);
        byte[] before = Saved(other);
        Assert.Equal(StateStatus.OtherSettings, other.RestoreState(state, 0, state.Length));
        Assert.Equal(before, Saved(other));
    }

    [Fact]
    public void Reset_is_a_new_detector()
    {
        foreach (string way in WatchedStream.Ways)
        {
            Detector detector = Ran(way, WatchedStream.Settings(), 300);
            detector.Reset();
            Assert.Equal(Saved(WatchedStream.Detector(way)), Saved(detector));
            Assert.Equal(DetectorState.WarmingUp, detector.State);
        }
    }

    [Fact]
    public void An_acknowledgement_ends_the_alarm_and_nothing_else()
    {
        DetectorSettings settings = WatchedStream.Settings();
        settings.Latching = true;
        Detector detector = Ran(WatchedStream.Floats, settings, 430);
        Assert.Equal((DetectorState.Alarm, true), (detector.State, detector.IsAlarming));
        detector.Acknowledge();
        Assert.Equal((DetectorState.Ready, false, 1), (detector.State, detector.IsAlarming, detector.AlarmCount));
        Detector warming = Ran(WatchedStream.Floats, settings, 10);
        warming.Acknowledge();
        Assert.Equal(DetectorState.WarmingUp, warming.State);
    }

    // A fault at each stage, an anomaly from step 400 to 440, a long fault from 450 on.
    private static void Step(Detector detector, string way, int t)
    {
        short[] sample = (short[])_signal[t].Clone();
        if (t is 20 or 70 or 130 or 340) sample[1] = 2001;
        if (t is >= 400 and < 440) (sample[0], sample[2]) = ((short)(sample[0] + 260), (short)(sample[2] + 80));
        if (t is >= 450 and < 465) sample[2] = 501;
        WatchedStream.Step(detector, way, sample);
    }

    private static Detector Ran(string way, DetectorSettings settings, int steps)
    {
        Detector detector = WatchedStream.Detector(way, settings);
        for (int t = 0; t < steps; t++) Step(detector, way, t);
        return detector;
    }

    private static byte[] Saved(Detector detector)
    {
        byte[] state = new byte[detector.SavedStateBytes];
        Assert.Equal(state.Length, detector.SaveState(state, 0));
        return state;
    }
}
