using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

/// <summary>
/// tanh of sixteen floats without a division. With y = |x| + 1, [1, 16) falls into 32 segments, eight to an octave of y, in each of which
/// a polynomial of degree 4 in the distance t from the start of the segment is within 7e-8 of tanh, 1.3e-7 with its roundings. Five
/// bits of y pick the coefficients, two registers of sixteen each.
/// </summary>
/// <remarks>
/// The polynomials have the least largest error (Remez) after the first coefficient was rounded. The first one is
/// t + t^2 (...), so that tanh(0) is 0 and small x keep their relative accuracy; from 9 on all are 1.
/// </remarks>
internal static class TanhTable
{
    private const float Largest = 14.9f;     // the last segment ends at 15
    private const int SegmentBit = 20;       // of the bits of y: the lowest of three of its fraction
    private const int SegmentMask = -1 << SegmentBit;

    private static Vector512<float> C0Low
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0.7615941f, 0.84828365f, 0.90514827f, 0.94137555f, 0.9640276f, 0.9780261f, 0.9866143f, 0.99185973f, 0.9950548f,
            0.9981779f, 0.9993293f, 0.99975324f, 0.9999092f, 0.9999666f, 0.9999877f, 0.99999547f);
    }

    private static Vector512<float> C0High
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0.99999833f, 0.99999976f, 1f, 1f, 1f, 1f, 1f, 1f, 0f, 0.12435301f, 0.24491866f, 0.3583574f, 0.46211717f,
            0.5545997f, 0.63514894f, 0.7039056f);
    }

    private static Vector512<float> C1Low
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0.4199857f, 0.28041708f, 0.18070467f, 0.1138094f, 0.070649385f, 0.043466743f, 0.026592847f, 0.016212758f,
            0.009861709f, 0.0036399406f, 0.0013387128f, 0.0004916985f, 0.00018037923f, 6.523007e-5f, 2.3941377e-5f,
            9.633616e-6f);
    }

    private static Vector512<float> C1High
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            3.5009602e-6f, 8.7558357e-7f, 0f, 0f, 0f, 0f, 0f, 0f, 1f, 0.9845341f, 0.9400145f, 0.8715797f, 0.7864465f,
            0.6924251f, 0.5965891f, 0.50452316f);
    }

    private static Vector512<float> C2Low
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            -0.32024783f, -0.23797788f, -0.16352333f, -0.10706326f, -0.06805806f, -0.042524967f, -0.026233898f,
            -0.016042829f, -0.0097404905f, -0.0036104473f, -0.0013121822f, -0.00047312537f, -0.00016875422f,
            -5.0771352e-5f, -1.81193e-5f, -1.4925871e-5f);
    }

    private static Vector512<float> C2High
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            -4.1196486e-6f, -2.5665008e-6f, 0f, 0f, 0f, 0f, 0f, 0f, 7.871485e-5f, -0.12228141f, -0.23017566f, -0.31232604f,
            -0.36341178f, -0.38429537f, -0.379095f, -0.35542107f);
    }

    private static Vector512<float> C3Low
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0.10836762f, 0.10977499f, 0.087533906f, 0.062162664f, 0.041505706f, 0.026952473f, 0.016844895f, 0.010189152f,
            0.006015082f, 0.002251628f, 0.000769788f, 0.00025156364f, 7.546943e-5f, -8.44463e-6f, -4.8956977e-6f,
            2.4631196e-5f);
    }

    private static Vector512<float> C3High
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            3.2348407e-6f, 3.6521526e-6f, 0f, 0f, 0f, 0f, 0f, 0f, -0.3363271f, -0.31639785f, -0.25846988f, -0.17877997f,
            -0.09383746f, -0.013300235f, 0.04503382f, 0.0863843f);
    }

    private static Vector512<float> C4Low
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            0.003943164f, -0.020803664f, -0.024675608f, -0.020517588f, -0.015032824f, -0.010707043f, -0.006750297f,
            -0.0037603432f, -0.001992807f, -0.0007587361f, -0.0002179716f, -4.8319398e-5f, -6.695079e-7f, 3.5966004e-5f,
            1.5020789e-5f, -2.090636e-5f);
    }

    private static Vector512<float> C4High
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            -1.1781667e-6f, -1.7666249e-6f, 0f, 0f, 0f, 0f, 0f, 0f, 0.035410985f, 0.112631924f, 0.15664716f, 0.17028467f,
            0.15703854f, 0.10931251f, 0.075436264f, 0.032330073f);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        // The minimum gives its second operand where one is a NaN, and the permutation looks at the low five bits alone.
        Vector512<float> magnitude = Avx512F.Min(Vector512.Create(Largest), Vector512.Abs(x));
        Vector512<int> y = (magnitude + Vector512<float>.One).AsInt32();
        Vector512<int> segment = Vector512.ShiftRightLogical(y, SegmentBit);
        Vector512<float> t = magnitude - ((y & Vector512.Create(SegmentMask)).AsSingle() - Vector512<float>.One), square = t * t;
        Vector512<float> low = Vector512.FusedMultiplyAdd(Pick(C1Low, C1High, segment), t, Pick(C0Low, C0High, segment));
        Vector512<float> high = Vector512.FusedMultiplyAdd(Pick(C3Low, C3High, segment), t, Pick(C2Low, C2High, segment));
        high = Vector512.FusedMultiplyAdd(Pick(C4Low, C4High, segment), square, high);
        Vector512<float> tanh = Vector512.FusedMultiplyAdd(high, square, low);
        return Vector512.ConditionalSelect(Vector512.Create(float.NegativeZero), x, tanh);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Pick(Vector512<float> low, Vector512<float> high, Vector512<int> segment) =>
        Avx512F.PermuteVar16x32x2(low, segment, high);
}
