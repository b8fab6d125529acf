using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>
/// Settings at the ends of their ranges over scores at the ends of theirs: nothing wraps, and whatever is remembered can be restored.
/// </summary>
public sealed class ExtremeSettingsTests
{
    private const int Seed = 4020, Learnt = 400, Most = FixedScore.Max;

    private static readonly (string Name, Func<int, ScoreStream, int> Score)[] _streams =
    [
        ("largest", (_, _) => Most),
        ("smallest", (_, _) => -Most),
        ("both by turns", (i, _) => i % 2 == 0 ? Most : -Most),
        ("both in runs", (i, _) => i / 50 % 2 == 0 ? Most : -Most),
        ("zeros", (_, _) => 0),
        ("zeros, then largest", (i, _) => i < Learnt ? 0 : Most),
        ("zeros, then smallest", (i, _) => i < Learnt ? 0 : -Most),
        ("largest, then smallest", (i, _) => i < Learnt ? Most : -Most),
        ("any", (_, stream) => stream.Any()),
    ];

    public static TheoryData<ThresholdMethod> Methods => [.. Enum.GetValues<ThresholdMethod>().Where(method => method != ThresholdMethod.Fixed)];

    [Theory, MemberData(nameof(Methods))]
    public void No_threshold_leaves_its_range(ThresholdMethod method)
    {
        foreach (DetectorSettings settings in Extremes(method))
        {
            foreach ((string name, Func<int, ScoreStream, int> score) in _streams)
            {
                ScoreStream stream = new(Seed);
                ThresholdRun run = new(settings);
                string what = $"{name}, level {settings.Level}, factor {settings.Factor}, adaptation {settings.Adaptation}, limit {settings.AdaptationLimit}";
                for (int i = 0; i < Learnt; i++) run.Learn(score(i, stream));
                run.Finish();
                for (int i = Learnt; i < 2 * Learnt; i++)
                {
                    int next = score(i, stream), before = run.Value;
                    Assert.True(run.IsSound && before is >= -Most and <= Most, $"seed {Seed}, {what}, score {i}: {before}");
                    bool isBeyond = run.Exceeds(next);
                    if (method != ThresholdMethod.Dynamic) Assert.True(isBeyond == next > before, $"seed {Seed}, {what}, score {i}: {next} of {before}");
                }
                Assert.True(run.IsSound, $"seed {Seed}, {what}");
            }
        }
    }

    // Each step of the recursion, in numbers that cannot overflow.
    [Theory]
    [InlineData(1f, 256f, 256f)]
    [InlineData(1f, 1f, 1f / 256)]
    [InlineData(0.5f, 256f, 1f)]
    public void A_quantile_adapts_as_in_whole_numbers_without_bounds(float adaptation, float limit, float factor)
    {
        foreach (int learnt in new[] { Most, -Most, Most - 1, 1, -1 })
        {
            DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Quantile, 0.5, 2);
            (settings.Adaptation, settings.AdaptationLimit, settings.Factor) = (adaptation, limit, factor);
            ThresholdRun run = new(settings);
            run.Learn(learnt);
            run.Learn(learnt);
            run.Finish();
            BigInteger size = Math.Abs(learnt), step = (BigInteger)(adaptation * 0.5 * 4294967296.0), current = (BigInteger)learnt << 16;
            BigInteger far = BigInteger.Min(size * FixedScore.Of(limit), (BigInteger)Most << 16), near = (size << 32) / FixedScore.Of(limit);
            (BigInteger least, BigInteger most) = learnt < 0 ? (-far, -near) : (near, far);
            for (int i = 0; i < 40; i++)
            {
                int score = i % 20 < 10 ? Most : -Most;
                current += (score > current >> 16 ? 1 : -1) * ((size * step) >> 16);
                current = BigInteger.Max(least, BigInteger.Min(most, current));
                run.Exceeds(score);
                BigInteger value = current >> 16, widened = value >= 0 ? (value * FixedScore.Of(factor) + 32768) >> 16 : (value << 16) / FixedScore.Of(factor);
                Assert.Equal((int)BigInteger.Max(-Most, BigInteger.Min(Most, widened)), run.Value);
            }
        }
    }

    [Theory]
    [InlineData(ScoreCombination.Sum, 4096)]
    [InlineData(ScoreCombination.Norm, 4096)]
    [InlineData(ScoreCombination.Max, 4096)]
    [InlineData(ScoreCombination.Mahalanobis, DetectorChecks.MaxWhitenedChannels)]
    public void The_most_channels_with_the_largest_weights_saturate(ScoreCombination kind, int channels)
    {
        for (int signs = 0; signs < 8; signs++)
        {
            int ErrorSign(int i) => (signs & 1) == 0 || i % 2 == 0 ? 1 : -1;
            DetectorSettings settings = new()
            {
                Combination = kind,
                Weights = [.. Enumerable.Repeat(DetectorChecks.MaxWeight, channels)],
                Whitening = kind != ScoreCombination.Mahalanobis ? []
                    : [.. Enumerable.Range(0, channels * (channels + 1) / 2).Select(i => DetectorChecks.MaxWeight * ((signs & 2) == 0 || i % 3 == 0 ? 1 : -1))],
            };
            int[] errors = [.. Enumerable.Range(0, channels).Select(i => ErrorSign(i) * ((signs & 4) == 0 ? 1 : -1) * Most)], parts = new int[channels];
            Assert.Equal(Most, new ErrorCombination(settings, channels).Combine(errors, parts, 0));
            Assert.All(parts, part => Assert.InRange(part, 0, Most));
        }
    }

    // Half of an odd distance is rounded down: with these weights an average once went one unit of 2^-32 below what can be restored.
    [Theory]
    [InlineData(49153)]
    [InlineData(60000)]
    [InlineData(65535)]
    [InlineData(65536)]
    public void Averages_of_the_smallest_number_stay_above_it(int weight)
    {
        DetectorMemory memory = new();
        Ewma ewma = new(memory, 1, weight);
        memory.Allocate();
        ScoreStream stream = new(Seed + weight);
        for (int i = 0; i < 20_000; i++)
        {
            ewma.Add([i % 50 < 10 ? stream.Any() : -Most], 0);
            Assert.True(ewma.IsSound(), $"seed {Seed + weight}, step {i}");
        }
        Assert.Equal(-Most, ewma.Value(0));
    }

    // A factor below 1 brings the threshold among scores that are no peaks: those would be counted as if the tail had grown.
    [Theory]
    [InlineData(ThresholdMethod.Spot)]
    [InlineData(ThresholdMethod.DriftSpot)]
    public void Scores_beyond_a_threshold_below_the_peaks_are_no_peaks(ThresholdMethod method)
    {
        DetectorSettings settings = ThresholdRun.Settings(method, 0.9, 500);
        (settings.Factor, settings.Risk, settings.History) = (1f / 256, 0.01f, 20);
        ScoreStream stream = new(Seed);
        ThresholdRun run = ThresholdRun.Learnt(settings, _ => 1 + stream.Uniform());
        // The tail stands last: its 256 excesses, how many there are, n and N.
        int peaks = run.Memory.Ints.Length - 7, before = run.Memory.Ints[peaks];
        // DSPOT compares with the average, about 1.5 at first and 1.3 at last.
        double inside = method == ThresholdMethod.Spot ? 0 : 1.3;
        int beyond = 0;
        for (int i = 0; i < 1000; i++) beyond += run.Exceeds(i % 2 == 0 ? inside : 1.5) ? 1 : 0;
        Assert.InRange(beyond, 400, 500);
        Assert.Equal(before, run.Memory.Ints[peaks]);
        Assert.True(run.IsSound);
    }

    [Fact]
    public void Bounds_that_a_factor_below_1_makes_cross_leave_no_score_inside()
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Quantile, 1, 9);
        (settings.TwoSided, settings.Factor) = (true, 0.25f);
        DetectorMemory memory = new();
        ScoreLimit limit = new(memory, settings);
        memory.Allocate();
        for (int i = 2; i <= 10; i++) limit.Learn(i * FixedScore.One);
        Assert.Equal((10 * FixedScore.One / 4, 8 * FixedScore.One), (limit.Upper, limit.Lower));
        for (int i = 0; i <= 12; i++)
        {
            Assert.True(limit.Exceeds(i * FixedScore.One, true));
            Assert.False(limit.IsCalm);
        }
    }

    // Answers of float models can be anything finite; a mean of saturated sums would be a fraction of what each error is.
    [Fact]
    public void The_largest_errors_of_several_answers_have_a_large_mean()
    {
        Model model = Specimens.Load("forecaster, autoregressive, endless");
        Assert.True(model.FramesPerAnswer > 1);
        DetectorSettings settings = new()
        {
            Targets = [.. Enumerable.Repeat(0, model.FrameSize)],
            Smoothing = 1,
            Threshold = ThresholdMethod.Fixed,
            Level = 16_000,
        };
        Detector detector = new(model, settings, false);
        foreach (float[] sample in Specimens.Signal(model, 40)) detector.Step(sample, 0);
        float[] huge = [.. Enumerable.Repeat(1e6f, model.InputSize)];
        detector.Step(huge, 0);
        Assert.All(detector.ErrorBits, error => Assert.InRange(error, Most - 100 * FixedScore.One, Most));
    }

    private static IEnumerable<DetectorSettings> Extremes(ThresholdMethod method)
    {
        (float Least, float Most) level = method switch
        {
            ThresholdMethod.Quantile => (0, 1),
            ThresholdMethod.Sigma => (0, 1000),
            ThresholdMethod.Dynamic => (0, 100),
            _ => (0.5f, 0.9999f),
        };
        bool isTail = method is ThresholdMethod.Spot or ThresholdMethod.DriftSpot;
        float[][] choices = [[level.Least, level.Most], [1f / 256, 1, 256], [0, 1e-6f, 1], [1, 256], [0, 100], [0, 1]];
        IEnumerable<float[]> all = choices.Aggregate((IEnumerable<float[]>)[[]], (sets, values) => sets.SelectMany(set => values.Select(value => (float[])[.. set, value])));
        foreach (float[] set in all)
        {
            // What a method does not look at needs no second value.
            if ((isTail || method == ThresholdMethod.Dynamic) && set[2] != 0) continue;
            if (method != ThresholdMethod.Sigma && set[4] != 0) continue;
            if (method is ThresholdMethod.Quantile or ThresholdMethod.Sigma && set[5] != 0) continue;
            DetectorSettings settings = ThresholdRun.Settings(method, set[0], Learnt);
            (settings.Factor, settings.Adaptation, settings.AdaptationLimit, settings.AdaptationClip) = (set[1], set[2], set[3], set[4]);
            settings.Pruning = set[5];
            settings.Risk = set[5] == 0 ? 1e-9f : 1 - settings.Level;
            settings.History = method == ThresholdMethod.Dynamic ? 2 + (int)set[5] * 62 : 2;
            yield return settings;
        }
    }
}
