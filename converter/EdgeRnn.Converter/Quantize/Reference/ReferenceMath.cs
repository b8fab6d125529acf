using System;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Reference;

/// <summary>Element-by-element functions in double precision, with the true exponential and hyperbolic tangent.</summary>
internal static class ReferenceMath
{
    /// <summary>The elements of a tensor as doubles; empty for null.</summary>
    public static double[] ToDouble(Tensor? tensor) => tensor == null ? [] : [.. tensor.Data.Select(value => (double)value)];

    /// <summary>Clamps to [-bound, bound]; a bound of 0 means none.</summary>
    public static void Clip(Span<double> values, double bound)
    {
        if (bound == 0) return;
        for (int i = 0; i < values.Length; i++) values[i] = Clip(values[i], bound);
    }

    /// <summary>Clamps to [-bound, bound]; a bound of 0 means none. NaN stays NaN.</summary>
    public static double Clip(double value, double bound)
    {
        if (bound == 0) return value;
        if (value > bound) return bound;
        return value < -bound ? -bound : value;
    }

    /// <summary>values = f(values), softmax included.</summary>
    public static void Apply(Activation f, Span<double> values)
    {
        switch (f.Kind)
        {
            case ActivationKind.Linear:
                return;
            case ActivationKind.Softmax:
                Softmax(values);
                return;
            case ActivationKind.Sigmoid:
                for (int i = 0; i < values.Length; i++) values[i] = Sigmoid(values[i]);
                return;
            case ActivationKind.Tanh:
                for (int i = 0; i < values.Length; i++) values[i] = Math.Tanh(values[i]);
                return;
            default:
                for (int i = 0; i < values.Length; i++) values[i] = Evaluate(f, values[i]);
                return;
        }
    }

    /// <summary>f(x) of an activation that works element by element.</summary>
    public static double Evaluate(Activation f, double x) => f.Kind switch
    {
        ActivationKind.Linear => x,
        ActivationKind.Relu => x < 0 ? 0 : x,
        ActivationKind.LeakyRelu => x < 0 ? f.Alpha * x : x,
        ActivationKind.Sigmoid => Sigmoid(x),
        ActivationKind.HardSigmoid => Clamp(f.Alpha * x + f.Beta, 0, 1),
        ActivationKind.Tanh => Math.Tanh(x),
        ActivationKind.Affine => f.Alpha * x + f.Beta,
        ActivationKind.ThresholdedRelu => x > f.Alpha ? x : 0,
        ActivationKind.ScaledTanh => f.Alpha * Math.Tanh(f.Beta * x),
        ActivationKind.Elu => x < 0 ? f.Alpha * (Math.Exp(x) - 1) : x,
        ActivationKind.Softsign => x / (1 + Math.Abs(x)),
        ActivationKind.Softplus => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
        ActivationKind.Clip => Clamp(x, f.Alpha, f.Beta),
        _ => throw new ArgumentOutOfRangeException(nameof(f), f.Kind, "not an activation of single numbers"),
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Clamp(double x, double minimum, double maximum)
    {
        if (x < minimum) return minimum;
        return x > maximum ? maximum : x;
    }

    // The largest input is subtracted first, so that no exponential overflows.
    private static void Softmax(Span<double> values)
    {
        double largest = values[0], sum = 0;
        foreach (double value in values) largest = Math.Max(largest, value);
        for (int i = 0; i < values.Length; i++) sum += values[i] = Math.Exp(values[i] - largest);
        for (int i = 0; i < values.Length; i++) values[i] /= sum;
    }
}
