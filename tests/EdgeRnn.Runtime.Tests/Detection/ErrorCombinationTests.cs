using System;
using System.Linq;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

public sealed class ErrorCombinationTests
{
    private const int Seed = 4005;
    private const int Size = 6;

    // What may differ from double precision: a unit for each weighted error's rounding and, in the distance, one for each product of a row.
    [Theory]
    [InlineData(ScoreCombination.Sum)]
    [InlineData(ScoreCombination.Norm)]
    [InlineData(ScoreCombination.Max)]
    [InlineData(ScoreCombination.Mahalanobis)]
    public void Scores_and_parts_are_those_of_double_precision(ScoreCombination kind)
    {
        ScoreStream stream = new(Seed);
        for (int trial = 0; trial < 300; trial++)
        {
            DetectorSettings settings = Settings(kind, stream);
            double[] errors = [.. Enumerable.Range(0, Size).Select(_ => 5 * stream.Gaussian())];
            int[] parts = new int[Size + 2], given = Array.ConvertAll(errors, FixedScore.Of);
            double score = new ErrorCombination(settings, Size).Combine(given, parts, 2) / (double)FixedScore.One;
            double[] u = [.. errors.Select((error, i) => Math.Clamp(error * settings.Weights[i], -settings.ErrorClip, settings.ErrorClip))];
            double[] expected = Parts(kind, settings, u);
            bool isSquare = kind is ScoreCombination.Norm or ScoreCombination.Mahalanobis;
            double whole = kind == ScoreCombination.Mahalanobis ? Distance(settings, u).Sum(x => x * x) : expected.Sum();
            // Of a square the error is twice its root's, and large roots are multiplied by it.
            double unit = 8.0 * Size / FixedScore.One, scale = isSquare ? 1 + 4 * whole : 1;
            Assert.True(Math.Abs((isSquare ? score * score : score) - whole) <= unit * scale, $"seed {Seed}, trial {trial}: {score}, {whole}");
            for (int i = 0; i < Size; i++)
            {
                double part = parts[2 + i] / (double)FixedScore.One;
                Assert.True(Math.Abs(part - Math.Max(expected[i], 0)) <= unit * scale, $"seed {Seed}, trial {trial}, channel {i}: {part}, {expected[i]}");
            }
            Assert.Equal([0, 0], parts[..2]);
        }
    }

    [Theory]
    [InlineData(ScoreCombination.Sum)]
    [InlineData(ScoreCombination.Norm)]
    [InlineData(ScoreCombination.Max)]
    [InlineData(ScoreCombination.Mahalanobis)]
    public void The_largest_errors_saturate(ScoreCombination kind)
    {
        ScoreStream stream = new(Seed);
        DetectorSettings settings = Settings(kind, stream);
        settings.Weights = [];
        settings.ErrorClip = 0;
        for (int i = 0; i < settings.Whitening.Length; i++) settings.Whitening[i] = 1024;
        foreach (int sign in new[] { 1, -1 })
        {
            int[] errors = [.. Enumerable.Repeat(sign * FixedScore.Max, Size)], parts = new int[Size];
            Assert.Equal(FixedScore.Max, new ErrorCombination(settings, Size).Combine(errors, parts, 0));
            Assert.All(parts, part => Assert.InRange(part, 0, FixedScore.Max));
            Assert.Contains(FixedScore.Max, parts);
        }
    }

    private static DetectorSettings Settings(ScoreCombination kind, ScoreStream stream) => new()
    {
        Combination = kind,
        ErrorClip = 12,
        Weights = [.. Enumerable.Range(0, Size).Select(_ => (float)(2 * stream.Uniform()))],
        Whitening = kind != ScoreCombination.Mahalanobis ? [] : [.. Enumerable.Range(0, Size * (Size + 1) / 2).Select(_ => (float)stream.Gaussian())],
    };

    private static double[] Parts(ScoreCombination kind, DetectorSettings settings, double[] u) => kind switch
    {
        ScoreCombination.Sum => Array.ConvertAll(u, Math.Abs),
        ScoreCombination.Norm => Array.ConvertAll(u, x => x * x),
        ScoreCombination.Max => [.. u.Select((x, i) => i == Array.FindIndex(u, y => Math.Abs(y) == u.Max(Math.Abs)) ? Math.Abs(x) : 0)],
        _ => [.. u.Select((x, column) => x * Distance(settings, u).Select((v, row) => row < column ? 0 : v * settings.Whitening[row * (row + 1) / 2 + column]).Sum())],
    };

    private static double[] Distance(DetectorSettings settings, double[] u) =>
        [.. u.Select((_, row) => Enumerable.Range(0, row + 1).Sum(column => settings.Whitening[row * (row + 1) / 2 + column] * u[column]))];
}
