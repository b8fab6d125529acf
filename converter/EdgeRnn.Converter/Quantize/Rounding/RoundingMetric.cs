using System;
using System.Linq;

namespace EdgeRnn.Converter.Quantize.Rounding;

/// <summary>
/// How much an error e of a row of weights matters: the mean of (e x)^2 over the calibration, less what a correction of the bias
/// takes away, as a quadratic form e' M e. The form that rounding minimises is damped: a short calibration knows little about how
/// columns go together, and nothing about columns that were silent.
/// </summary>
internal sealed class RoundingMetric
{
    // Steps that lie closer show the same again: the mean of so many is as uncertain as one independent step.
    private const double CorrelatedSteps = 20;

    // Least share of the form that counts columns as independent, however long the calibration.
    private const double LeastDamping = 1e-3;

    // Share of the mean square of the inputs that is noise of the sums; it keeps the factorisation away from zero.
    private const double Noise = 1e-12;

    private readonly double[] _means;    // [Count]
    private readonly double[] _measured; // [Count, Count], or the diagonal where it is all there is
    private readonly double[] _damped;   // the same
    private readonly double[] _lower;    // the same: L of damped = L L', in the order of Order
    private readonly double[] _shift;    // [Count] the means as far as they are trusted; zeros without a bias

    /// <param name="moments">Of the whole product.</param>
    /// <param name="first">First column.</param>
    /// <param name="count">Columns.</param>
    /// <param name="hasBias">Whether the row's bias can be corrected.</param>
    public RoundingMetric(InputMoments moments, int first, int count, bool hasBias)
    {
        Count = count;
        IsFull = moments.IsFull;
        _shift = new double[count];
        for (int i = 0; hasBias && i < count; i++) _shift[i] = TrustedMean(moments, first + i);
        _means = [.. Enumerable.Range(first, count).Select(moments.Mean)];
        _measured = Measure(moments, first);
        _damped = Damp(moments, first);
        Order = [.. Enumerable.Range(0, count).OrderBy(Own)];
        _lower = Factor();
    }

    /// <summary>Columns.</summary>
    public int Count { get; }

    /// <summary>Whether it is known how columns go together; otherwise each stands alone.</summary>
    public bool IsFull { get; }

    /// <summary>[Count] the columns by what their errors weigh, the heaviest last.</summary>
    public int[] Order { get; }

    /// <summary>What the square of a column's error weighs in the damped form; positive.</summary>
    public double Own(int column) => _damped[IsFull ? column * Count + column : column];

    /// <summary>A row of the damped form, [Count]; of full ones only.</summary>
    public ReadOnlySpan<double> Damped(int row) => _damped.AsSpan(row * Count, Count);

    /// <summary>A row of the factor L up to its pivot, which is the last; places are those of <see cref="Order"/>.</summary>
    public ReadOnlySpan<double> Lower(int place) => IsFull ? _lower.AsSpan(place * Count, place + 1) : _lower.AsSpan(place, 1);

    /// <summary>product = M e of the damped form.</summary>
    public void Multiply(ReadOnlySpan<double> e, Span<double> product) => Multiply(_damped, e, product);

    /// <summary>e' M e of the damped form.</summary>
    public double DampedError(ReadOnlySpan<double> e) => Quadratic(_damped, e);

    /// <summary>The mean square that the error adds to the row's output over the calibration, the bias corrected.</summary>
    public double MeasuredError(ReadOnlySpan<double> e)
    {
        double trusted = Dot(_shift, e), mean = Dot(_means, e), correction = Correction(e);
        double uncorrected = Quadratic(_measured, e) + 2 * trusted * mean - trusted * trusted;
        return uncorrected - 2 * correction * mean + correction * correction;
    }

    /// <summary>
    /// What goes into the bias: the mean the error takes from the row's output, as far as it is trusted. Never more than that mean,
    /// so that over the calibration no correction does harm.
    /// </summary>
    public double Correction(ReadOnlySpan<double> e)
    {
        double mean = Dot(_means, e);
        return Math.Clamp(Dot(_shift, e), Math.Min(mean, 0), Math.Max(mean, 0));
    }

    private static double Dot(double[] a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private double Quadratic(double[] form, ReadOnlySpan<double> e)
    {
        double[] product = new double[Count];
        Multiply(form, e, product);
        return Dot(product, e);
    }

    private void Multiply(double[] form, ReadOnlySpan<double> e, Span<double> product)
    {
        product.Clear();
        for (int i = 0; i < Count; i++)
        {
            if (!IsFull) product[i] = form[i] * e[i];
            else if (e[i] != 0) InputMoments.AddScaled(product, form.AsSpan(i * Count, Count), e[i]);
        }
    }

    // A mean is trusted as far as it stands out from what chance makes of so many steps. How much a column varies may be unknown
    // as well, so its mean square stands for that.
    private static double TrustedMean(InputMoments moments, int column)
    {
        double mean = moments.Mean(column), square = mean * mean;
        double chance = moments.Product(column, column) * CorrelatedSteps / moments.Weight;
        return square == 0 ? 0 : mean * (square / (square + chance));
    }

    // Mean of (x - shift) (x - shift)'.
    private double[] Measure(InputMoments moments, int first)
    {
        double[] form = new double[IsFull ? Count * Count : Count];
        for (int i = 0; i < Count; i++)
        {
            if (!IsFull) form[i] = Math.Max(Shifted(i, i), 0);
            for (int j = 0; IsFull && j <= i; j++) form[i * Count + j] = form[j * Count + i] = Shifted(i, j);
        }
        return form;

        double Shifted(int i, int j) => moments.Product(first + i, first + j) - moments.Mean(first + i) * _shift[j]
            - moments.Mean(first + j) * _shift[i] + _shift[i] * _shift[j];
    }

    // Part of the form is replaced by one that knows no columns but their squares, and of these half the mean of all: the larger
    // part, the fewer steps there were for each column.
    private double[] Damp(InputMoments moments, int first)
    {
        double[] form = [.. _measured];
        double share = Math.Max(LeastDamping, Count / (Count + moments.Weight)), mean = 0, noise = 0;
        int stride = IsFull ? Count + 1 : 1;
        for (int i = 0; i < Count; i++)
        {
            mean += Math.Max(form[i * stride], 0) / Count;
            noise += Noise * moments.Product(first + i, first + i) / Count;
        }
        if (noise == 0) noise = 1; // these columns were silent: all weigh the same
        for (int i = 0; i < form.Length; i++) form[i] *= 1 - share;
        for (int i = 0; i < Count; i++) form[i * stride] += share * (Math.Max(_measured[i * stride], 0) + mean) / 2 + noise;
        return form;
    }

    // Cholesky. The rest keeps its upper half, so that all inner loops run along rows.
    private double[] Factor()
    {
        if (!IsFull) return [.. Order.Select(column => Math.Sqrt(Own(column)))];
        double[] rest = new double[Count * Count], lower = new double[Count * Count];
        for (int i = 0; i < Count; i++)
        {
            for (int j = i; j < Count; j++) rest[i * Count + j] = _damped[Order[i] * Count + Order[j]];
        }
        for (int k = 0; k < Count; k++)
        {
            double pivot = Math.Sqrt(Math.Max(rest[k * Count + k], Noise * Own(Order[k])));
            for (int i = k; i < Count; i++) lower[i * Count + k] = rest[k * Count + i] / pivot;
            for (int i = k + 1; i < Count; i++)
            {
                double factor = -lower[i * Count + k] / pivot;
                if (factor != 0) InputMoments.AddScaled(rest.AsSpan(i * Count + i, Count - i), rest.AsSpan(k * Count + i, Count - i), factor);
            }
        }
        return lower;
    }
}
