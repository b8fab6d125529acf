using System;

namespace EdgeRnn.Runtime;

/// <summary>One activation function with its parameters, applied in place to a run of features. Immutable.</summary>
internal sealed partial class ActivationFunction
{
    private readonly ActivationKind _kind;
    private readonly float _alpha;
    private readonly float _beta;

    public ActivationFunction(ActivationKind kind, float alpha, float beta)
    {
        _kind = kind;
        _alpha = alpha;
        _beta = beta;
    }

    /// <summary>Which function.</summary>
    public ActivationKind Kind => _kind;

    /// <summary>First parameter, see <see cref="ActivationKind"/>.</summary>
    public float Alpha => _alpha;

    /// <summary>Second parameter.</summary>
    public float Beta => _beta;

    /// <summary>values[offset .. offset + count) = f(values[offset .. offset + count)).</summary>
    public void Apply(float[] values, int offset, int count)
    {
        if (_kind == ActivationKind.Linear) return;
        bool done = false;
        ApplyVector(values, offset, count, ref done);
        if (!done) ApplyPortable(values, offset, count);
    }

    /// <summary>The definition of the function; the vector version is compared with it.</summary>
    internal void ApplyPortable(float[] values, int offset, int count)
    {
        if (_kind == ActivationKind.Softmax)
        {
            Softmax(values, offset, count);
            return;
        }
        for (int i = offset; i < offset + count; i++) values[i] = Evaluate(values[i]);
    }

    private float Evaluate(float x)
    {
        switch (_kind)
        {
            case ActivationKind.Relu: return x < 0 ? 0 : x;
            case ActivationKind.LeakyRelu: return x < 0 ? _alpha * x : x;
            case ActivationKind.Sigmoid: return (float)(1 / (1 + Math.Exp(-x)));
            case ActivationKind.HardSigmoid: return Clamp(_alpha * x + _beta, 0, 1);
            case ActivationKind.Tanh: return (float)Math.Tanh(x);
            case ActivationKind.Affine: return _alpha * x + _beta;
            case ActivationKind.ThresholdedRelu: return x > _alpha ? x : 0;
            case ActivationKind.ScaledTanh: return (float)(_alpha * Math.Tanh(_beta * x));
            case ActivationKind.Elu: return x < 0 ? (float)(_alpha * (Math.Exp(x) - 1)) : x;
            case ActivationKind.Softsign: return x / (1 + (x < 0 ? -x : x));
            // log(1 + exp(x)) without overflow: max(x, 0) + log(1 + exp(-|x|)).
            case ActivationKind.Softplus: return (float)((x < 0 ? 0 : x) + Math.Log(1 + Math.Exp(x < 0 ? x : -x)));
            case ActivationKind.Clip: return Clamp(x, _alpha, _beta);
            default: return x;
        }
    }

    // The largest input is subtracted first, so that no exponential overflows.
    private static void Softmax(float[] values, int offset, int count)
    {
        float largest = values[offset];
        for (int i = offset + 1; i < offset + count; i++) largest = values[i] > largest ? values[i] : largest;
        double sum = 0;
        for (int i = offset; i < offset + count; i++)
        {
            double exponential = Math.Exp(values[i] - largest);
            sum += exponential;
            values[i] = (float)exponential;
        }
        for (int i = offset; i < offset + count; i++) values[i] = (float)(values[i] / sum);
    }

    private static float Clamp(float x, float minimum, float maximum)
    {
        if (x < minimum) return minimum;
        return x > maximum ? maximum : x;
    }

    partial void ApplyVector(float[] values, int offset, int count, ref bool done);
}
