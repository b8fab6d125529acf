using System;
using System.Linq;

namespace EdgeRnn.Converter.Quantize.Rounding;

/// <summary>
/// How much an error e of a row of weights matters: the mean of (e x)^2 over the calibration, less what a correction of the bias
/// takes away, as a quadratic form e' M e. The form that rounding minimises is damped: a calibration of few steps knows little about
/// how columns go together, and nothing about columns that were silent.
/// </summary>
internal sealed class RoundingMetric
{
    private readonly double[] _measured; // [Count, Count]
    private readonly double[] _damped;   // [Count, Count]
    private readonly double[] _lower;    // [Count, Count] L of damped = L L', in the order of Order

    /// <param name="moments">Of the whole product.</param>
    /// <param name="first">First column.</param>
    /// <param name="count">Columns.</param>
    /// <param name="hasBias">Whether the row's bias can be corrected.</param>
    public RoundingMetric(InputMoments moments, int first, int count, bool hasBias)
    {
        Count = count;
        IsFull = moments.IsFull;
        Shift = new double[count];
        if (hasBias)
        {
            for (int i = 0; i < count; i++) Shift[i] = TrustedMean(moments, first + i);
        }
        _measured = Measure(moments, first);
        _damped = Damp(moments.Weight);
        Order = [.. Enumerable.Range(0, count).OrderBy(i => _damped[i * count + i])];
        _lower = IsFull ? Factor() : [];
    }

    /// <summary>Columns.</summary>
    public int Count { get; }

    /// <summary>Whether columns are known to go together; otherwise each stands alone.</summary>
    public bool IsFull { get; }

    /// <summary>[Count] the mean of each column, as far as it is known: error times mean goes into the bias. Zeros without one.</summary>
    public double[] Shift { get; }

    /// <summary>[Count] the columns by their weight, the heaviest last.</summary>
    public int[] Order { get; }

    /// <summary>A row of the damped form.</summary>
    public ReadOnlySpan<double> Damped(int row) => _damped.AsSpan(row * Count, Count);

    /// <summary>A row of the factor L, in the order of <see cref="Order"/>: row + 1 numbers.</summary>
    public ReadOnlySpan<double> Lower(int row) => _lower.AsSpan(row * Count, row + 1);

    /// <summary>Error of a row over the calibration: the mean square it adds to the row's output.</summary>
    public double MeasuredError(ReadOnlySpan<double> e) => Quadratic(_measured, e);

    /// <summary>The same of the damped form.</summary>
    public double DampedError(ReadOnlySpan<double> e) => Quadratic(_damped, e);

    private double Quadratic(double[] form, ReadOnlySpan<double> e)
    {
        double[] product = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            if (e[i] == 0) continue;
            if (IsFull) InputMoments.AddScaled(product, form.AsSpan(i * Count, Count), e[i]);
            else product[i] = form[i * Count + i] * e[i];
        }
        double sum = 0;
        for (int i = 0; i < Count; i++) sum += product[i] * e[i];
        return sum;
    }

    // A mean that neighbouring steps may have in common by chance is trusted as far as it stands out.
    private static double TrustedMean(InputMoments moments, int column)
    {
        double mean = moments.Mean(column), variance = Math.Max(moments.Product(column, column) - mean * mean, 0);
        double chance = variance * RoundingOptions.Tau / moments.Weight;
        return mean == 0 ? 0 : mean * (mean * mean / (mean * mean + chance));
    }

    private double[] Measure(InputMoments moments, int first)
    {
        double[] form = new double[Count * Count];
        for (int i = 0; i < Count; i++)
        {
            for (int j = IsFull ? 0 : i; j <= i; j++)
            {
                double value = moments.Product(first + i, first + j) - moments.Mean(first + i) * Shift[j] - moments.Mean(first + j) * Shift[i]
                    + Shift[i] * Shift[j];
                form[i * Count + j] = form[j * Count + i] = value;
            }
        }
        return form;
    }

    private double[] Damp(double weight)
    {
        double[] form = [.. _measured];
        double trace = 0;
        for (int i = 0; i < Count; i++) trace += Math.Max(form[i * Count + i], 0);
        double mean = trace / Count;
        double share = Math.Max(RoundingOptions.MinShrink, Count / (Count + RoundingOptions.Kappa * weight));
        for (int i = 0; i < Count; i++)
        {
            double own = Math.Max(form[i * Count + i], 0);
            for (int j = 0; j < Count; j++) form[i * Count + j] *= 1 - share;
            form[i * Count + i] = (1 - share) * own + share * (own + mean) / 2 + 1e-9 * mean;
        }
        return form;
    }

    // Cholesky, row by row of the transposed factor so that all inner loops run along rows.
    private double[] Factor()
    {
        double[] rest = new double[Count * Count];
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < Count; j++) rest[i * Count + j] = _damped[Order[i] * Count + Order[j]];
        }
        double[] lower = new double[Count * Count];
        for (int k = 0; k < Count; k++)
        {
            double pivot = Math.Sqrt(Math.Max(rest[k * Count + k], double.Epsilon));
            for (int i = k; i < Count; i++) lower[i * Count + k] = rest[k * Count + i] / pivot;
            for (int i = k + 1; i < Count; i++)
            {
                double factor = lower[i * Count + k];
                if (factor == 0) continue;
                ReadOnlySpan<double> pivotRow = rest.AsSpan(k * Count + i, Count - i);
                InputMoments.AddScaled(rest.AsSpan(i * Count + i, Count - i), pivotRow, -factor / pivot);
            }
        }
        return lower;
    }
}
