using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>
/// Faults, anomalies, pauses, saved states and acknowledgements at random: what must always hold, holds, nothing is allocated, and two
/// detectors that read the same say the same. A failure prints its seed.
/// </summary>
[Collection(nameof(AllocationTests))]
public sealed class DetectorFuzzTests(ITestOutputHelper output)
{
    private const int StepsPerSeed = 2_000;

    [Fact]
    public void Random_faults_break_nothing()
    {
        int alarms = 0, faults = 0, seeds = LongRun.Choose(15, 150);
        for (int seed = 0; seed < seeds; seed++)
        {
            foreach (string way in WatchedStream.Ways)
            {
                Detector detector = Run(seed, way);
                alarms += detector.AlarmCount;
                faults += detector.FaultCount;
            }
        }
        output.WriteLine($"{seeds * WatchedStream.Ways.Count * StepsPerSeed} steps, {alarms} alarms, {faults} sensor faults");
        // The streams went through everything.
        Assert.True(alarms > seeds && faults > seeds, $"{alarms} alarms, {faults} sensor faults");
    }

    private static Detector Run(int seed, string way)
    {
        Random random = new(seed);
        DetectorSettings settings = WatchedStream.Settings();
        settings.TwoSided = random.Next(2) == 0;
        settings.Latching = random.Next(4) == 0;
        settings.SmoothChannels = random.Next(2) == 0;
        settings.AddLevel = random.Next(2) == 0;
        settings.Adaptation = random.Next(2) == 0 ? 0.01f : 0;
        settings.Combination = (ScoreCombination)(1 + random.Next(3));
        settings.Threshold = (ThresholdMethod)(1 + random.Next(6));
        if (settings.Threshold is ThresholdMethod.Fixed or ThresholdMethod.Sigma or ThresholdMethod.Dynamic) settings.Level = 3;
        settings.Sensors.Substitution = (SubstitutionKind)(1 + random.Next(3));
        settings.Sensors.MaxSubstituted = random.Next(12);
        settings.Sensors.RecoverySteps = random.Next(3) == 0 ? random.Next(20) : -1;
        settings.HoldOffSteps = random.Next(20);
        settings.MaxAlarmSteps = settings.Latching ? 0 : random.Next(60);
        settings.RootScores = random.Next(2) == 0;
        Detector detector = WatchedStream.Detector(way, settings);
        WatchedInvariants invariants = new(detector, $"seed {seed}, {way}");
        short[][] signal = WatchedStream.Signal(StepsPerSeed, seed);
        float[] floats = new float[3];
        byte[] state = new byte[detector.SavedStateBytes];
        bool isClocked = random.Next(2) == 0;
        int disturbance = 0, left = 0, now = random.Next();
        for (int t = 0; t < StepsPerSeed; t++)
        {
            short[] sample = signal[t];
            // Quiet long enough, in every other seed from the start, for alarms to be possible.
            if (left-- <= 0)
            {
                bool isQuiet = disturbance != 0 || (t < 2 * WatchedStream.ReadyAt && seed % 2 == 0);
                disturbance = isQuiet ? 0 : random.Next(2) == 0 ? 3 : random.Next(1, 9);
                left = random.Next(disturbance == 0 ? 150 : 40);
            }
            int channel = random.Next(3);
            if (disturbance == 1) sample[channel] = (short)random.Next(short.MinValue, short.MaxValue + 1);
            if (disturbance == 2 && t > 0) sample = signal[t] = signal[t - 1];
            if (disturbance == 3) (sample[0], sample[2]) = ((short)(sample[0] + 260), (short)(sample[2] + 80));
            for (int c = 0; c < 3; c++) floats[c] = sample[c];
            if (disturbance == 4) floats[channel] = float.NaN;
            if (disturbance == 5) floats[1] = BitConverter.Int32BitsToSingle(random.Next());
            now = unchecked(now + 100 + (disturbance == 6 ? random.Next(300) : 0));
            bool isMissing = disturbance == 7 && random.Next(2) == 0;
            // With a clock a tick is missing where nothing is called.
            if (isMissing && isClocked) continue;
            long before = GC.GetAllocatedBytesForCurrentThread();
            DetectorState said = isMissing ? detector.StepMissing()
                : way == WatchedStream.Counts ? (isClocked ? detector.StepCountsAt(sample, 0, now) : detector.StepCounts(sample, 0))
                : isClocked ? detector.StepAt(floats, 0, now) : detector.Step(floats, 0);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(said == detector.State && allocated == 0, $"seed {seed}, {way}, step {t}: {said}, {detector.State}, {allocated} bytes");
            invariants.Check();
            if (random.Next(100) == 0)
            {
                detector.SaveState(state, 0);
                int status = detector.RestoreState(state, 0, state.Length);
                Assert.True(status == StateStatus.Restored, $"seed {seed}, {way}, step {t}: {StateStatus.Describe(status)}");
            }
        }
        return detector;
    }
}
