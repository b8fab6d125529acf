using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>
/// tanh of every vector width this machine has against double precision: all floats from 2^-12 to 16 in the long run, every 601st otherwise; every 601st of the
/// smaller and larger ones, where tanh is a straight line.
/// </summary>
public sealed class VectorTanhTests(ITestOutputHelper output)
{
    private const int Infinity = 0x7f800000, Sparse = 601;
    private const float CurveBegins = 1f / 4096, CurveEnds = 16;
    private const double Bound = 2e-7;       // NUMERICS.md
    private const double ReachesOne = 9.02;  // tanh rounds to 1 in float32
    private const double SmallRelativeError = 2e-6;

    [Fact]
    public void Tanh_is_within_its_bound_at_every_float_and_odd()
    {
        if (Vector512.IsHardwareAccelerated) Check<Vector512<float>, Lanes512>();
        if (Vector256.IsHardwareAccelerated) Check<Vector256<float>, Lanes256>();
        if (Vector128.IsHardwareAccelerated) Check<Vector128<float>, Lanes128>();
    }

    [Theory, InlineData(-5f), InlineData(-20f), InlineData(-60f)]
    public void A_sigmoid_in_an_answer_keeps_its_relative_accuracy_near_zero(float x)
    {
        float[] values = [x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x];
        new ActivationFunction(ActivationKind.Sigmoid, 0, 0).Apply(values, 0, values.Length);
        double expected = 1 / (1 + Math.Exp(-x));
        Assert.All(values, value => Assert.True(Math.Abs(value - expected) <= 1e-6 * expected, $"{value:R}, expected {expected:R}"));
    }

    [Fact]
    public void Tanh_of_what_is_no_number_is_none()
    {
        if (Vector512.IsHardwareAccelerated) CheckSpecial<Vector512<float>, Lanes512>();
        if (Vector256.IsHardwareAccelerated) CheckSpecial<Vector256<float>, Lanes256>();
        if (Vector128.IsHardwareAccelerated) CheckSpecial<Vector128<float>, Lanes128>();
    }

    private void Check<TVector, TLanes>()
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        double worst = 0, worstAt = 0;
        float[] x = new float[v.Count], y = new float[v.Count], negative = new float[v.Count];
        int stride;
        for (long bits = 0; bits < Infinity; bits += (long)stride * v.Count)
        {
            bool curved = BitConverter.Int32BitsToSingle((int)bits) is >= CurveBegins and < CurveEnds;
            stride = curved ? LongRun.Choose(Sparse, 1) : Sparse;
            for (int lane = 0; lane < x.Length; lane++) x[lane] = BitConverter.Int32BitsToSingle((int)Math.Min(Infinity, bits + lane * stride));
            Apply<TVector, TLanes>(x, y);
            for (int lane = 0; lane < x.Length; lane++) negative[lane] = -x[lane];
            Apply<TVector, TLanes>(negative, negative);
            for (int lane = 0; lane < x.Length; lane++)
            {
                double expected = Math.Tanh(x[lane]), error = Math.Abs(y[lane] - expected);
                if (error > worst) (worst, worstAt) = (error, x[lane]);
                bool sound = error <= Bound && error <= SmallRelativeError * x[lane] && y[lane] == -negative[lane] && (y[lane] == 1 || !(x[lane] >= ReachesOne));
                Assert.True(sound, $"{typeof(TLanes).Name}: tanh({x[lane]:R}) is {expected:R}, found {y[lane]:R}, of its negative {negative[lane]:R}");
            }
        }
        output.WriteLine($"{typeof(TLanes).Name}: largest error {worst:E2} at {worstAt:R}");
    }

    private static void CheckSpecial<TVector, TLanes>()
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        float[] x = new float[v.Count], y = new float[v.Count], relu = new float[v.Count];
        (x[0], x[1], x[2], x[3]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f);
        Apply<TVector, TLanes>(x, y);
        v.Store(v.Relu(v.Load(ref x[0], 0)), ref relu[0], 0);
        Assert.Equal([float.NaN, 1, -1, 0], y[..4]);
        Assert.Equal([float.NaN, float.PositiveInfinity, 0, 0], relu[..4]);
        x[0] = BitConverter.Int32BitsToSingle(-1); // a NaN with its sign
        Apply<TVector, TLanes>(x, y);
        Assert.Equal(float.NaN, y[0]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Apply<TVector, TLanes>(float[] x, float[] y)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        v.Store(v.Tanh(v.Load(ref x[0], 0)), ref y[0], 0);
    }
}
