using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

/// <summary>
/// tanh where no register permutation holds a table: d / (d + 2) with d = exp(2 |x|) - 1 = 2^k (2^f - 1) + 2^k - 1, where k is the
/// nearest whole number to 2 |x| / ln 2 and f the rest. d keeps its relative accuracy near zero, and its errors fade in the quotient
/// far from it: within 1.1e-7 of tanh.
/// </summary>
internal static class ExponentialTanh
{
    private const float Largest = 10;              // tanh is 1 in float32 long before
    private const float PerDoubling = 2.88539f;  // 2 / ln 2
    private const float WholeNumbers = 12582912f;  // 1.5 * 2^23: what is added to it is rounded to a whole number, in its lowest bits
    private const int FractionBits = 23;

    // (2^f - 1) / f for f in [-0.5, 0.5], interpolated: within 1e-08 times f.
    private const float C0 = 0.6931472f;
    private const float C1 = 0.2402265f;
    private const float C2 = 0.05550357f;
    private const float C3 = 0.009618083f;
    private const float C4 = 0.0013390863f;
    private const float C5 = 0.00015453163f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        Vector256<float> magnitude = Vector256.Abs(x), largest = Vector256.Create(Largest), whole = Vector256.Create(WholeNumbers);
        magnitude = Vector256.ConditionalSelect(Vector256.GreaterThan(magnitude, largest), largest, magnitude);
        Vector256<float> shifted = Vector256.MultiplyAddEstimate(magnitude, Vector256.Create(PerDoubling), whole);
        Vector256<float> f = Vector256.MultiplyAddEstimate(magnitude, Vector256.Create(PerDoubling), whole - shifted);
        Vector256<float> power = ((shifted.AsInt32() << FractionBits) + Vector256<float>.One.AsInt32()).AsSingle(), square = f * f;
        Vector256<float> p = Vector256.MultiplyAddEstimate(Vector256.Create(C5), f, Vector256.Create(C4));
        Vector256<float> low = Vector256.MultiplyAddEstimate(Vector256.Create(C1), f, Vector256.Create(C0));
        Vector256<float> middle = Vector256.MultiplyAddEstimate(Vector256.Create(C3), f, Vector256.Create(C2));
        p = Vector256.MultiplyAddEstimate(p, square, middle);
        p = Vector256.MultiplyAddEstimate(p, square, low) * f;
        Vector256<float> d = Vector256.MultiplyAddEstimate(p, power, power - Vector256<float>.One);
        Vector256<float> tanh = d / (d + Vector256.Create(2f));
        return Vector256.ConditionalSelect(Vector256.Create(float.NegativeZero), x, tanh);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tanh(Vector128<float> x)
    {
        Vector128<float> magnitude = Vector128.Abs(x), largest = Vector128.Create(Largest), whole = Vector128.Create(WholeNumbers);
        magnitude = Vector128.ConditionalSelect(Vector128.GreaterThan(magnitude, largest), largest, magnitude);
        Vector128<float> shifted = Vector128.MultiplyAddEstimate(magnitude, Vector128.Create(PerDoubling), whole);
        Vector128<float> f = Vector128.MultiplyAddEstimate(magnitude, Vector128.Create(PerDoubling), whole - shifted);
        Vector128<float> power = ((shifted.AsInt32() << FractionBits) + Vector128<float>.One.AsInt32()).AsSingle(), square = f * f;
        Vector128<float> p = Vector128.MultiplyAddEstimate(Vector128.Create(C5), f, Vector128.Create(C4));
        Vector128<float> low = Vector128.MultiplyAddEstimate(Vector128.Create(C1), f, Vector128.Create(C0));
        Vector128<float> middle = Vector128.MultiplyAddEstimate(Vector128.Create(C3), f, Vector128.Create(C2));
        p = Vector128.MultiplyAddEstimate(p, square, middle);
        p = Vector128.MultiplyAddEstimate(p, square, low) * f;
        Vector128<float> d = Vector128.MultiplyAddEstimate(p, power, power - Vector128<float>.One);
        Vector128<float> tanh = d / (d + Vector128.Create(2f));
        return Vector128.ConditionalSelect(Vector128.Create(float.NegativeZero), x, tanh);
    }
}
