using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Detection;

/// <summary>Fits of tests/vectors/detect/pot.json, which SciPy made.</summary>
public sealed class ParetoFitTests
{
    private const int Seed = 4010;

    // The likelihood is flat at its maximum: 53 bits of it place the maximum to about 26. SciPy's optimiser stops at 1e-12 of the
    // likelihood, which leaves 1e-6 of gamma; far quantiles multiply that by the square of their distance's logarithm.
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Names => [.. Cases().Select(one => one.GetProperty("name").GetString()!)];

    [Theory, MemberData(nameof(Names))]
    public void The_fit_is_SciPys(string name)
    {
        JsonElement one = Cases().Single(element => element.GetProperty("name").GetString() == name);
        int[] peaks = [7, .. one.GetProperty("peaks").EnumerateArray().Select(peak => peak.GetInt32()), 9];
        ParetoFit fit = new();
        fit.Fit(peaks, 1, peaks.Length - 2);
        double sigma = one.GetProperty("sigma").GetDouble();
        Assert.Equal(one.GetProperty("gamma").GetDouble(), fit.Gamma, Tolerance);
        Assert.Equal(sigma, fit.Sigma / FixedScore.One, sigma * Tolerance);
        double likelihood = peaks[1..^1].Average(peak => LogDensity(peak / (double)FixedScore.One, fit.Gamma, fit.Sigma / FixedScore.One));
        Assert.Equal(one.GetProperty("likelihood").GetDouble(), likelihood, 1e-9);
        foreach ((double share, double excess) in Doubles(one, "shares").Zip(Doubles(one, "excesses")))
            Assert.Equal(excess, fit.Quantile(share) / FixedScore.One, excess * 10 * Tolerance);
    }

    [Fact]
    public void Equal_excesses_have_the_tail_with_the_nearest_end()
    {
        ParetoFit fit = new();
        fit.Fit([.. Enumerable.Repeat(1000, 50)], 0, 50);
        Assert.Equal(-0.5, fit.Gamma, 1e-6);
        Assert.InRange(fit.Quantile(1e-6), 1000, 3000);
    }

    [Theory]
    [InlineData(1, 1 << 30)]
    [InlineData(100_000, 1 << 30)]
    [InlineData(1 << 30, 1 << 30)]
    [InlineData(1, 1)]
    public void One_huge_excess_among_others_leaves_a_finite_tail(int others, int huge)
    {
        ScoreStream stream = new(Seed);
        int[] excesses = [huge, .. Enumerable.Range(0, 200).Select(_ => Math.Max(1, (int)(others * stream.Uniform())))];
        ParetoFit fit = new();
        fit.Fit(excesses, 0, excesses.Length);
        Assert.InRange(fit.Gamma, -0.5, 1);
        Assert.InRange(fit.Sigma, 0.1, 1e10);
        Assert.InRange(fit.Quantile(1e-9), fit.Quantile(1e-3), 1e20);
    }

    [Theory]
    [InlineData(-0.2)]
    [InlineData(0.3)]
    public void A_fit_does_not_depend_on_the_order_or_the_unit(double gamma)
    {
        ScoreStream stream = new(Seed);
        int[] excesses = [.. Enumerable.Range(0, 150).Select(_ => 1 + FixedScore.Of(stream.Pareto(gamma)))];
        ParetoFit fit = new(), other = new();
        fit.Fit(excesses, 0, 150);
        other.Fit([.. excesses.OrderDescending().Select(excess => 16 * excess)], 0, 150);
        Assert.Equal(fit.Gamma, other.Gamma, 1e-6);
        Assert.Equal(16 * fit.Sigma, other.Sigma, 1e-5 * other.Sigma);
    }

    // Three deviations of gamma, (1 + gamma) / sqrt(peaks), with as many known peaks as are below the bound.
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(-0.2)]
    public void Censored_excesses_do_not_shorten_the_tail(double gamma)
    {
        for (int seed = Seed; seed < Seed + 10; seed++)
        {
            ScoreStream stream = new(seed);
            int bound = FixedScore.Of(1.5);
            int[] excesses = [.. Enumerable.Range(0, 4000).Select(_ => Math.Max(1, FixedScore.Of(gamma == 0 ? stream.Exponential() : stream.Pareto(gamma))))];
            for (int i = 0; i < excesses.Length; i++) excesses[i] = excesses[i] > bound ? -bound : excesses[i];
            ParetoFit fit = new();
            fit.Fit(excesses, 0, excesses.Length);
            Assert.True(Math.Abs(fit.Gamma - gamma) < 0.15, $"seed {seed}: gamma {fit.Gamma}");
            Assert.Equal(1, fit.Sigma / FixedScore.One, 0.15);
        }
    }

    [Fact]
    public void Without_a_known_excess_the_tail_is_finite()
    {
        ParetoFit fit = new();
        fit.Fit([-5000, -5000, -6000], 0, 3);
        Assert.InRange(fit.Quantile(1e-6), 6000, 1e15);
    }

    private static double LogDensity(double excess, double gamma, double sigma) => -Math.Log(sigma) - (1 + 1 / gamma) * Math.Log(1 + gamma * excess / sigma);

    private static double[] Doubles(JsonElement one, string property) => [.. one.GetProperty(property).EnumerateArray().Select(value => value.GetDouble())];

    private static JsonElement[] Cases()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "vectors", "detect", "pot.json")));
        return [.. document.RootElement.Clone().GetProperty("cases").EnumerateArray()];
    }
}
