using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>What a threshold knows lies in its memory, all of it; and working on it allocates nothing.</summary>
[Collection(nameof(AllocationTests))]
public sealed class ThresholdStateTests
{
    private const int Seed = 4014;
    private const int Steps = 600;

    public static TheoryData<ThresholdMethod> Methods => [.. Enum.GetValues<ThresholdMethod>()];

    [Theory, MemberData(nameof(Methods))]
    public void A_copied_memory_continues_the_same_at_every_stage(ThresholdMethod method)
    {
        foreach (int at in new[] { 0, 1, 63, 64, 300, Steps, Steps + 1, Steps + 700 })
        {
            ThresholdRun run = new(Settings(method)), other = new(Settings(method));
            ScoreStream stream = new(Seed);
            for (int step = 0; step < Steps + 1500; step++)
            {
                if (step == at)
                {
                    Assert.True(run.IsSound, $"{method}, step {step}");
                    Array.Copy(run.Memory.Ints, other.Memory.Ints, other.Memory.Ints.Length);
                }
                double score = 3 + stream.Gaussian() + (step % 97 == 0 ? 4 : 0);
                bool mayLearn = stream.Uniform() < 0.9;
                bool beyond = Step(run, step, score, mayLearn);
                if (step < at) continue;
                Assert.Equal(beyond, Step(other, step, score, mayLearn));
                Assert.Equal(run.Value, other.Value);
            }
            Assert.Equal(run.Memory.Ints, other.Memory.Ints);
        }
    }

    // Numbers that cannot have been saved are refused or harmless: nothing is thrown, whatever stands in the memory.
    [Theory, MemberData(nameof(Methods))]
    public void Nothing_is_thrown_after_a_memory_that_was_found_sound(ThresholdMethod method)
    {
        int accepted = 0, refused = 0;
        for (int trial = 0; trial < 3000; trial++)
        {
            ScoreStream stream = new(Seed + trial);
            ThresholdRun run = ThresholdRun.Learnt(Settings(method), _ => 3 + stream.Gaussian());
            int[] ints = run.Memory.Ints;
            for (int i = stream.Int(0, 3); i >= 0 && ints.Length > 0; i--)
            {
                int place = stream.Int(0, 2) == 0 ? stream.Int(0, ints.Length) : ints.Length - 1 - stream.Int(0, Math.Min(10, ints.Length));
                ints[place] = stream.Int(0, 3) switch { 0 => stream.Any() * 2, 1 => ints[place] + stream.Int(-2, 3), _ => stream.Int(-3, 300) };
            }
            if (!run.IsSound)
            {
                refused++;
                continue;
            }
            accepted++;
            for (int step = 0; step < 100; step++) run.Exceeds(3 + 2 * stream.Gaussian());
            Assert.InRange(run.Value, -FixedScore.Max, FixedScore.Max);
        }
        if (method != ThresholdMethod.Fixed) Assert.True(accepted > 100 && refused > 100, $"{accepted} accepted, {refused} refused");
    }

    [Theory, MemberData(nameof(Methods))]
    public void Learning_and_comparing_allocate_nothing(ThresholdMethod method)
    {
        int[] scores = new int[4096];
        ScoreStream stream = new(Seed);
        for (int i = 0; i < scores.Length; i++) scores[i] = FixedScore.Of(3 + stream.Gaussian());
        // What the process allocates once, for its first use of the code, is not the threshold's.
        All(new ThresholdRun(Settings(method)), scores);
        ThresholdRun run = new(Settings(method));
        Assert.True(GC.TryStartNoGCRegion(4 << 20));
        long before = GC.GetAllocatedBytesForCurrentThread();
        All(run, scores);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.EndNoGCRegion();
        Assert.Equal(0, bytes);
    }

    private static void All(ThresholdRun run, int[] scores)
    {
        for (int i = 0; i < Steps; i++) run.Learn(scores[i]);
        run.Finish();
        for (int i = Steps; i < scores.Length; i++) run.Exceeds(scores[i], i % 50 != 0);
    }

    private static bool Step(ThresholdRun run, int step, double score, bool mayLearn)
    {
        if (step >= Steps) return run.Exceeds(score, mayLearn);
        run.Learn(FixedScore.Of(score));
        if (step == Steps - 1) run.Finish();
        return false;
    }

    private static DetectorSettings Settings(ThresholdMethod method) => new()
    {
        Threshold = method,
        ThresholdSteps = Steps,
        Level = method is ThresholdMethod.Sigma or ThresholdMethod.Dynamic or ThresholdMethod.Fixed ? 3 : 0.9f,
        Risk = 0.001f,
        History = 64,
        Adaptation = 0.01f,
        Factor = 1.1f,
    };
}
