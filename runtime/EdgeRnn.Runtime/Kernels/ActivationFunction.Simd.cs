using System;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

// Vectors for the activations of recurrent cells, eight at a time (two halves where only 128 bits are available). Within
// 3e-7 of the portable functions; what is left of a run goes through them.
internal sealed partial class ActivationFunction
{
    // tanh(x) = x + x^3 P(x^2) for |x| below the limit, least squares on the relative error: 1.3 units in the last place.
    private const float TanhPolynomialLimit = 0.625f;
    private const float TanhP0 = -0.3333328f;
    private const float TanhP1 = 0.13331431f;
    private const float TanhP2 = -0.053739157f;
    private const float TanhP3 = 0.020637862f;
    private const float TanhP4 = -0.0057040425f;

    partial void ApplyVector(float[] values, int offset, int count, ref bool done)
    {
        bool known = _kind == ActivationKind.Sigmoid || _kind == ActivationKind.Tanh || _kind == ActivationKind.Relu;
        if (!known || !Vector128.IsHardwareAccelerated || count < Vector256<float>.Count) return;
        done = true;
        ref float first = ref values.AsSpan(offset, count).GetPinnableReference();
        int i = 0;
        switch (_kind)
        {
            case ActivationKind.Sigmoid:
                for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
                    Sigmoid(Vector256.LoadUnsafe(ref first, (nuint)i)).StoreUnsafe(ref first, (nuint)i);
                break;
            case ActivationKind.Tanh:
                for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
                    Tanh(Vector256.LoadUnsafe(ref first, (nuint)i)).StoreUnsafe(ref first, (nuint)i);
                break;
            default:
                for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
                    Relu(Vector256.LoadUnsafe(ref first, (nuint)i)).StoreUnsafe(ref first, (nuint)i);
                break;
        }
        ApplyPortable(values, offset + i, count - i);
    }

    private static Vector256<float> Sigmoid(Vector256<float> x)
    {
        return Vector256<float>.One / (Vector256<float>.One + Vector256.Exp(-x));
    }

    // Far from zero 1 - 2 / (exp(2|x|) + 1) with the sign of x; near zero that would cancel.
    private static Vector256<float> Tanh(Vector256<float> x)
    {
        Vector256<float> magnitude = Vector256.Abs(x);
        Vector256<float> far = Vector256<float>.One -
            Vector256.Create(2f) / (Vector256.Exp(magnitude + magnitude) + Vector256<float>.One);
        Vector256<float> square = x * x;
        Vector256<float> p = Vector256.MultiplyAddEstimate(Vector256.Create(TanhP4), square, Vector256.Create(TanhP3));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(TanhP2));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(TanhP1));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(TanhP0));
        Vector256<float> near = Vector256.MultiplyAddEstimate(x * square, p, x);
        return Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(TanhPolynomialLimit)), near,
            Vector256.CopySign(far, x));
    }

    // Like the portable form, a NaN stays a NaN.
    private static Vector256<float> Relu(Vector256<float> x)
    {
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256<float>.Zero, x);
    }
}
