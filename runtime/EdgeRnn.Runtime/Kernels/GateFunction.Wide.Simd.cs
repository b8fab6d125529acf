using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

// Sixteen at a time, for kernels that hold pre-activations in registers; two interval numbers leave the vector as one register.
internal sealed partial class GateFunction
{
    /// <summary>As <see cref="StateGate"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> StateGateWide(Vector512<int> x, ref int knots) =>
        Evaluate(x, ref knots, StepBits, GateTable.KnotBits - StateGateBits, 0, 1 << StateGateBits);

    /// <summary>As <see cref="Gate"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> GateWide(Vector512<int> x, ref int knots) =>
        Evaluate(x, ref knots, StepBits, GateTable.KnotBits - GateBits, 0, 1 << GateBits);

    /// <summary>As <see cref="Tanh"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> TanhWide(Vector512<int> x, ref int knots) =>
        Evaluate(x, ref knots, TanhStepBits, GateTable.KnotBits - GateBits - 1, -(1 << GateBits), 1 << GateBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Evaluate(Vector512<int> x, ref int knots, int stepBits, int shift, int lowest, int highest)
    {
        Vector512<uint> limit = Vector512.Create((uint)(GateTable.Steps << stepBits) - 1);
        Vector512<int> a = Vector512.Min(Vector512.Abs(x).AsUInt32(), limit).AsInt32();
        Vector512<long> steps = Vector512.ShiftRightLogical(a, stepBits).AsInt64();
        Vector256<long> lower = steps.GetLower(), upper = steps.GetUpper();
        Vector512<int> first = Eight(ref knots, lower, upper, 0), second = Eight(ref knots, lower, upper, 1);
        Vector512<int> low = Avx512F.Shuffle(first.AsSingle(), second.AsSingle(), EvenLanes).AsInt32();
        Vector512<int> high = Avx512F.Shuffle(first.AsSingle(), second.AsSingle(), OddLanes).AsInt32();
        Vector512<int> rise = (high - low) * (a & Vector512.Create((1 << stepBits) - 1));
        Vector512<int> s = low + Vector512.ShiftRightArithmetic(rise, stepBits) + Vector512.Create(1 << (shift - 1));
        s = Vector512.ShiftRightArithmetic(s, shift);
        Vector512<int> left = Vector512.Create(lowest) + s, right = Vector512.Create(highest) - s;
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<int>.Zero), left, right);
    }

    // The pairs of knots of every other two units. Vector512.Create of two halves would first load a whole that it then overwrites.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Eight(ref int knots, Vector256<long> lower, Vector256<long> upper, int which) =>
        Avx512F.InsertVector256(Four(ref knots, lower, which).ToVector512Unsafe(), Four(ref knots, upper, which), 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Four(ref int knots, Vector256<long> steps, int which)
    {
        Vector128<int> low = Pairs(ref knots, steps.GetLower().GetElement(which));
        return Avx.InsertVector128(low.ToVector256Unsafe(), Pairs(ref knots, steps.GetUpper().GetElement(which)), 1);
    }
}
