using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Detect;
using EdgeRnn.Converter.Verify;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Tests.Detect;

public sealed class WhiteningTests
{
    [Fact]
    public void Matrix_of_known_moments_is_the_inverse_factor_computed_by_hand()
    {
        // A forecast that nothing changes: channel 0 errs by 2, 0, -2, 0, ..., channel 1 by 0, 1, 0, -1: S = diag(2, 1/2).
        float[] rows = [.. Enumerable.Range(0, 400).SelectMany(i => new float[] { 2 * ((i + 1) / 2 % 2), i / 2 % 2 })];
        float[] lower = ErrorStatistics.Of(Model.Load(NormalData.Persistence(2)), Plain(), [.. rows.Chunk(2)], 0).Whitening();
        float[] expected = [1 / MathF.Sqrt(2), 0, MathF.Sqrt(2)];
        // The number of errors is odd, hence a part in some hundreds.
        for (int i = 0; i < 3; i++) Assert.Equal(expected[i], lower[i], 0.01);
    }

    [Fact]
    public void Normalised_weighted_and_bounded_errors_are_whitened_as_they_are_combined()
    {
        DetectorSettings settings = Plain();
        settings.Weights = [10, 0.1f];
        float[][] rows = [.. NormalData.Noise(3000, 2, 4).Sequences[0].Chunk(2)];
        Model model = Model.Load(NormalData.Persistence(2));
        double[] bare = [.. ErrorStatistics.Of(model, settings, rows, 0).Deviations];
        double[] weighted = [.. ErrorStatistics.AsCombined(model, settings, rows, 0).Deviations];
        // The detector's numbers have 16 fraction bits.
        Assert.Equal(10 * bare[0], weighted[0], 1e-3);
        Assert.Equal(0.1 * bare[1], weighted[1], 1e-3);
        settings.NormaliseChannels = true;
        settings.Weights = [];
        // Learnt from 200 errors: to about 1 / sqrt(2 * 200), three times that.
        Assert.All(ErrorStatistics.AsCombined(model, settings, rows, 0).Deviations, deviation => Assert.InRange(deviation, 0.85, 1.15));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 7)]
    [InlineData(6, 2)]
    public void Distances_of_normal_errors_have_unit_variance_per_channel(int channels, int seed)
    {
        StepArray data = NormalData.Noise(2000, channels, seed);
        Model model = Model.Load(NormalData.Persistence(channels));
        CalibrationResult result = Calibration.Run(model, data, new CalibrationOptions
        {
            Settings = new DetectorSettings { Combination = ScoreCombination.Mahalanobis, Smoothing = 1 },
            Given = new HashSet<string> { nameof(DetectorSettings.Combination), nameof(DetectorSettings.Smoothing) },
        });
        float[] scores = [.. result.Trace.Scores.Where(score => !float.IsNaN(score))];
        // Computed by the detector, in integers. Exactly 1 but for the shrinkage of correlations of a half by a tenth.
        Assert.InRange(scores.Average(score => score * score) / channels, 0.9, 1.1);
    }

    [Fact]
    public void Channel_without_errors_does_not_make_the_matrix_infinite()
    {
        float[][] rows = [.. NormalData.Noise(500, 2, 4).Sequences[0].Chunk(2).Select(row => new[] { row[0], 5 })];
        float[] lower = ErrorStatistics.Of(Model.Load(NormalData.Persistence(2)), Plain(), rows, 0).Whitening();
        Assert.All(lower, entry => Assert.InRange(entry, -1024, 1024));
    }

    private static DetectorSettings Plain() => new() { Combination = ScoreCombination.Mahalanobis, Smoothing = 1 };
}
