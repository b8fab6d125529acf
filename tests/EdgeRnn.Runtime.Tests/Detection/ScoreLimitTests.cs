using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

public sealed class ScoreLimitTests
{
    private const int Seed = 4009;

    public static TheoryData<ThresholdMethod, float> Methods => new()
    {
        { ThresholdMethod.Quantile, 0.98f },
        { ThresholdMethod.Sigma, 5 },
        { ThresholdMethod.Spot, 0.95f },
        { ThresholdMethod.DriftSpot, 0.95f },
        { ThresholdMethod.Dynamic, 3 },
    };

    [Theory, MemberData(nameof(Methods))]
    public void A_machine_that_stops_is_out_of_bounds_only_with_a_lower_bound(ThresholdMethod method, float level)
    {
        Assert.True(ScoresAfterAStop(method, level, true));
        Assert.False(ScoresAfterAStop(method, level, false));
    }

    [Theory, MemberData(nameof(Methods))]
    public void Both_bounds_enclose_normal_scores(ThresholdMethod method, float level)
    {
        ScoreLimit limit = Learnt(method, level, true, out ScoreStream stream);
        Assert.True(limit.IsLearnt);
        int outside = 0;
        for (int step = 0; step < 1000; step++)
        {
            if (limit.Exceeds(FixedScore.Of(4 + 0.3 * stream.Gaussian()), true)) outside++;
            Assert.True(limit.Lower < limit.Upper);
            Assert.True(limit.IsSound());
        }
        Assert.True(outside <= 20, $"seed {Seed}: {outside} of 1000");
    }

    [Fact]
    public void Learning_counts_its_scores()
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Quantile, 0.9, 3);
        ScoreLimit limit = Make(settings);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal((false, i, 3), (limit.IsLearnt, limit.Learnt, limit.Steps));
            limit.Learn(i);
        }
        Assert.Equal((true, 3), (limit.IsLearnt, limit.Learnt));
    }

    [Fact]
    public void A_fixed_threshold_has_nothing_to_learn()
    {
        ScoreLimit limit = Make(new DetectorSettings { Threshold = ThresholdMethod.Fixed, Level = 2 });
        Assert.True(limit.IsLearnt);
        Assert.Equal((2 * FixedScore.One, -FixedScore.Max), (limit.Upper, limit.Lower));
        Assert.False(limit.Exceeds(2 * FixedScore.One, true));
        Assert.True(limit.Exceeds(2 * FixedScore.One + 1, true));
    }

    // Bounds 2 and 10, of which a half: calm is from 4 to 5.
    [Theory]
    [InlineData(11.0, true, false)]
    [InlineData(5.5, false, false)]
    [InlineData(5.0, false, true)]
    [InlineData(4.0, false, true)]
    [InlineData(3.5, false, false)]
    [InlineData(1.0, true, false)]
    public void Calm_is_further_inside_of_both_bounds(double score, bool isBeyond, bool isCalm)
    {
        DetectorSettings settings = ThresholdRun.Settings(ThresholdMethod.Quantile, 1, 9);
        settings.TwoSided = true;
        settings.Hysteresis = 0.5f;
        ScoreLimit limit = Make(settings);
        for (int i = 2; i <= 10; i++) limit.Learn(FixedScore.Of(i));
        Assert.Equal((10 * FixedScore.One, 2 * FixedScore.One), (limit.Upper, limit.Lower));
        Assert.Equal(isBeyond, limit.Exceeds(FixedScore.Of(score), true));
        Assert.Equal(isCalm, limit.IsCalm);
    }

    private static bool ScoresAfterAStop(ThresholdMethod method, float level, bool twoSided)
    {
        ScoreLimit limit = Learnt(method, level, twoSided, out _);
        return limit.Exceeds(0, true);
    }

    private static ScoreLimit Learnt(ThresholdMethod method, float level, bool twoSided, out ScoreStream stream)
    {
        DetectorSettings settings = ThresholdRun.Settings(method, level, 800);
        settings.TwoSided = twoSided;
        settings.Factor = 1.2f;
        settings.History = 200;
        ScoreLimit limit = Make(settings);
        stream = new ScoreStream(Seed);
        for (int step = 0; step < 800; step++) limit.Learn(FixedScore.Of(4 + 0.3 * stream.Gaussian()));
        return limit;
    }

    private static ScoreLimit Make(DetectorSettings settings)
    {
        DetectorMemory memory = new();
        ScoreLimit limit = new(memory, settings);
        memory.Allocate();
        return limit;
    }
}
