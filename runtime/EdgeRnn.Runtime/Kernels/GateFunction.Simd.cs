using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Runtime;

// Vectors of eight or four. Two neighbouring knots are one load of 64 bits, and two interval numbers leave the vector as one
// register: both beat gather instructions. A shuffle then parts the pairs (k, k + 1) into all first and all second knots.
internal sealed partial class GateFunction
{
    private const int EvenLanes = 0b10_00_10_00;
    private const int OddLanes = 0b11_01_11_01;

    // Inlined into each function, where the last four parameters are constants.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    partial void ApplyVector(int[] memory, int at, int count, int stepBits, int shift, int lowest, int highest,
        ref bool done)
    {
        bool supported = Sse41.IsSupported || AdvSimd.Arm64.IsSupported;
        if (!supported || count < Vector128<int>.Count) return;
        done = true;
        ref int run = ref memory.AsSpan(at, count).GetPinnableReference();
        ref int knots = ref MemoryMarshal.GetArrayDataReference(_knots);
        int unit = 0;
        if (Avx2.IsSupported)
        {
            for (; unit <= count - Vector256<int>.Count; unit += Vector256<int>.Count)
            {
                Vector256<int> x = Vector256.LoadUnsafe(ref run, (nuint)unit);
                Evaluate(x, ref knots, stepBits, shift, lowest, highest).StoreUnsafe(ref run, (nuint)unit);
            }
        }
        for (; unit <= count - Vector128<int>.Count; unit += Vector128<int>.Count)
        {
            Vector128<int> x = Vector128.LoadUnsafe(ref run, (nuint)unit);
            Evaluate(x, ref knots, stepBits, shift, lowest, highest).StoreUnsafe(ref run, (nuint)unit);
        }
        ApplyPortable(memory, at + unit, count - unit, stepBits, shift, lowest, highest);
    }

    // The magnitude of int.MinValue is 2^31 as an unsigned number, so the unsigned minimum bounds every x.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Evaluate(Vector256<int> x, ref int knots, int stepBits, int shift, int lowest, int highest)
    {
        Vector256<uint> limit = Vector256.Create((uint)(GateTable.Steps << stepBits) - 1);
        Vector256<int> a = Vector256.Min(Vector256.Abs(x).AsUInt32(), limit).AsInt32();
        Vector256<long> steps = Vector256.ShiftRightLogical(a, stepBits).AsInt64();
        long first = steps.GetElement(0), second = steps.GetElement(1);
        long third = steps.GetUpper().GetElement(0), fourth = steps.GetUpper().GetElement(1);
        Vector256<float> p = Vector256.Create(Pairs(ref knots, first), Pairs(ref knots, third)).AsSingle();
        Vector256<float> q = Vector256.Create(Pairs(ref knots, second), Pairs(ref knots, fourth)).AsSingle();
        Vector256<int> low = Avx.Shuffle(p, q, EvenLanes).AsInt32(), high = Avx.Shuffle(p, q, OddLanes).AsInt32();
        Vector256<int> rise = (high - low) * (a & Vector256.Create((1 << stepBits) - 1));
        Vector256<int> s = low + Vector256.ShiftRightArithmetic(rise, stepBits) + Vector256.Create(1 << (shift - 1));
        s = Vector256.ShiftRightArithmetic(s, shift);
        Vector256<int> left = Vector256.Create(lowest) + s, right = Vector256.Create(highest) - s;
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<int>.Zero), left, right);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Evaluate(Vector128<int> x, ref int knots, int stepBits, int shift, int lowest, int highest)
    {
        Vector128<uint> limit = Vector128.Create((uint)(GateTable.Steps << stepBits) - 1);
        Vector128<int> a = Vector128.Min(Vector128.Abs(x).AsUInt32(), limit).AsInt32();
        Vector128<long> steps = Vector128.ShiftRightLogical(a, stepBits).AsInt64();
        Vector128<int> p = Pairs(ref knots, steps.GetElement(0)), q = Pairs(ref knots, steps.GetElement(1));
        Vector128<int> low = Even(p, q), high = Odd(p, q);
        Vector128<int> rise = (high - low) * (a & Vector128.Create((1 << stepBits) - 1));
        Vector128<int> s = low + Vector128.ShiftRightArithmetic(rise, stepBits) + Vector128.Create(1 << (shift - 1));
        s = Vector128.ShiftRightArithmetic(s, shift);
        Vector128<int> left = Vector128.Create(lowest) + s, right = Vector128.Create(highest) - s;
        return Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128<int>.Zero), left, right);
    }

    // Two interval numbers, below 2^31 each, to (k, k + 1, m, m + 1)'s knots.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Pairs(ref int knots, long steps) =>
        Vector128.Create(Pair(ref knots, (uint)steps), Pair(ref knots, (uint)(steps >> 32))).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Pair(ref int knots, uint step) =>
        Unsafe.ReadUnaligned<long>(ref Unsafe.As<int, byte>(ref Unsafe.Add(ref knots, step)));

    private static Vector128<int> Even(Vector128<int> p, Vector128<int> q) => AdvSimd.Arm64.IsSupported
        ? AdvSimd.Arm64.UnzipEven(p, q)
        : Sse.Shuffle(p.AsSingle(), q.AsSingle(), EvenLanes).AsInt32();

    private static Vector128<int> Odd(Vector128<int> p, Vector128<int> q) => AdvSimd.Arm64.IsSupported
        ? AdvSimd.Arm64.UnzipOdd(p, q)
        : Sse.Shuffle(p.AsSingle(), q.AsSingle(), OddLanes).AsInt32();
}
