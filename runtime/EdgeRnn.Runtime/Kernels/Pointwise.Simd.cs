using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Runtime;

// Vectors of eight, or pairs of four where the machine has 128 bits. Every operation is rounded as in the portable form, so
// the results are the same bits; what is left of a run goes through the portable form.
internal static partial class Pointwise
{
    private const int Lanes = 8;

    static partial void StandardiseVector(float[] source, int sourceOffset, float[] mean, float[] inverseScale, float clip,
        float[] target, int targetOffset, ref int done)
    {
        int count = mean.Length;
        if (!Vector128.IsHardwareAccelerated || count < Lanes) return;
        ref float from = ref Run(source, sourceOffset, count), to = ref Run(target, targetOffset, count);
        ref float means = ref Run(mean, 0, count), factors = ref Run(inverseScale, 0, count);
        Vector256<float> bound = Vector256.Create(clip == 0 ? float.PositiveInfinity : clip);
        for (; done <= count - Lanes; done += Lanes)
        {
            Vector256<float> value = (Load(ref from, done) - Load(ref means, done)) * Load(ref factors, done);
            // NaN is on neither side of a bound, so it stays.
            value = Vector256.ConditionalSelect(Vector256.GreaterThan(value, bound), bound, value);
            value = Vector256.ConditionalSelect(Vector256.LessThan(value, -bound), -bound, value);
            value.StoreUnsafe(ref to, (nuint)done);
        }
    }

    static partial void MultiplyVector(float[] memory, int a, int b, int y, int count, ref bool done)
    {
        if (!Vector128.IsHardwareAccelerated || count < Lanes) return;
        done = true;
        ref float ra = ref Run(memory, a, count), rb = ref Run(memory, b, count), ry = ref Run(memory, y, count);
        int unit = 0;
        for (; unit <= count - Lanes; unit += Lanes) (Load(ref ra, unit) * Load(ref rb, unit)).StoreUnsafe(ref ry, (nuint)unit);
        MultiplyPortable(memory, a + unit, b + unit, y + unit, count - unit);
    }

    static partial void AddMultipliedVector(float[] memory, int a, int b, int y, int count, ref bool done)
    {
        if (!Vector128.IsHardwareAccelerated || count < Lanes) return;
        done = true;
        ref float ra = ref Run(memory, a, count), rb = ref Run(memory, b, count), ry = ref Run(memory, y, count);
        int unit = 0;
        for (; unit <= count - Lanes; unit += Lanes)
            (Load(ref ry, unit) + Load(ref ra, unit) * Load(ref rb, unit)).StoreUnsafe(ref ry, (nuint)unit);
        AddMultipliedPortable(memory, a + unit, b + unit, y + unit, count - unit);
    }

    static partial void InterpolateVector(float[] memory, int z, int n, int h, int count, ref bool done)
    {
        if (!Vector128.IsHardwareAccelerated || count < Lanes) return;
        done = true;
        ref float rz = ref Run(memory, z, count), rn = ref Run(memory, n, count), rh = ref Run(memory, h, count);
        int unit = 0;
        for (; unit <= count - Lanes; unit += Lanes)
        {
            Vector256<float> gate = Load(ref rz, unit);
            Vector256<float> next = (Vector256<float>.One - gate) * Load(ref rn, unit) + gate * Load(ref rh, unit);
            next.StoreUnsafe(ref rh, (nuint)unit);
        }
        InterpolatePortable(memory, z + unit, n + unit, h + unit, count - unit);
    }

    static partial void UpdateCellVector(float[] memory, int f, int i, int g, int c, int count, ref bool done)
    {
        if (!Vector128.IsHardwareAccelerated || count < Lanes) return;
        done = true;
        ref float rf = ref Run(memory, f, count), ri = ref Run(memory, i, count);
        ref float rg = ref Run(memory, g, count), rc = ref Run(memory, c, count);
        int unit = 0;
        for (; unit <= count - Lanes; unit += Lanes)
        {
            Vector256<float> next = Load(ref rf, unit) * Load(ref rc, unit) + Load(ref ri, unit) * Load(ref rg, unit);
            next.StoreUnsafe(ref rc, (nuint)unit);
        }
        UpdateCellPortable(memory, f + unit, i + unit, g + unit, c + unit, count - unit);
    }

    private static ref float Run(float[] memory, int offset, int count) =>
        ref memory.AsSpan(offset, count).GetPinnableReference();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float first, int offset) => Vector256.LoadUnsafe(ref first, (nuint)offset);
}
