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
        // Errors (2, 0) and (0, 1): S = diag(2, 1/2), L = diag(1 / sqrt 2, sqrt 2).
        float[] lower = Whitening.Of([[2, 0], [0, 1]]);
        Assert.Equal([1 / MathF.Sqrt(2), 0, MathF.Sqrt(2)], lower.Select(entry => MathF.Round(entry, 4)), (a, b) => MathF.Abs(a - b) < 1e-3f);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 2)]
    public void Distances_of_the_errors_themselves_have_unit_variance_per_channel(int channels, int seed)
    {
        Model model = Model.Load(NormalData.Persistence(channels));
        DetectorSettings settings = new() { Combination = ScoreCombination.Mahalanobis, Smoothing = 1 };
        IReadOnlyList<double[]> errors = ErrorRun.Of(model, settings, NormalData.Noise(3000, channels, seed));
        float[] lower = Whitening.Of(errors);
        double meanSquare = errors.Average(error => Enumerable.Range(0, channels).Sum(row =>
        {
            double sum = Enumerable.Range(0, row + 1).Sum(column => lower[row * (row + 1) / 2 + column] * error[column]);
            return sum * sum;
        }) / channels);
        // Exactly 1 but for the shrinkage: with correlations of a half, shrunk by a tenth, the trace of S times its inverse is below that
        // by a few percent at most for two channels, more for more.
        Assert.InRange(meanSquare, 0.9, 1.1);
    }

    [Fact]
    public void Device_computes_the_distance_in_integers_as_the_matrix_says()
    {
        StepArray data = NormalData.Noise(2000, 3, 7);
        Model model = Model.Load(NormalData.Persistence(3));
        CalibrationResult result = Calibration.Run(model, data, new CalibrationOptions
        {
            Settings = new DetectorSettings { Combination = ScoreCombination.Mahalanobis, Smoothing = 1 },
            Given = new HashSet<string> { nameof(DetectorSettings.Combination), nameof(DetectorSettings.Smoothing) },
        });
        float[] scores = [.. result.Trace.Scores.Where(score => !float.IsNaN(score))];
        // The mean square of the distances of three channels.
        Assert.InRange(scores.Average(score => score * score) / 3, 0.9, 1.1);
    }

    [Fact]
    public void Channel_without_errors_does_not_make_the_matrix_infinite()
    {
        float[] lower = Whitening.Of([.. Enumerable.Range(0, 100).Select(i => new[] { Math.Sin(i), 0.0, Math.Cos(3 * i) })]);
        Assert.All(lower, entry => Assert.InRange(entry, -1024, 1024));
    }
}
