using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

// Four features at a time, with the operations of the other form in the same order.
public sealed partial class Session
{
    private const int RoundedAtOnce = 4;

    partial void RoundVectors(float[] input, int inputOffset, ref int done, ref int status)
    {
        int size = _model.InputSize;
        if (!Avx.IsSupported || size < RoundedAtOnce) return;
        ref float from = ref input.AsSpan(inputOffset, size).GetPinnableReference();
        ref int to = ref _memory.Ints.AsSpan(_model.Main.InputOffset, size).GetPinnableReference();
        Vector256<double> numbers = Vector256<double>.AllBitsSet, scale = Vector256.Create((double)_model.InputScale);
        for (; done <= size - RoundedAtOnce; done += RoundedAtOnce)
        {
            Vector128<float> x = Vector128.LoadUnsafe(ref from, (nuint)done);
            if (_model.InputMean != null) x = Standardised(x, done);
            Vector256<double> scaled = Avx.ConvertToVector256Double(x) * scale + Vector256.Create(0.5);
            Vector256<double> isNumber = Vector256.Equals(scaled, scaled), limit = Vector256.Create((double)QuantizedLimits.MaxValue);
            Vector256<double> whole = Avx.Max(Avx.Min(Avx.Floor(scaled), limit), -limit) & isNumber;
            numbers &= isNumber;
            Avx.ConvertToVector128Int32(whole).StoreUnsafe(ref to, (nuint)done);
        }
        if (numbers.AsInt64() != Vector256<long>.AllBitsSet) status = StepStatus.InvalidInput;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<float> Standardised(Vector128<float> x, int first)
    {
        ref float mean = ref MemoryMarshal.GetArrayDataReference(_model.InputMean!);
        ref float inverseScale = ref MemoryMarshal.GetArrayDataReference(_model.InputInverseScale!);
        x = (x - Vector128.LoadUnsafe(ref mean, (nuint)first)) * Vector128.LoadUnsafe(ref inverseScale, (nuint)first);
        if (_model.InputClip == 0) return x;
        Vector128<float> clip = Vector128.Create(_model.InputClip);
        x = Vector128.ConditionalSelect(Vector128.LessThan(x, -clip), -clip, x);
        return Vector128.ConditionalSelect(Vector128.GreaterThan(x, clip), clip, x);
    }
}
