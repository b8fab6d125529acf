using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

// Vectors for activations: sigmoid and tanh within 2e-7, relu exactly. Unlike the gates of fused cells, a sigmoid here keeps its relative
// accuracy near zero, since answers may be probabilities whose logarithm is taken.
// What is left of a run goes through a vector too, so that an element's number does not depend on its place.
internal sealed partial class ActivationFunction
{
    private const int MaxLanes = 16;

    partial void ApplyVector(float[] values, int offset, int count, ref bool done)
    {
        bool known = _kind == ActivationKind.Sigmoid || _kind == ActivationKind.Tanh || _kind == ActivationKind.Relu;
        if (!known || !Vector128.IsHardwareAccelerated) return;
        done = true;
        Span<float> run = values.AsSpan(offset, count);
        if (Vector512.IsHardwareAccelerated) Apply<Vector512<float>, Lanes512>(run);
        else if (Vector256.IsHardwareAccelerated) Apply<Vector256<float>, Lanes256>(run);
        else Apply<Vector128<float>, Lanes128>(run);
    }

    private void Apply<TVector, TLanes>(Span<float> run)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        int at = 0;
        for (; at + v.Count <= run.Length; at += v.Count) ApplyOnce<TVector, TLanes>(ref run[at]);
        if (at == run.Length) return;
        Span<float> rest = stackalloc float[MaxLanes];
        run.Slice(at).CopyTo(rest);
        ApplyOnce<TVector, TLanes>(ref rest[0]);
        rest.Slice(0, run.Length - at).CopyTo(run.Slice(at));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ApplyOnce<TVector, TLanes>(ref float first)
        where TVector : struct
        where TLanes : struct, IVectorLanes<TVector>
    {
        TLanes v = default;
        TVector x = v.Load(ref first, 0);
        TVector y = _kind == ActivationKind.Relu ? v.Relu(x) : _kind == ActivationKind.Tanh ? v.Tanh(x) : v.Sigmoid(x);
        v.Store(y, ref first, 0);
    }
}
