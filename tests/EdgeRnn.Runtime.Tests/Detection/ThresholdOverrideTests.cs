using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

public sealed class ThresholdOverrideTests
{
    private const int Ready = WatchedStream.ReadyAt + 20;

    private static readonly short[][] _signal = WatchedStream.Signal(Ready + 400);

    [Fact]
    public void A_threshold_below_the_scores_raises_an_alarm_and_the_learnt_one_ends_it()
    {
        Detector detector = MakeReady();
        float learnt = detector.Threshold;
        detector.OverrideThreshold(detector.Score / 100);
        Run(detector, Ready, 30);
        Assert.True(detector.IsAlarming);
        detector.OverrideThreshold(0);
        Assert.Equal(learnt, detector.Threshold);
        Run(detector, Ready + 30, 200);
        Assert.False(detector.IsAlarming);
    }

    [Fact]
    public void A_threshold_above_the_scores_keeps_an_alarm_away()
    {
        Detector detector = MakeReady();
        detector.OverrideThreshold(1000);
        for (int step = 0; step < 60; step++)
        {
            short[] strange = [.. _signal[Ready + step]];
            strange[0] += (short)(step % 2 == 0 ? 300 : -300);
            WatchedStream.Step(detector, WatchedStream.Counts, strange);
        }
        Assert.False(detector.IsAlarming);
        Assert.Equal(1000, detector.Threshold);
    }

    [Fact]
    public void The_smallest_threshold_is_one_and_not_none()
    {
        Detector detector = MakeReady();
        detector.OverrideThreshold(float.Epsilon);
        Assert.Equal(1, detector.ThresholdBits);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    public void What_is_no_threshold_leaves_the_learnt_one(float none)
    {
        Detector detector = MakeReady();
        float learnt = detector.Threshold;
        detector.OverrideThreshold(none);
        Assert.Equal(learnt, detector.Threshold);
    }

    [Fact]
    public void It_is_neither_saved_nor_kept_over_a_reset()
    {
        Detector detector = MakeReady(), other = MakeReady();
        byte[] plain = new byte[detector.SavedStateBytes], saved = new byte[detector.SavedStateBytes];
        detector.SaveState(plain, 0);
        detector.OverrideThreshold(5);
        detector.SaveState(saved, 0);
        Assert.Equal(plain, saved);
        Assert.Equal(0, other.RestoreState(saved, 0, saved.Length));
        Assert.NotEqual(5, other.Threshold);
        detector.Reset();
        Run(detector, 0, Ready);
        Assert.NotEqual(5, detector.Threshold);
    }

    private static Detector MakeReady()
    {
        Detector detector = WatchedStream.Detector(WatchedStream.Counts);
        Run(detector, 0, Ready);
        Assert.Equal(DetectorState.Ready, detector.State);
        return detector;
    }

    private static void Run(Detector detector, int from, int steps)
    {
        for (int step = from; step < from + steps; step++) WatchedStream.Step(detector, WatchedStream.Counts, _signal[step]);
    }
}
