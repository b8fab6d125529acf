using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Quantize.Rounding;

/// <summary>
/// Rounds rows of weights for the inputs of a calibration: searches the integers on several grids and keeps what errs least. Never
/// worse over the calibration than plain rounding, which it falls back to. Weights that plain rounding keeps exact stay as they are.
/// </summary>
internal sealed class CalibratedRounding
{
    private const int Finalists = 4;

    private readonly RoundingMetric _metric;
    private readonly RoundingStyle _style;
    private readonly LatticeSearch _search;
    private readonly double[] _steps;

    /// <param name="metric">What errors weigh.</param>
    /// <param name="style">Which grids are searched.</param>
    public CalibratedRounding(RoundingMetric metric, RoundingStyle style)
    {
        _metric = metric;
        _style = style;
        _search = new LatticeSearch(metric);
        _steps = new double[metric.Count];
    }

    /// <summary>The best fit with one scale for the row.</summary>
    /// <param name="values">Weights of the row.</param>
    /// <param name="plain">What plain rounding makes of them.</param>
    /// <param name="maxWeight">Largest integer.</param>
    /// <param name="leastScale">Scales are not smaller.</param>
    /// <param name="greatestScale">Scales are smaller than this, but for the plain one.</param>
    public RowFit Fit(ReadOnlySpan<float> values, RowFit plain, int maxWeight, float leastScale, float greatestScale)
    {
        double[]? errors = ErrorsOf(values, plain);
        if (errors == null) return plain;
        return Best(values, plain, errors, GridChoice.Scales(values, maxWeight, _style)
            .Where(scale => scale >= leastScale && scale < greatestScale)
            .Select(scale => new RowGrid(scale, [])), maxWeight);
    }

    /// <summary>The best fit with one scale for the row and a multiplier for each group of 32 columns.</summary>
    /// <param name="values">Weights of the row.</param>
    /// <param name="plain">What plain rounding makes of them.</param>
    /// <param name="maxWeight">Largest integer.</param>
    /// <param name="leastScale">The scale is not made smaller than this.</param>
    /// <param name="maxMultiplier">Largest multiplier.</param>
    public RowFit FitGroups(ReadOnlySpan<float> values, RowFit plain, int maxWeight, float leastScale, int maxMultiplier)
    {
        double[]? errors = ErrorsOf(values, plain);
        if (errors == null) return plain;
        return Best(values, plain, errors, GridChoice.GroupScales(values, maxWeight, _style, _metric)
            .Select(groupScales => PlainRounding.GridOf(groupScales, leastScale, maxMultiplier)), maxWeight);
    }

    /// <summary>What the bias has to make up for: the mean that rounding takes from the row's output.</summary>
    /// <param name="values">Weights of the row.</param>
    /// <param name="fit">What they were rounded to.</param>
    public double BiasCorrection(ReadOnlySpan<float> values, RowFit fit) =>
        ErrorsOf(values, fit) is { } errors ? _metric.Correction(errors) : 0;

    private RowFit Best(ReadOnlySpan<float> values, RowFit plain, double[] plainErrors, IEnumerable<RowGrid> grids, int maxWeight)
    {
        List<(double Error, RowGrid Grid)> ranking = [];
        foreach (RowGrid grid in grids.Prepend(plain.Grid)) ranking.Add((RoundInOrder(values, grid, maxWeight), grid));

        RowFit best = plain;
        double least = _metric.DampedError(plainErrors), mostMeasured = _metric.MeasuredError(plainErrors);
        foreach ((_, RowGrid grid) in ranking.OrderBy(candidate => candidate.Error).Take(Finalists))
        {
            RoundInOrder(values, grid, maxWeight);
            double error = _search.Improve(values, _steps, maxWeight);
            if (error >= least || _metric.MeasuredError(_search.Errors) > mostMeasured) continue;
            least = error;
            best = new RowFit(grid, [.. _search.Weights]);
        }
        return best;
    }

    private double RoundInOrder(ReadOnlySpan<float> values, RowGrid grid, int maxWeight)
    {
        for (int i = 0; i < _steps.Length; i++) _steps[i] = grid.Step(i);
        return _search.RoundInOrder(values, _steps, maxWeight);
    }

    // Null where there are none.
    private static double[]? ErrorsOf(ReadOnlySpan<float> values, RowFit fit)
    {
        double[] errors = new double[values.Length];
        for (int i = 0; i < errors.Length; i++) errors[i] = values[i] - fit.Value(i);
        return errors.AsSpan().ContainsAnyExcept(0.0) ? errors : null;
    }
}
