using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Rounding;

/// <summary>
/// Rounds rows of weights for the inputs of a calibration: tries several scales, searches the integers for each, and keeps what errs
/// least. Never worse over the calibration than plain rounding, which it falls back to.
/// </summary>
internal sealed class CalibratedRounding
{
    private readonly RoundingMetric _metric;
    private readonly LatticeSearch _search;
    private readonly double[] _steps;
    private readonly double[] _errors;
    private readonly short[] _weights;

    public CalibratedRounding(RoundingMetric metric)
    {
        _metric = metric;
        _search = new LatticeSearch(metric);
        _steps = new double[metric.Count];
        _errors = new double[metric.Count];
        _weights = new short[metric.Count];
    }

    /// <summary>The best fit with one scale for the row.</summary>
    /// <param name="values">Weights of the row.</param>
    /// <param name="plain">What plain rounding makes of them.</param>
    /// <param name="maxWeight">Largest integer.</param>
    /// <param name="leastScale">Scales are not smaller.</param>
    /// <param name="greatestScale">Scales are smaller than this.</param>
    public RowFit Fit(ReadOnlySpan<float> values, RowFit plain, int maxWeight, float leastScale, float greatestScale)
    {
        if (IsExact(values, plain)) return plain;
        RowFit best = plain;
        double bestError = _metric.DampedError(_errors), plainMeasured = _metric.MeasuredError(_errors);
        float full = 0;
        foreach (float value in values) full = Math.Max(full, Math.Abs(value) / maxWeight);
        int tries = (int)RoundingOptions.Tries;
        for (int k = 0; k <= tries; k++)
        {
            float scale = k == tries ? plain.Scale
                : (float)(full * (RoundingOptions.Low + (RoundingOptions.High - RoundingOptions.Low) * k / Math.Max(tries - 1, 1)));
            if (scale < leastScale || scale >= greatestScale) continue;
            Array.Fill(_steps, scale);
            double error = _search.Search(values, _steps, maxWeight, _weights);
            if (error >= bestError || _metric.MeasuredError(_search.Errors) > plainMeasured) continue;
            best = new RowFit(scale, [], [.. _weights]);
            bestError = error;
        }
        return best;
    }

    /// <summary>The best fit with a multiplier for each group of 32 columns.</summary>
    public RowFit FitGroups(ReadOnlySpan<float> values, RowFit plain, int maxWeight, float leastScale, int maxMultiplier)
    {
        if (IsExact(values, plain)) return plain;
        RowFit best = plain;
        double bestError = _metric.DampedError(_errors), plainMeasured = _metric.MeasuredError(_errors);
        double[] groupScales = new double[plain.Multipliers.Length];
        for (int k = 0; k < 6; k++)
        {
            for (int group = 0; group < groupScales.Length; group++) groupScales[group] = GroupScale(values, group, maxWeight, 1 + 0.06 * (k - 2));
            (float scale, byte[] multipliers) = PlainRounding.Multipliers(groupScales, leastScale, maxMultiplier);
            RowFit fit = new(scale, multipliers, _weights);
            for (int i = 0; i < _steps.Length; i++) _steps[i] = fit.Step(i);
            double error = _search.Search(values, _steps, maxWeight, _weights);
            if (error >= bestError || _metric.MeasuredError(_search.Errors) > plainMeasured) continue;
            best = fit with { Weights = [.. _weights] };
            bestError = error;
        }
        return best;
    }

    /// <summary>What the bias has to make up for: mean error of the row's output.</summary>
    public double BiasCorrection(ReadOnlySpan<float> values, RowFit fit)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++) sum += (values[i] - fit.Value(i)) * _metric.Shift[i];
        return sum;
    }

    private bool IsExact(ReadOnlySpan<float> values, RowFit fit)
    {
        bool isExact = true;
        for (int i = 0; i < values.Length; i++)
        {
            _errors[i] = values[i] - fit.Value(i);
            isExact &= _errors[i] == 0;
        }
        return isExact;
    }

    // Least square error of a group by itself, times a factor
    private double GroupScale(ReadOnlySpan<float> values, int group, int maxWeight, double factor)
    {
        ReadOnlySpan<float> members = PlainRounding.Members(values, group);
        double largest = 0;
        foreach (float value in members) largest = Math.Max(largest, Math.Abs(value));
        double best = double.MaxValue, bestScale = 0;
        for (int k = 0; k <= 24; k++)
        {
            double scale = largest / maxWeight * (0.5 + 0.025 * k), error = 0;
            for (int i = 0; i < members.Length; i++)
            {
                int column = group * QuantizedTensor.GroupSize + i;
                double e = scale == 0 ? 0 : members[i] - scale * Math.Clamp(Math.Round(members[i] / scale), -maxWeight, maxWeight);
                error += e * e * _metric.Damped(column)[column];
            }
            if (error < best) (best, bestScale) = (error, scale);
        }
        return Math.Min(bestScale * factor, 1.2 * largest / maxWeight);
    }
}
