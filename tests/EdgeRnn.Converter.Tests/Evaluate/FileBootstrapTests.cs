using System;
using System.Collections.Generic;
using System.Linq;
using EdgeRnn.Converter.Evaluate;

namespace EdgeRnn.Converter.Tests.Evaluate;

public sealed class FileBootstrapTests
{
    [Fact]
    public void As_many_files_are_drawn_as_there_are()
    {
        int resamples = 0;
        FileBootstrap.Interval(7, draws =>
        {
            resamples++;
            Assert.Equal(7, draws.Sum());
            return 0;
        }, seed: 1);
        Assert.Equal(FileBootstrap.DefaultCount, resamples);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval()
    {
        Assert.Equal(FileBootstrap.Interval(5, Mean, 3), FileBootstrap.Interval(5, Mean, 3));
        Assert.NotEqual(FileBootstrap.Interval(5, Mean, 3), FileBootstrap.Interval(5, Mean, 4));
    }

    [Fact]
    public void A_single_file_leaves_nothing_to_draw() =>
        Assert.Equal(new MetricInterval(0.5, 0.5, 0), FileBootstrap.Interval(1, _ => 0.5, 1));

    [Fact]
    public void Undefined_figures_are_left_out_and_counted()
    {
        // Undefined where file 0 is not drawn: (1/2)^2 of the resamples of two files.
        MetricInterval interval = FileBootstrap.Interval(2, draws => draws[0] == 0 ? double.NaN : 1, 1, 1000);
        Assert.Equal(1, interval.Low);
        Assert.InRange(interval.Undefined, 200, 300); // 250, and 3.6 standard deviations of 13.7
        Assert.Equal(new MetricInterval(double.NaN, double.NaN, 10), FileBootstrap.Interval(2, _ => double.NaN, 1, 10));
    }

    // The mean of n draws from 0..99 is close to normal with deviation 28.9 / sqrt(n).
    [Fact]
    public void The_interval_of_a_mean_is_about_two_standard_errors_wide()
    {
        const int Files = 100;
        MetricInterval interval = FileBootstrap.Interval(Files, Mean, 1);
        const double StandardError = 2.89;
        Assert.Equal(49.5 - 1.96 * StandardError, interval.Low, 0.8); // ends of 1000 resamples scatter by 0.09 standard errors
        Assert.Equal(49.5 + 1.96 * StandardError, interval.High, 0.8);
    }

    [Fact]
    public void Quantiles_lie_between_the_nearest_values()
    {
        Assert.Equal(2.5, Quantile.OfSorted([1, 2, 3, 4], 0.5));
        Assert.Equal(4, Quantile.OfSorted([1, 2, 3, 4], 1));
        Assert.Equal(1.3, Quantile.OfSorted([1, 2], 0.3), 1e-15);
        Assert.Equal(double.NaN, Quantile.OfSorted([], 0.5));
    }

    [Fact]
    public void Intervals_of_pooled_figures_hold_the_figures()
    {
        const int Seed = 5;
        Random random = new(Seed);
        FileTrace[] traces = [.. Enumerable.Range(0, 12).Select(file => Noisy($"{file}", random))];
        PooledFigures figures = PooledFigures.Of(traces, Seed);
        Assert.Equal(traces.Sum(trace => trace.Labels.Count), figures.Rows.Rows);
        Assert.Equal(traces.Select(trace => trace.Name), figures.Files.Select(file => file.Name));
        AssertHolds(figures.F1Interval, figures.Rows.F1);
        AssertHolds(figures.FalseAlarmInterval, figures.Rows.FalseAlarmRate);
        AssertHolds(figures.MissedAlarmInterval, figures.Rows.MissedAlarmRate);
        AssertHolds(figures.MccInterval, figures.Rows.Mcc);
        AssertHolds(figures.AucInterval, figures.Auc);

        static void AssertHolds(MetricInterval interval, double figure) =>
            Assert.True(interval.Low < figure && figure < interval.High, $"seed {Seed}: {figure} is not within {interval}");
    }

    private static double Mean(IReadOnlyList<int> draws) =>
        draws.Select((count, file) => count * file).Sum() / (double)draws.Count;

    private static FileTrace Noisy(string name, Random random)
    {
        bool[] labels = [.. Enumerable.Range(0, 100).Select(row => row >= 60)];
        double[] scores = [.. labels.Select(label => random.NextDouble() + (label ? 0.3 : 0))];
        return FileTrace.ByThreshold(name, scores, 0.6, labels);
    }
}
