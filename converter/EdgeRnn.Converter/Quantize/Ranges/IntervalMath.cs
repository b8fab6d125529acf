using System;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize.Reference;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>What products and activations make of intervals, one interval per feature.</summary>
internal static class IntervalMath
{
    // Anything an activation bounds by itself is far below; anything it does not is near the largest double.
    private const double Unbounded = 1e100;

    /// <summary>W x + b.</summary>
    /// <param name="weights">[rows, x.Length], row-major.</param>
    /// <param name="bias">[rows], or empty.</param>
    /// <param name="x">[columns].</param>
    public static Interval[] Affine(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<Interval> x)
    {
        Interval[] y = new Interval[weights.Length / x.Length];
        for (int row = 0; row < y.Length; row++)
        {
            double low = bias.IsEmpty ? 0 : bias[row], high = low;
            ReadOnlySpan<float> w = weights.Slice(row * x.Length, x.Length);
            for (int column = 0; column < w.Length; column++)
            {
                double weight = w[column];
                low += weight * (weight < 0 ? x[column].High : x[column].Low);
                high += weight * (weight < 0 ? x[column].Low : x[column].High);
            }
            y[row] = new Interval(low, high);
        }
        return y;
    }

    /// <summary>f of every number of x, for each feature. Softmax gives [0, 1] whatever it reads.</summary>
    public static Interval[] Apply(Activation f, ReadOnlySpan<Interval> x, double clip = 0)
    {
        Interval[] y = new Interval[x.Length];
        for (int i = 0; i < y.Length; i++) y[i] = Apply(f, x[i].Clip(clip));
        return y;
    }

    /// <summary>
    /// f of every number of x. All activations are monotonic between their breakpoints, so the ends and the breakpoints decide.
    /// </summary>
    public static Interval Apply(Activation f, Interval x)
    {
        if (f.Kind == ActivationKind.Softmax) return new Interval(0, 1);
        Interval y = Interval.Point(ReferenceMath.Evaluate(f, x.Low)).Hull(Interval.Point(ReferenceMath.Evaluate(f, x.High)));
        if (x.Low < 0 && x.High > 0) y = y.Hull(Interval.Point(ReferenceMath.Evaluate(f, 0)));
        // Just above alpha the function jumps from 0 to alpha.
        if (f.Kind == ActivationKind.ThresholdedRelu && x.Low <= f.Alpha && x.High > f.Alpha)
            y = y.Hull(Interval.Point(f.Alpha)).Hull(Interval.Zero);
        return y;
    }

    /// <summary>All values f can take with a clipped input; <see cref="IsBounded"/> tells whether that is a bound.</summary>
    public static Interval RangeOf(Activation f, double clip) => Apply(f, Interval.Everything.Clip(clip));

    /// <summary>Whether the activation, with its clip, bounds its result whatever it reads.</summary>
    public static bool IsBounded(Activation f, double clip) => RangeOf(f, clip).Magnitude < Unbounded;

    /// <summary>a + b, feature by feature.</summary>
    public static Interval[] Add(ReadOnlySpan<Interval> a, ReadOnlySpan<Interval> b)
    {
        Interval[] y = new Interval[a.Length];
        for (int i = 0; i < y.Length; i++) y[i] = a[i] + b[i];
        return y;
    }

    /// <summary>a * b, feature by feature, as if the two were independent.</summary>
    public static Interval[] Multiply(ReadOnlySpan<Interval> a, ReadOnlySpan<Interval> b)
    {
        Interval[] y = new Interval[a.Length];
        for (int i = 0; i < y.Length; i++) y[i] = a[i] * b[i];
        return y;
    }

    /// <summary>The hull of a and b, feature by feature.</summary>
    public static Interval[] Hull(ReadOnlySpan<Interval> a, ReadOnlySpan<Interval> b)
    {
        Interval[] y = new Interval[a.Length];
        for (int i = 0; i < y.Length; i++) y[i] = a[i].Hull(b[i]);
        return y;
    }

    /// <summary>Whether each of outer holds its partner in inner.</summary>
    public static bool Holds(ReadOnlySpan<Interval> outer, ReadOnlySpan<Interval> inner)
    {
        for (int i = 0; i < outer.Length; i++)
        {
            if (!outer[i].Holds(inner[i])) return false;
        }
        return true;
    }

    /// <summary>The hull of all features.</summary>
    public static Interval Pool(ReadOnlySpan<Interval> x)
    {
        Interval pool = x[0];
        foreach (Interval feature in x) pool = pool.Hull(feature);
        return pool;
    }

    /// <summary>[count] copies of one interval.</summary>
    public static Interval[] Fill(Interval interval, int count)
    {
        Interval[] y = new Interval[count];
        Array.Fill(y, interval);
        return y;
    }

    /// <summary>The numbers of a tensor; [count] zeros for null.</summary>
    public static Interval[] Points(Tensor? tensor, int count) =>
        tensor == null ? new Interval[count] : Array.ConvertAll(tensor.Data, value => Interval.Point(value));
}
