using System;

namespace EdgeRnn.Converter.Quantize.Rounding;

/// <summary>
/// Rounds a row so that its errors cancel: first column by column, each making up for the errors of those before it (nearest plane),
/// then single weights as long as that helps. No weight goes further than to the integers around it.
/// </summary>
internal sealed class LatticeSearch
{
    private const int MaxSweeps = 20;

    private readonly RoundingMetric _metric;
    private readonly double[] _pull;     // nearest plane: what the columns done so far add, by place
    private readonly double[] _gradient; // M e

    public LatticeSearch(RoundingMetric metric)
    {
        _metric = metric;
        _pull = new double[metric.Count];
        _gradient = new double[metric.Count];
        Errors = new double[metric.Count];
    }

    /// <summary>[Count] weight less its rounded value, of the last search.</summary>
    public double[] Errors { get; }

    /// <summary>Chooses the integers of a row.</summary>
    /// <param name="values">The weights.</param>
    /// <param name="steps">What one unit stands for, per column; 0 where all integers are 0.</param>
    /// <param name="maxWeight">Largest integer.</param>
    /// <param name="weights">Takes the integers.</param>
    /// <returns>The error of the damped form.</returns>
    public double Search(ReadOnlySpan<float> values, ReadOnlySpan<double> steps, int maxWeight, Span<short> weights)
    {
        if (_metric.IsFull && RoundingOptions.NoLattice == 0) RoundInOrder(values, steps, maxWeight, weights);
        else RoundToNearest(values, steps, maxWeight, weights);
        FillGradient();
        for (int sweep = 0; _metric.IsFull && RoundingOptions.NoLattice == 0 && sweep < MaxSweeps && Improve(values, steps, maxWeight, weights); sweep++) { }
        double error = 0;
        for (int i = 0; i < Errors.Length; i++) error += Errors[i] * _gradient[i];
        return error;
    }

    private void RoundToNearest(ReadOnlySpan<float> values, ReadOnlySpan<double> steps, int maxWeight, Span<short> weights)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Choose(values[i], 0, steps[i], maxWeight);
            Errors[i] = values[i] - weights[i] * steps[i];
        }
    }

    private void RoundInOrder(ReadOnlySpan<float> values, ReadOnlySpan<double> steps, int maxWeight, Span<short> weights)
    {
        Array.Clear(_pull);
        for (int place = _metric.Count - 1; place >= 0; place--)
        {
            int column = _metric.Order[place];
            ReadOnlySpan<double> lower = _metric.Lower(place);
            weights[column] = Choose(values[column], _pull[place] / lower[place], steps[column], maxWeight);
            Errors[column] = values[column] - weights[column] * steps[column];
            InputMoments.AddScaled(_pull.AsSpan(0, place + 1), lower, Errors[column]);
        }
    }

    private void FillGradient()
    {
        Array.Clear(_gradient);
        for (int i = 0; i < Errors.Length; i++)
        {
            if (!_metric.IsFull) _gradient[i] = _metric.Damped(i)[i] * Errors[i];
            else if (Errors[i] != 0) InputMoments.AddScaled(_gradient, _metric.Damped(i), Errors[i]);
        }
    }

    private bool Improve(ReadOnlySpan<float> values, ReadOnlySpan<double> steps, int maxWeight, Span<short> weights)
    {
        bool moved = false;
        for (int i = 0; i < weights.Length; i++)
        {
            double own = _metric.Damped(i)[i];
            if (own <= 0 || steps[i] == 0) continue;
            short weight = Choose(values[i], (_gradient[i] - own * Errors[i]) / own, steps[i], maxWeight);
            if (weight == weights[i]) continue;
            double error = values[i] - weight * steps[i], change = error - Errors[i];
            // Equal errors would let two weights swap for ever.
            if (change * (2 * _gradient[i] + own * change) >= 0) continue;
            InputMoments.AddScaled(_gradient, _metric.Damped(i), change);
            weights[i] = weight;
            Errors[i] = error;
            moved = true;
        }
        return moved;
    }

    // The integer nearest to value + pull, out of those around the value.
    private static short Choose(double value, double pull, double step, int maxWeight)
    {
        if (step == 0) return 0;
        double exact = value / step, wanted = Math.Round((value + pull) / step);
        double low = Math.Floor(exact) - (RoundingOptions.Reach - 1), high = Math.Ceiling(exact) + (RoundingOptions.Reach - 1);
        return (short)Math.Clamp(Math.Clamp(wanted, low, high), -maxWeight, maxWeight);
    }
}
