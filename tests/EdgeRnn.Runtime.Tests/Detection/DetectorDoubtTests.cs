using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>
/// A sensor in doubt raises no alarm: from a quarter of the repeats or flat steps that are allowed, nothing is averaged, learnt or judged until
/// the doubt ends, one way or the other.
/// </summary>
public sealed class DetectorDoubtTests
{
    private const int Steps = 520, Allowed = 8, Certain = Allowed / 4, Votes = Certain + 1;
    private const float Weight = 0.8f;
    private const int Start = WatchedStream.ReadyAt + 40;

    // Within what the sensors can give, and 7 deviations from the mean: far beyond what the network forecasts, although integers are clipped
    // where the normal period's are.
    private const short Level = 800;

    private static readonly short[][] _signal = WatchedStream.Signal(Steps);

    public static TheoryData<string, bool> Cases => [.. WatchedStream.Ways.SelectMany(way => new[] { (way, false), (way, true) })];

    [Theory, MemberData(nameof(Cases))]
    public void Errors_beyond_the_threshold_are_no_alarm_before_the_fault_is_certain(string way, bool isFlat)
    {
        Detector detector = Ran(way, isFlat, Start);
        // One reading less makes a line flat than makes it stuck.
        int unseen = Allowed - (isFlat ? 1 : 0), score = 0;
        for (int run = 1; run <= unseen; run++)
        {
            DetectorState state = Still(detector, way, isFlat, run);
            Assert.Equal((DetectorState.Ready, SensorFaultKind.None, false), (state, detector.FaultOf(1), detector.IsBlind));
            Assert.True(detector.LatestScore > detector.Threshold, $"{way}, run {run}: {detector.LatestScore} of {detector.Threshold}");
            if (run == Certain) score = detector.ScoreBits;
            if (run > Certain) Assert.Equal(score, detector.ScoreBits);
        }
        Still(detector, way, isFlat, unseen + 1);
        Assert.Equal(isFlat ? SensorFaultKind.FlatLine : SensorFaultKind.Stuck, detector.FaultOf(1));
        for (int run = 2; run <= WatchedStream.MaxSubstituted; run++) Assert.Equal(DetectorState.WarmingUp, Still(detector, way, isFlat, unseen + run));
        Assert.Equal(DetectorState.SensorFault, Still(detector, way, isFlat, unseen + 1 + WatchedStream.MaxSubstituted));
        Assert.Equal((0, 1, score), (detector.AlarmCount, detector.FaultCount, detector.ScoreBits));
    }

    // Or the test above would show nothing.
    [Theory, MemberData(nameof(Cases))]
    public void Without_a_check_the_same_readings_are_an_alarm(string way, bool isFlat)
    {
        Detector detector = Ran(way, isFlat, Start, settings => Allow(settings.Sensors, isFlat, 0));
        for (int run = 1; run <= Votes; run++) Still(detector, way, isFlat, run);
        Assert.True(detector.AlarmBegan);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Nothing_is_learnt_in_doubt(string way, bool isFlat)
    {
        foreach (int start in new[] { WatchedStream.WarmUp + 20, WatchedStream.WarmUp + WatchedStream.ChannelSteps + 30, Start })
        {
            Detector detector = Ran(way, isFlat, start, settings =>
            {
                settings.Threshold = ThresholdMethod.Sigma;
                settings.Level = 6;
                settings.Adaptation = 0.1f;
                settings.AdaptationClip = 3;
            });
            for (int run = 1; run <= Certain; run++) Still(detector, way, isFlat, run);
            (int, int) learnt = (detector.CalibratedSteps, detector.ThresholdBits);
            for (int run = Certain + 1; run < Allowed; run++)
            {
                Still(detector, way, isFlat, run);
                Assert.Equal(learnt, (detector.CalibratedSteps, detector.ThresholdBits));
            }
            WatchedStream.Step(detector, way, _signal[start]);
            Assert.NotEqual(learnt, (detector.CalibratedSteps, detector.ThresholdBits));
        }
    }

    // The average's rounding is below a unit, that of the weight to 16 bits 2^-17 of the difference; and scores are some units.
    [Theory, MemberData(nameof(Cases))]
    public void The_average_goes_on_where_it_was_when_the_doubt_ends(string way, bool isFlat)
    {
        Detector detector = Ran(way, isFlat, Start);
        for (int run = 1; run < Allowed; run++) Still(detector, way, isFlat, run);
        float before = detector.Score;
        Assert.Equal(DetectorState.Ready, WatchedStream.Step(detector, way, _signal[Start]));
        Assert.Equal(before + Weight * (detector.LatestScore - before), detector.Score, 0.001);
        Assert.Equal((0, 0), (detector.AlarmCount, detector.SubstitutedReadings));
    }

    [Theory, MemberData(nameof(Cases))]
    public void An_anomaly_that_outlasts_the_doubt_is_an_alarm(string way, bool isFlat)
    {
        Detector detector = Ran(way, isFlat, Start);
        for (int run = 1; run < Allowed; run++) Still(detector, way, isFlat, run);
        Assert.Equal(0, detector.AlarmCount);
        for (int t = Start; t < Start + Votes && !detector.IsAlarming; t++)
        {
            WatchedStream.Step(detector, way, [_signal[t][0], (short)(Level + 20 * (t % 5) + 7), _signal[t][2]]);
        }
        Assert.True(detector.IsAlarming);
    }

    [Theory, MemberData(nameof(Cases))]
    public void An_alarm_neither_ends_nor_counts_on_in_doubt(string way, bool isFlat)
    {
        Detector detector = Ran(way, isFlat, Start, settings => settings.MaxAlarmSteps = 10);
        int t = Start;
        for (; !detector.IsAlarming; t++) WatchedStream.Step(detector, way, [_signal[t][0], (short)(Level - 100 + 20 * (t % 5)), _signal[t][2]]);
        for (int run = 1; run <= Certain; run++) Still(detector, way, isFlat, run);
        int counted = detector.AlarmSteps;
        for (int run = Certain + 1; run < Allowed; run++) Assert.Equal(DetectorState.Alarm, Still(detector, way, isFlat, run));
        Assert.Equal((counted, 1), (detector.AlarmSteps, detector.AlarmCount));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    [InlineData(7, 2)]
    [InlineData(8, 3)]
    [InlineData(100, 26)]
    [InlineData(0, int.MaxValue)]
    public void Repeats_are_in_doubt_beyond_a_quarter_of_those_allowed(int allowed, int first)
    {
        DetectorMemory memory = new();
        StuckCheck check = new(memory, [allowed]);
        memory.Allocate();
        for (int run = 1; run <= Math.Max(allowed, 5); run++)
        {
            Assert.Equal(allowed != 0 && run > allowed, check.Fails(0, 7));
            Assert.Equal(run >= first, check.IsInDoubt(0));
        }
        Assert.False(check.Fails(0, 8));
        Assert.False(check.IsInDoubt(0));
    }

    [Theory]
    [InlineData(2, 10, 2)]
    [InlineData(8, 10, 3)]
    [InlineData(100, 0, 26)]
    [InlineData(8, -1, int.MaxValue)]
    public void A_line_is_in_doubt_beyond_a_quarter_of_the_steps(int steps, int range, int first)
    {
        DetectorMemory memory = new();
        FlatCheck check = new(memory, steps, [range]);
        memory.Allocate();
        for (int run = 1; run <= steps; run++)
        {
            Assert.Equal(range >= 0 && run >= steps, check.Fails(0, run % 2 * Math.Max(range, 0)));
            Assert.Equal(run >= first, check.IsInDoubt(0));
        }
        Assert.False(check.Fails(0, 1000));
        Assert.False(check.IsInDoubt(0));
    }

    private static Detector Ran(string way, bool isFlat, int steps, Action<DetectorSettings>? change = null)
    {
        DetectorSettings settings = WatchedStream.Settings();
        settings.Votes = settings.VoteWindow = Votes;
        settings.Smoothing = Weight;
        settings.Factor = 1.1f;
        settings.Sensors.SpikeStep = [];
        Allow(settings.Sensors, isFlat, Allowed);
        change?.Invoke(settings);
        Detector detector = WatchedStream.Detector(way, settings);
        for (int t = 0; t < steps; t++) WatchedStream.Step(detector, way, _signal[t]);
        Assert.Equal((0, 0), (detector.AlarmCount, detector.SubstitutedReadings));
        return detector;
    }

    private static void Allow(SensorSettings sensors, bool isFlat, int steps)
    {
        sensors.StuckSteps = isFlat || steps == 0 ? [] : [steps, steps, steps];
        sensors.FlatSteps = isFlat ? steps : 0;
        sensors.FlatRange = isFlat && steps != 0 ? [1, 1, 1] : [];
    }

    // Channel 1 does not move, or by no more than it may.
    private static DetectorState Still(Detector detector, string way, bool isFlat, int run)
    {
        short[] sample = _signal[Start + run];
        return WatchedStream.Step(detector, way, [sample[0], (short)(Level + (isFlat ? run % 2 : 0)), sample[2]]);
    }
}
