using System;
using System.Linq;
using EdgeRnn.Converter.Detect;
using EdgeRnn.Converter.Evaluate;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Tests.Detect;

/// <summary>What calibration weighs and whitens a score's channels by.</summary>
public sealed class ErrorStatisticsTests
{
    private const int Seed = 5, Steps = 4000, FirstRow = 10;

    /// <summary>Relative; readings are rounded to 2^-16 of a deviation, the matrix to float32.</summary>
    private const double Rounding = 1e-3;

    /// <summary>What settings allow (<see cref="DetectorSettings.Weights"/>).</summary>
    private const float MaxWeight = 1024;

    private static readonly DetectorSettings _level = new() { Kind = ScoreKind.Level };

    [Fact]
    public void Weights_are_the_inverse_of_the_root_mean_square()
    {
        float[][] rows = Correlated(3, 0);
        ErrorStatistics statistics = ErrorStatistics.Of(Plain(3), _level, rows, FirstRow);
        Assert.Equal(Steps - FirstRow, statistics.Steps);
        double[][] moments = Moments(rows);
        for (int c = 0; c < 3; c++) Assert.Equal(1, statistics.Weights()[c] * Math.Sqrt(moments[c][c]), Rounding);
    }

    [Fact]
    public void Squared_distance_of_normal_rows_is_the_number_of_channels_on_average()
    {
        // Without correlations shrinkage takes nothing away but what chance left: about channels^2 / steps.
        float[][] rows = Correlated(4, 0);
        Assert.Equal(4, MeanSquare(Whitening(rows), rows), 0.02);
    }

    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(5, 0.9)]
    public void Shrinkage_makes_channels_that_go_together_less_unusual(int channels, double shared)
    {
        // tr(R_s^-1 R) with R_s = (1 - s) R + s I is (n - s tr(R_s^-1)) / (1 - s).
        const double S = ErrorStatistics.Shrinkage;
        float[][] rows = Correlated(channels, shared);
        double[][] shrunk = Inverse(Shrunk(Moments(rows), scaled: true));
        double expected = (channels - S * Enumerable.Range(0, channels).Sum(i => shrunk[i][i])) / (1 - S);
        Assert.True(expected < channels, $"seed {Seed}");
        Assert.Equal(expected, MeanSquare(Whitening(rows), rows), Rounding * channels);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0.5)]
    [InlineData(6, 0.95)]
    public void Whitening_is_the_inverse_by_elimination(int channels, double shared)
    {
        float[][] rows = Correlated(channels, shared);
        double[][] expected = Inverse(Shrunk(Moments(rows), scaled: false)), found = Square(Whitening(rows), channels);
        double largest = expected.Max(row => row.Max(Math.Abs));
        for (int i = 0; i < channels; i++)
        {
            for (int j = 0; j < channels; j++) Assert.Equal(expected[i][j], found[i][j], Rounding * largest);
        }
    }

    [Fact]
    public void Channel_that_never_errs_stays_within_what_settings_allow()
    {
        float[][] rows = [.. Correlated(2, 0.5).Select(row => new[] { row[0], 0, row[1] })];
        Model model = Plain(3);
        ErrorStatistics statistics = ErrorStatistics.Of(model, _level, rows, FirstRow);
        Assert.Equal(MaxWeight, statistics.Weights()[1]);
        float[] whitening = statistics.Whitening();
        Assert.All(whitening, entry => Assert.True(float.IsFinite(entry) && Math.Abs(entry) <= MaxWeight));
        Assert.Equal(0, whitening[1]); // row 1: channel 0, channel 1
        Assert.Equal(MaxWeight, whitening[2]);
        DetectorSettings settings = new() { Kind = ScoreKind.Level, Combination = ScoreCombination.Mahalanobis, Whitening = whitening };
        Assert.Equal(3, new Detector(model, settings, counts: false).ChannelCount);
    }

    [Fact]
    public void Rows_before_the_first_do_not_matter()
    {
        Model model = Plain(1);
        float[][] rows = Correlated(1, 0), disturbed = [.. rows.Select((row, i) => i < FirstRow ? [1000f] : row)];
        double expected = ErrorStatistics.Of(model, _level, rows, FirstRow).Deviations[0];
        ErrorStatistics found = ErrorStatistics.Of(model, _level, disturbed, FirstRow);
        Assert.Equal(Steps - FirstRow, found.Steps);
        Assert.Equal(expected, found.Deviations[0]);
    }

    [Fact]
    public void Missing_samples_are_left_out()
    {
        float[][] rows = Correlated(1, 0);
        rows[100] = [float.NaN];
        // The missing one, and the step in which the detector settles again.
        Assert.Equal(Steps - FirstRow - 2, ErrorStatistics.Of(Plain(1), _level, rows, FirstRow).Steps);
    }

    [Fact]
    public void Recording_without_a_score_is_refused() => Assert.Contains("10 rows give no score after the first 10",
        Assert.Throws<ConversionException>(() => ErrorStatistics.Of(Plain(1), _level, Correlated(1, 0)[..FirstRow], FirstRow)).Message,
        StringComparison.Ordinal);

    private static float[] Whitening(float[][] rows) => ErrorStatistics.Of(Plain(rows[0].Length), _level, rows, FirstRow).Whitening();

    // Mean 0, deviation 1: errors of kind Level are the rows themselves.
    private static Model Plain(int channels) =>
        TrivialModels.Persistence([[.. Enumerable.Repeat(-1f, channels)], [.. Enumerable.Repeat(1f, channels)]]);

    // Normal numbers of deviation 0.5 to 3 with a part that all channels share.
    private static float[][] Correlated(int channels, double shared)
    {
        Random random = new(Seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [.. Enumerable.Range(0, Steps).Select(_ =>
        {
            double common = Normal();
            return Enumerable.Range(0, channels).Select(c =>
                (float)((0.5 + 2.5 * c / channels) * (Math.Sqrt(shared) * common + Math.Sqrt(1 - shared) * Normal()))).ToArray();
        })];
    }

    private static double[][] Moments(float[][] rows)
    {
        int channels = rows[0].Length;
        return [.. Enumerable.Range(0, channels).Select(i => Enumerable.Range(0, channels).Select(j =>
            rows[FirstRow..].Average(row => (double)row[i] * row[j])).ToArray())];
    }

    private static double[][] Shrunk(double[][] moments, bool scaled) => [.. moments.Select((row, i) => row.Select((moment, j) =>
        (i == j ? 1 : 1 - ErrorStatistics.Shrinkage) * moment / (scaled ? Math.Sqrt(moments[i][i] * moments[j][j]) : 1)).ToArray())];

    private static double MeanSquare(float[] whitening, float[][] rows)
    {
        double[][] inverse = Square(whitening, rows[0].Length);
        return rows[FirstRow..].Average(row => row.Select((a, i) => row.Select((b, j) => inverse[i][j] * a * b).Sum()).Sum());
    }

    // L' L of a lower triangle given row by row.
    private static double[][] Square(float[] lower, int size)
    {
        double At(int row, int column) => column > row ? 0 : lower[row * (row + 1) / 2 + column];
        return [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Select(j =>
            Enumerable.Range(0, size).Sum(k => At(k, i) * At(k, j))).ToArray())];
    }

    // Gauss and Jordan; the matrices here need no exchange of rows.
    private static double[][] Inverse(double[][] matrix)
    {
        int size = matrix.Length;
        double[][] left = [.. matrix.Select((row, i) => row.Concat(Enumerable.Range(0, size).Select(j => i == j ? 1.0 : 0)).ToArray())];
        for (int pivot = 0; pivot < size; pivot++)
        {
            double scale = left[pivot][pivot];
            for (int j = 0; j < 2 * size; j++) left[pivot][j] /= scale;
            for (int row = 0; row < size; row++)
            {
                double factor = left[row][pivot];
                for (int j = 0; row != pivot && j < 2 * size; j++) left[row][j] -= factor * left[pivot][j];
            }
        }
        return [.. left.Select(row => row[size..])];
    }
}
