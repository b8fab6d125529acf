using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>
/// Each kind of sensor fault at each stage of a running detector, in each way samples come in: reported as a fault, never as an alarm,
/// nothing learnt, and over within bounded steps.
/// </summary>
public sealed class DetectorFaultTests(ITestOutputHelper output)
{
    private const int Steps = 520;

    // What a fault leaves in the network's state after its warm-up is below 1e-5 (a test below), and the three channels' errors are divided by
    // deviations of about 0.5; then each error is rounded to 16 fraction bits. Nothing at all is left as measured; the figure is in the output.
    private const double Tolerance = 1e-4;

    private static readonly short[][] _signal = WatchedStream.Signal(Steps);

    private static readonly SensorFaultKind[] _kinds =
        [.. Enum.GetValues<SensorFaultKind>().Where(kind => kind is not (SensorFaultKind.None or SensorFaultKind.Late))];

    private static readonly Dictionary<string, int> _stages = new()
    {
        ["first sample"] = 0,
        ["warming up"] = 20,
        ["calibrating channels"] = WatchedStream.WarmUp + 20,
        ["calibrating threshold"] = WatchedStream.WarmUp + WatchedStream.ChannelSteps + 30,
        ["ready"] = WatchedStream.ReadyAt + 40,
        ["alarm"] = WatchedStream.ReadyAt + 60,
        ["already in fault"] = WatchedStream.ReadyAt + 40,
        ["recovering"] = WatchedStream.ReadyAt + 40,
    };

    public static TheoryData<string, string> Cases =>
        [.. WatchedStream.Ways.SelectMany(way => _stages.Keys.Select(stage => (way, stage)))];

    public static TheoryData<string> Ways => [.. WatchedStream.Ways];

    [Theory, MemberData(nameof(Cases))]
    public void A_fault_is_a_fault_and_the_stream_goes_on(string way, string stage)
    {
        foreach (SensorFaultKind kind in _kinds.Where(kind => SensorFaults.Exists(kind, way)))
        {
            // Nothing is far from a first sample.
            if (stage == "first sample" && kind == SensorFaultKind.Spike) continue;
            // A single spike is no reason to settle: SpikeTests.
            int fewest = kind == SensorFaultKind.Spike ? 2 : 1;
            foreach (int seen in new[] { fewest, WatchedStream.MaxSubstituted, WatchedStream.MaxSubstituted + 5 }) Play(way, stage, kind, seen);
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public void Scores_after_a_fault_are_those_of_a_stream_without_it(string way)
    {
        double worst = 0;
        foreach (SensorFaultKind kind in _kinds.Where(kind => SensorFaults.Exists(kind, way) && SensorFaults.Unseen(kind) == 0))
        {
            Detector detector = WatchedStream.Detector(way), quiet = WatchedStream.Detector(way);
            int start = WatchedStream.ReadyAt + 40, end = start + 6;
            for (int t = 0; t < Steps; t++)
            {
                WatchedStream.Step(quiet, way, _signal[t]);
                if (t >= start && t < end) SensorFaults.Play(detector, way, kind, _signal[t], t - start);
                else WatchedStream.Step(detector, way, _signal[t]);
                if (t < start) Assert.Equal(quiet.ScoreBits, detector.ScoreBits);
                if (t < end + WatchedStream.WarmUp) continue;
                Assert.Equal(quiet.State, detector.State);
                Assert.Equal(quiet.ThresholdBits, detector.ThresholdBits);
                worst = Math.Max(worst, Math.Abs(quiet.LatestScore - detector.LatestScore));
            }
            Assert.InRange(worst, 0, Tolerance);
            // The average weighs scores by 0.8 to the power of their age: those it missed count for less than 1e-12 now.
            Assert.InRange(Math.Abs(quiet.Score - detector.Score), 0, Tolerance);
        }
        output.WriteLine($"{way}: latest scores differ by at most {worst:E2}");
    }

    [Theory, MemberData(nameof(Ways))]
    public void Two_faults_in_a_row_and_in_two_channels_recover_together(string way)
    {
        Detector detector = WatchedStream.Detector(way);
        Run(detector, way, 0, 230);
        SensorFaults.Play(detector, way, SensorFaultKind.OutOfRange, _signal[230], 0);
        Assert.Equal(SensorFaultKind.OutOfRange, detector.FaultOf(1));
        short[] other = (short[])_signal[231].Clone();
        other[0] = 2001;
        Assert.Equal(DetectorState.WarmingUp, WatchedStream.Step(detector, way, other));
        Assert.Equal([SensorFaultKind.OutOfRange, SensorFaultKind.None, SensorFaultKind.None], Faults(detector));
        for (int t = 232; t < 232 + WatchedStream.WarmUp; t++) Assert.Equal(DetectorState.WarmingUp, WatchedStream.Step(detector, way, _signal[t]));
        Assert.Equal(DetectorState.Ready, WatchedStream.Step(detector, way, _signal[232 + WatchedStream.WarmUp]));
        Assert.Equal((2, 0, 0), (detector.SubstitutedReadings, detector.FaultCount, detector.AlarmCount));
    }

    [Theory, MemberData(nameof(Ways))]
    public void Faults_that_come_again_before_the_network_settles_are_a_sensor_fault(string way)
    {
        Detector detector = WatchedStream.Detector(way);
        Run(detector, way, 0, 230);
        int blind = 0, firstFault = 0;
        for (int t = 230; t < 430; t++)
        {
            DetectorState state = t % 10 == 0 ? SensorFaults.Play(detector, way, SensorFaultKind.OutOfRange, _signal[t], 0) : WatchedStream.Step(detector, way, _signal[t]);
            blind++;
            Assert.True(detector.IsBlind);
            if (firstFault == 0 && state == DetectorState.SensorFault) firstFault = blind;
            Assert.Equal(firstFault == 0 ? DetectorState.WarmingUp : DetectorState.SensorFault, state);
        }
        // As many as may be substituted and twice as many as settling takes.
        Assert.Equal(WatchedStream.MaxSubstituted + 2 * WatchedStream.WarmUp + 1, firstFault);
        Assert.Equal((1, 0), (detector.FaultCount, detector.AlarmCount));
        Run(detector, way, 430, Steps);
        Assert.Equal(DetectorState.Ready, detector.State);
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_fault_in_a_long_start_is_no_sensor_fault(string way)
    {
        DetectorSettings settings = WatchedStream.Settings();
        settings.WarmUpSteps = 300;
        settings.Sensors.RecoverySteps = 10;
        Detector detector = WatchedStream.Detector(way, settings);
        for (int t = 0; t < 300; t++)
        {
            DetectorState state = t == 5 ? SensorFaults.Play(detector, way, SensorFaultKind.OutOfRange, _signal[t], 0) : WatchedStream.Step(detector, way, _signal[t]);
            Assert.Equal(DetectorState.WarmingUp, state);
        }
        Assert.Equal(0, detector.FaultCount);
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_machine_that_stops_is_an_anomaly_and_a_line_without_noise_is_a_fault(string way)
    {
        foreach (bool isDead in new[] { false, true })
        {
            DetectorSettings settings = WatchedStream.Settings();
            settings.TwoSided = true;
            settings.Factor = 1.2f;
            settings.Sensors.StuckSteps = [];
            Detector detector = WatchedStream.Detector(way, settings);
            Run(detector, way, 0, 230);
            Assert.Equal(0, detector.AlarmCount);
            for (int t = 230; t < 270; t++)
            {
                // What is left of a stopped machine is the noise of its sensors, here a tenth of what it was.
                short[] still = [.. _signal[t].Select((_, c) => (short)((c == 0 ? 500 : c == 1 ? -2000 : 90) + (isDead ? 0 : _signal[(t * 7 + c) % 200][1] / 100 % 5)))];
                WatchedStream.Step(detector, way, still);
                if (isDead && t >= 230 + WatchedStream.FlatSteps) Assert.Equal(SensorFaultKind.FlatLine, detector.FaultOf(0));
                if (!isDead) Assert.Equal(SensorFaultKind.None, detector.FaultOf(0));
            }
            Assert.Equal(isDead ? DetectorState.SensorFault : DetectorState.Alarm, detector.State);
            if (!isDead) Assert.InRange(detector.Score, 0, detector.LowerThreshold);
        }
    }

    [Fact]
    public void The_network_forgets_a_disturbance_within_its_warm_up()
    {
        Session disturbed = new(WatchedStream.Load(WatchedStream.Floats)), quiet = new(disturbed.Model);
        float[] a = new float[3], b = new float[3];
        for (int t = 0; t < 100; t++)
        {
            float[] sample = Array.ConvertAll(_signal[t], reading => (float)reading);
            quiet.Step(sample, 0, a, 0);
            disturbed.Step(t < 50 ? [2000, 2000, -300] : sample, 0, b, 0);
            if (t == 49 + WatchedStream.WarmUp) Assert.InRange(a.Zip(b, (x, y) => Math.Abs(x - y)).Max(), 0, 1e-5);
        }
    }

    private static SensorFaultKind[] Faults(Detector detector) => [.. Enumerable.Range(0, 3).Select(detector.FaultOf)];

    private static void Run(Detector detector, string way, int first, int end)
    {
        for (int t = first; t < end; t++) WatchedStream.Step(detector, way, _signal[t]);
    }

    // A level that the normal period never had, well within what the sensors can give.
    private static short[] Anomalous(short[] sample) => [(short)(sample[0] + 260), sample[1], (short)(sample[2] + 80)];

    private static void Play(string way, string stage, SensorFaultKind kind, int seen)
    {
        string what = $"{way}, {stage}, {kind}, {seen} steps";
        Detector detector = WatchedStream.Detector(way);
        int start = _stages[stage], end = start + SensorFaults.Unseen(kind) + seen, substituted = 0;
        bool isAlarming = stage == "alarm";
        // Where no sensor gives a sample, the fault of the other channel goes on.
        int earlier = stage == "already in fault" && SensorFaults.IsOfAllChannels(kind) ? 3 : 0;
        WatchedInvariants invariants = new(detector, what);
        short[] At(int t) => isAlarming && t >= WatchedStream.ReadyAt + 20 ? Anomalous(_signal[t]) : _signal[t];
        // The other channel's fault, which is still there or just over.
        bool IsEarlier(int t) => (stage == "already in fault" && t >= start - 3 && t < start) || (stage == "recovering" && t >= start - 8 && t < start - 3);

        for (int t = 0; t < start; t++)
        {
            short[] sample = (short[])At(t).Clone();
            if (IsEarlier(t)) sample[2] = 501;
            WatchedStream.Step(detector, way, sample);
            invariants.Check();
        }
        Assert.True(detector.IsAlarming == isAlarming, $"{what}: alarming before is {detector.IsAlarming}");
        int threshold = detector.ThresholdBits, alarms = detector.AlarmCount, calibrated = 0, score = 0;
        for (int t = start; t < end; t++)
        {
            bool isSeen = t - start >= SensorFaults.Unseen(kind);
            if (t - start == SensorFaults.Unseen(kind)) (substituted, calibrated, score) = (detector.SubstitutedReadings, detector.CalibratedSteps, detector.ScoreBits);
            DetectorState state = SensorFaults.Play(detector, way, kind, At(t), t - start);
            invariants.Check();
            if (!isSeen) continue;
            int faulty = t - start - SensorFaults.Unseen(kind) + 1;
            bool isLost = faulty + earlier > WatchedStream.MaxSubstituted;
            Assert.True(isLost == (state == DetectorState.SensorFault), $"{what}, step {t}: {state}");
            if (!isLost) Assert.True(state == (isAlarming ? DetectorState.Alarm : DetectorState.WarmingUp), $"{what}, step {t}: {state}");
            for (int c = 0; c < 3; c++)
            {
                SensorFaultKind expected = c == SensorFaults.Channel || SensorFaults.IsOfAllChannels(kind) ? kind : SensorFaultKind.None;
                Assert.True(detector.FaultOf(c) == expected, $"{what}, step {t}, channel {c}: {detector.FaultOf(c)}");
            }
            Assert.True(detector.IsBlind && detector.CalibratedSteps == calibrated && detector.ScoreBits == score, $"{what}, step {t}: something was learnt");
        }
        Assert.Equal(seen * (SensorFaults.IsOfAllChannels(kind) ? 3 : 1), detector.SubstitutedReadings - substituted);
        Assert.Equal(seen + earlier > WatchedStream.MaxSubstituted ? 1 : 0, detector.FaultCount);
        Assert.Equal(isAlarming, detector.IsAlarming);
        Recover(detector, way, what, end, At, invariants, kind);
        if (threshold != 0) Assert.Equal(threshold, detector.ThresholdBits);
        Assert.Equal(alarms, detector.AlarmCount);
    }

    // Blind for exactly as long as the network needs, then where the stream had been.
    private static void Recover(Detector detector, string way, string what, int end, Func<int, short[]> at, WatchedInvariants invariants, SensorFaultKind kind)
    {
        int calibrated = detector.CalibratedSteps, threshold = detector.ThresholdBits;
        bool wasAlarming = detector.IsAlarming;
        // A reading far from the last good one costs one tick more: it is not believed at once.
        int t = end;
        for (; t < end + 2; t++)
        {
            WatchedStream.Step(detector, way, at(t));
            invariants.Check();
            if (Array.TrueForAll(Faults(detector), fault => fault == SensorFaultKind.None)) break;
            Assert.True(t == end && kind != SensorFaultKind.None, $"{what}: {string.Join(' ', Faults(detector))} after the fault");
        }
        int settled = Math.Max(t + WatchedStream.WarmUp, WatchedStream.WarmUp);
        for (t++; t < settled; t++)
        {
            DetectorState state = WatchedStream.Step(detector, way, at(t));
            invariants.Check();
            Assert.True(detector.IsBlind && state == (wasAlarming ? DetectorState.Alarm : DetectorState.WarmingUp), $"{what}, step {t}: {state}");
        }
        Assert.True(detector.CalibratedSteps == calibrated, $"{what}: learnt while blind");
        for (; t < end + 250 && t < Steps && !(detector.IsCalibrated && t > settled); t++)
        {
            WatchedStream.Step(detector, way, at(t));
            invariants.Check();
            Assert.True(!detector.IsBlind, $"{what}, step {t}: still blind");
            Assert.True(detector.CalibratedSteps == Math.Min(detector.CalibrationSteps, calibrated + t - settled + 1), $"{what}, step {t}: {detector.CalibratedSteps} learnt");
        }
        Assert.True(detector.IsCalibrated && detector.State == (wasAlarming ? DetectorState.Alarm : DetectorState.Ready), $"{what}: {detector.State}");
        if (threshold != 0) Assert.Equal(threshold, detector.ThresholdBits);
    }
}
