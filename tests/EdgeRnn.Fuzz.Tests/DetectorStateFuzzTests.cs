using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>
/// Mutants of saved states of detectors: each is restored and the detector runs on, or is refused with a code and nothing has changed; the rules
/// of FORMAT.md say the same.
/// </summary>
public sealed class DetectorStateFuzzTests
{
    private const int StepsAfter = 40, HeaderBytes = 28;

    private static readonly int[] _extremes = [0, 1, 2, 3, 5, 8, -1, 255, 1 << 14, 65536, 65537, 1 << 20, 1 << 24, (1 << 24) + 1, 1 << 30, (1 << 30) + 1, -(1 << 30), -(1 << 30) - 1, int.MaxValue, int.MinValue, 0x7FC00000, 0x7F800000];

    private static readonly (string Name, bool Counts)[] _kinds =
        [("Forecast", false), ("Distance", false), ("Classes", false), ("Counts", false), ("Counts", true), ("Peaks", false), ("Drift", false), ("Dynamic", false)];

    private static readonly (Model Model, SecondModel Second, bool Counts)[] _detectors =
        Array.ConvertAll(_kinds, kind => (Model.Load(ValidFiles.Named(kind.Name)), SecondReader.Read(ValidFiles.Named(kind.Name)), kind.Counts));

    [Fact]
    public void States_of_running_detectors_are_sound_by_the_page_and_restored()
    {
        for (int kind = 0; kind < _kinds.Length; kind++)
        {
            HashSet<DetectorState> seen = [];
            Random random = new(kind);
            Detector detector = Make(kind), other = Make(kind);
            for (int t = 0; t < 400; t++)
            {
                Step(detector, kind, random, 1);
                seen.Add(detector.State);
                byte[] state = Save(detector);
                SecondDetectorState.Read(state, _detectors[kind].Second, _detectors[kind].Counts);
                Assert.Equal(StateStatus.Restored, other.RestoreState(state, 0, state.Length));
                Assert.Equal(state, Save(other));
            }
            Assert.True(seen.Count >= 3, $"{_kinds[kind]}: only {string.Join(", ", seen)}");
        }
    }

    [Fact]
    public void Every_mutant_is_restored_and_runs_on_or_changes_nothing()
    {
        HashSet<int> codes = [];
        for (int seed = 0; seed < LongRun.Choose(40_000, 800_000); seed++) codes.Add(Check(seed));
        Assert.Equal(Enumerable.Range(0, 8), codes.Order());
    }

    [Fact]
    public void Truncated_or_damaged_state_is_refused_and_changes_nothing()
    {
        Detector detector = Make(0);
        Step(detector, 0, new Random(1), 25);
        byte[] state = Save(detector);
        for (int length = 0; length < state.Length; length++)
        {
            Assert.NotEqual(StateStatus.Restored, detector.RestoreState(state, 0, length));
            byte[] cut = state[..length];
            if (length >= 12) BitConverter.TryWriteBytes(cut.AsSpan(8), length);
            Assert.Equal(StateStatus.WrongLength, detector.RestoreState(StateEdit.Seal(cut), 0, length));
        }
        for (int at = 12; at < state.Length; at++)
        {
            byte[] damaged = (byte[])state.Clone();
            damaged[at] ^= 0x10;
            Assert.Equal(StateStatus.ChecksumMismatch, detector.RestoreState(damaged, 0, damaged.Length));
        }
        foreach ((int offset, int length) in new[] { (-1, 100), (0, int.MaxValue), (int.MaxValue, 100), (0, -1), (1, int.MinValue) })
            Assert.Equal(StateStatus.WrongLength, detector.RestoreState(state, offset, length));
        Assert.Equal(state, Save(detector));
    }

    private static int Check(int seed)
    {
        Random random = new(seed);
        int kind = random.Next(_kinds.Length);
        string changes = "not yet changed";
        try
        {
            Detector detector = Make(kind);
            Step(detector, kind, random, random.Next(60));
            byte[] mutant = Mutate(Save(detector), random, detector, out changes);
            Step(detector, kind, random, random.Next(10));
            byte[] before = Save(detector);
            int status = detector.RestoreState(mutant, 0, mutant.Length);
            bool restored = status == StateStatus.Restored;
            Assert.True(Save(detector).AsSpan().SequenceEqual(restored ? mutant : before), $"{StateStatus.Describe(status)}, but the state is another");
            Assert.True(SecondAccepts(mutant, kind, out string reason) == restored, $"{StateStatus.Describe(status)}, the page says otherwise: {reason}");
            Step(detector, kind, random, StepsAfter);
            detector.Acknowledge();
            byte[] after = Save(detector);
            Assert.Equal(StateStatus.Restored, detector.RestoreState(after, 0, after.Length));
            return status;
        }
        catch (Exception failure)
        {
            Assert.Fail($"seed {seed}, {_kinds[kind]}, {changes}: {failure}");
            throw;
        }
    }

    private static byte[] Mutate(byte[] state, Random random, Detector detector, out string changes)
    {
        List<string> made = [];
        int part = state.Length - 4 - 4 * (BitConverter.ToInt32(state, 20) + BitConverter.ToInt32(state, 24));
        for (int count = 1 + random.Next(3); count > 0; count--)
        {
            // Most changes fall on the detector's own numbers, some on the header, few on the network's, which have tests of their own.
            int where = random.Next(8);
            int at = where == 0 ? random.Next(HeaderBytes) : where == 1 ? random.Next(state.Length) : part + random.Next(Math.Max(1, state.Length - 4 - part));
            at = Math.Min(at, state.Length - 1);
            switch (random.Next(8))
            {
                case 0:
                    state[at] ^= (byte)(1 << random.Next(8));
                    made.Add($"bit of byte {at}");
                    break;
                case 1 when random.Next(4) == 0:
                    Array.Resize(ref state, 4 + random.Next(state.Length + 8));
                    made.Add($"length {state.Length}");
                    break;
                default:
                    at = Math.Min(at & ~3, (state.Length & ~3) - 4);
                    int value = random.Next(2) == 0 ? _extremes[random.Next(_extremes.Length)] : BitConverter.ToInt32(state, at) + random.Next(-2, 3);
                    BitConverter.TryWriteBytes(state.AsSpan(at), value);
                    made.Add($"word {(at < part ? at : at - part)} {(at < part ? "before" : "of")} the detector's = {value}");
                    break;
            }
        }
        if (random.Next(6) > 0)
        {
            if (random.Next(2) == 0 && state.Length >= 12) BitConverter.TryWriteBytes(state.AsSpan(8), state.Length);
            StateEdit.Seal(state);
            made.Add("sealed");
        }
        changes = string.Join("; ", made);
        return state;
    }

    private static bool SecondAccepts(byte[] state, int kind, out string reason)
    {
        reason = "it accepts";
        try
        {
            SecondDetectorState.Read(state, _detectors[kind].Second, _detectors[kind].Counts);
            return true;
        }
        catch (FormatException refusal)
        {
            reason = refusal.Message;
            return false;
        }
    }

    private static Detector Make(int kind) => new(_detectors[kind].Model, _detectors[kind].Model.Detector!, _detectors[kind].Counts);

    private static byte[] Save(Detector detector)
    {
        byte[] state = new byte[detector.SavedStateBytes];
        detector.SaveState(state, 0);
        return state;
    }

    // Calm noise, a spell of something else now and then, faults and pauses.
    private static void Step(Detector detector, int kind, Random random, int steps)
    {
        float[] sample = new float[detector.Model.InputSize];
        short[] counts = new short[sample.Length];
        for (int step = 0; step < steps; step++)
        {
            int what = random.Next(60);
            for (int i = 0; i < sample.Length; i++)
            {
                counts[i] = (short)random.Next(what < 8 ? 40 : 4);
                sample[i] = what < 8 ? counts[i] : (float)random.NextDouble() * 2;
            }
            if (what == 1) sample[0] = float.NaN;
            if (what == 2) counts[0] = 30_000;
            if (what == 3) detector.StepMissing();
            else if (_detectors[kind].Counts) detector.StepCountsAt(counts, 0, random.Next(3) == 0 ? step * 35 : step * 20);
            else if (what == 4) detector.StepAt(sample, 0, random.Next());
            else detector.Step(sample, 0);
        }
    }
}
