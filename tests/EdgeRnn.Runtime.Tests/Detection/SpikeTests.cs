using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>
/// A reading far from the last good one is held back for a tick. Alone it was a spike, which the network never sees; with a second one like it
/// the level has changed, and that is judged at once.
/// </summary>
public sealed class SpikeTests
{
    private const int At = WatchedStream.ReadyAt + 40;
    private const short Jump = 900; // nine deviations, the limit is four

    public static TheoryData<string> Ways => [.. WatchedStream.Ways];

    [Theory, MemberData(nameof(Ways))]
    public void A_single_spike_is_a_fault_of_one_tick_and_nothing_else(string way)
    {
        Detector detector = WatchedStream.Detector(way);
        short[][] signal = WatchedStream.Signal(At + 200);
        for (int t = 0; t < At; t++) WatchedStream.Step(detector, way, signal[t]);
        int threshold = detector.ThresholdBits, score = detector.ScoreBits;
        short[] spike = (short[])signal[At].Clone();
        spike[0] += Jump;
        Assert.Equal(DetectorState.WarmingUp, WatchedStream.Step(detector, way, spike));
        Assert.Equal((SensorFaultKind.Spike, score), (detector.FaultOf(0), detector.ScoreBits));
        for (int t = At + 1; t < signal.Length; t++)
        {
            Assert.Equal(DetectorState.Ready, WatchedStream.Step(detector, way, signal[t]));
            Assert.Equal(SensorFaultKind.None, detector.FaultOf(0));
        }
        Assert.Equal((0, threshold, 1), (detector.AlarmCount, detector.ThresholdBits, detector.SubstitutedReadings));
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_change_of_level_looks_like_a_spike_for_one_tick_and_then_alarms(string way)
    {
        Detector detector = WatchedStream.Detector(way);
        short[][] signal = WatchedStream.Signal(At + 40);
        for (int t = 0; t < At; t++) WatchedStream.Step(detector, way, signal[t]);
        for (int t = At; t < signal.Length; t++)
        {
            signal[t][0] += Jump;
            WatchedStream.Step(detector, way, signal[t]);
            Assert.Equal(t == At ? SensorFaultKind.Spike : SensorFaultKind.None, detector.FaultOf(0));
            if (!detector.AlarmBegan) continue;
            // The held tick, as many votes as the settings ask for, and what the average takes.
            Assert.InRange(t - At, WatchedStream.StuckSteps + 1, 12);
            return;
        }
        Assert.Fail("no alarm");
    }
}
