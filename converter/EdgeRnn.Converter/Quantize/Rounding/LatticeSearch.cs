using System;

namespace EdgeRnn.Converter.Quantize.Rounding;

/// <summary>
/// Chooses the integers of a row so that its errors cancel. No weight goes further than to the integers around it, so even inputs
/// the calibration never showed meet errors of less than one step.
/// </summary>
/// <param name="metric">What errors weigh.</param>
internal sealed class LatticeSearch(RoundingMetric metric)
{
    private const int MaxSweeps = 20;

    private readonly double[] _pull = new double[metric.Count];     // L' e of the columns done so far, by place
    private readonly double[] _gradient = new double[metric.Count]; // M e

    /// <summary>[Count] the integers found.</summary>
    public short[] Weights { get; } = new short[metric.Count];

    /// <summary>[Count] weight less its rounded value.</summary>
    public double[] Errors { get; } = new double[metric.Count];

    /// <summary>Rounds column by column, each making up for the errors of those before it (Babai's nearest plane).</summary>
    /// <param name="values">The weights.</param>
    /// <param name="steps">What one unit stands for, per column; 0 where all integers are 0.</param>
    /// <param name="maxWeight">Largest integer.</param>
    /// <returns>The damped error.</returns>
    public double RoundInOrder(ReadOnlySpan<float> values, ReadOnlySpan<double> steps, int maxWeight)
    {
        Array.Clear(_pull);
        double sum = 0;
        for (int place = metric.Count - 1; place >= 0; place--)
        {
            int column = metric.Order[place];
            ReadOnlySpan<double> lower = metric.Lower(place);
            Choose(column, values[column], _pull[place] / lower[^1], steps[column], maxWeight);
            InputMoments.AddScaled(_pull.AsSpan(place + 1 - lower.Length, lower.Length), lower, Errors[column]);
            sum += _pull[place] * _pull[place];
        }
        return sum;
    }

    /// <summary>Moves single weights as long as that makes the damped error smaller.</summary>
    /// <param name="values">As for <see cref="RoundInOrder"/>, which comes first.</param>
    /// <param name="steps">As there.</param>
    /// <param name="maxWeight">As there.</param>
    /// <returns>The damped error.</returns>
    public double Improve(ReadOnlySpan<float> values, ReadOnlySpan<double> steps, int maxWeight)
    {
        metric.Multiply(Errors, _gradient);
        if (metric.IsFull)
        {
            for (int sweep = 0; sweep < MaxSweeps && Sweep(values, steps, maxWeight); sweep++) { }
        }
        double sum = 0;
        for (int i = 0; i < Errors.Length; i++) sum += Errors[i] * _gradient[i];
        return sum;
    }

    private bool Sweep(ReadOnlySpan<float> values, ReadOnlySpan<double> steps, int maxWeight)
    {
        bool moved = false;
        for (int i = 0; i < Weights.Length; i++)
        {
            double own = metric.Own(i), error = Errors[i];
            short weight = Weights[i];
            Choose(i, values[i], _gradient[i] / own - error, steps[i], maxWeight);
            double change = Errors[i] - error;
            // A gain of nothing would let two weights swap for ever.
            if (change * (2 * _gradient[i] + own * change) < 0)
            {
                InputMoments.AddScaled(_gradient, metric.Damped(i), change);
                moved = true;
                continue;
            }
            Weights[i] = weight;
            Errors[i] = error;
        }
        return moved;
    }

    // The integer nearest to value + pull, of the two around the value.
    private void Choose(int column, double value, double pull, double step, int maxWeight)
    {
        double wanted = 0;
        if (step > 0)
        {
            double exact = value / step;
            wanted = Math.Clamp(Math.Round((value + pull) / step), Math.Floor(exact), Math.Ceiling(exact));
        }
        Weights[column] = (short)Math.Clamp(wanted, -maxWeight, maxWeight);
        Errors[column] = value - Weights[column] * step;
    }
}
