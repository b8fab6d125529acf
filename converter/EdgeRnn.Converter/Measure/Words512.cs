using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace EdgeRnn.Converter.Measure;

/// <summary>8-bit weights and 8-bit inputs (from 0 on, as the instruction wants them), AVX-VNNI.</summary>
internal readonly struct Bytes256 : IProductLanes<Vector256<int>, Vector256<byte>>
{
    public static int Rows => 8;

    public static int Columns => 4;

    public static int WeightBytes => 1;

    public static int InputBytes => 1;

    public static Vector256<byte> Broadcast(ref byte inputs) => Vector256.Create(Unsafe.As<byte, int>(ref inputs)).AsByte();

    public static Vector256<int> MultiplyAdd(Vector256<int> sum, ref byte weights, Vector256<byte> inputs) =>
        AvxVnni.MultiplyWideningAndAdd(sum, inputs, Vector256.LoadUnsafe(ref Unsafe.As<byte, sbyte>(ref weights)));

    public static Vector256<int> Add(Vector256<int> a, Vector256<int> b) => a + b;
}

/// <summary>8-bit weights and 8-bit inputs, the dot products of arm64.</summary>
internal readonly struct Bytes128 : IProductLanes<Vector128<int>, Vector128<sbyte>>
{
    public static int Rows => 4;

    public static int Columns => 4;

    public static int WeightBytes => 1;

    public static int InputBytes => 1;

    public static Vector128<sbyte> Broadcast(ref byte inputs) => Vector128.Create(Unsafe.As<byte, int>(ref inputs)).AsSByte();

    public static Vector128<int> MultiplyAdd(Vector128<int> sum, ref byte weights, Vector128<sbyte> inputs) =>
        Dp.DotProduct(sum, Vector128.LoadUnsafe(ref Unsafe.As<byte, sbyte>(ref weights)), inputs);

    public static Vector128<int> Add(Vector128<int> a, Vector128<int> b) => a + b;
}

/// <summary>8-bit weights widened to 16-bit inputs, products added in pairs, AVX-512BW.</summary>
internal readonly struct Words512 : IProductLanes<Vector512<int>, Vector512<short>>
{
    public static int Rows => 16;

    public static int Columns => 2;

    public static int WeightBytes => 1;

    public static int InputBytes => 2;

    public static Vector512<short> Broadcast(ref byte inputs) => Vector512.Create(Unsafe.As<byte, int>(ref inputs)).AsInt16();

    public static Vector512<int> MultiplyAdd(Vector512<int> sum, ref byte weights, Vector512<short> inputs)
    {
        Vector512<short> wide = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref Unsafe.As<byte, sbyte>(ref weights)));
        return sum + Avx512BW.MultiplyAddAdjacent(wide, inputs);
    }

    public static Vector512<int> Add(Vector512<int> a, Vector512<int> b) => a + b;
}

/// <summary>8-bit weights widened to 16-bit inputs, products added in pairs, AVX2.</summary>
internal readonly struct Words256 : IProductLanes<Vector256<int>, Vector256<short>>
{
    public static int Rows => 8;

    public static int Columns => 2;

    public static int WeightBytes => 1;

    public static int InputBytes => 2;

    public static Vector256<short> Broadcast(ref byte inputs) => Vector256.Create(Unsafe.As<byte, int>(ref inputs)).AsInt16();

    public static Vector256<int> MultiplyAdd(Vector256<int> sum, ref byte weights, Vector256<short> inputs)
    {
        Vector256<short> wide = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref Unsafe.As<byte, sbyte>(ref weights)));
        return sum + Avx2.MultiplyAddAdjacent(wide, inputs);
    }

    public static Vector256<int> Add(Vector256<int> a, Vector256<int> b) => a + b;
}

/// <summary>8-bit weights widened to 16-bit inputs, products added in pairs, SSE4.1 or arm64.</summary>
internal readonly struct Words128 : IProductLanes<Vector128<int>, Vector128<short>>
{
    public static int Rows => 4;

    public static int Columns => 2;

    public static int WeightBytes => 1;

    public static int InputBytes => 2;

    public static bool IsSupported => Sse41.IsSupported || AdvSimd.Arm64.IsSupported;

    public static Vector128<short> Broadcast(ref byte inputs) => Vector128.Create(Unsafe.As<byte, int>(ref inputs)).AsInt16();

    public static Vector128<int> MultiplyAdd(Vector128<int> sum, ref byte weights, Vector128<short> inputs)
    {
        Vector64<sbyte> packed = Vector64.LoadUnsafe(ref Unsafe.As<byte, sbyte>(ref weights));
        if (Sse41.IsSupported)
            return sum + Sse2.MultiplyAddAdjacent(Sse41.ConvertToVector128Int16(packed.ToVector128Unsafe()), inputs);
        Vector128<short> wide = AdvSimd.SignExtendWideningLower(packed);
        return sum + AdvSimd.Arm64.AddPairwise(AdvSimd.MultiplyWideningLower(wide.GetLower(), inputs.GetLower()),
            AdvSimd.MultiplyWideningUpper(wide, inputs));
    }

    public static Vector128<int> Add(Vector128<int> a, Vector128<int> b) => a + b;
}

/// <summary>Integers, one by one.</summary>
internal readonly struct IntegerScalar : IProductLanes<int, int>
{
    public static int Rows => 1;

    public static int Columns => 1;

    public static int WeightBytes => 1;

    public static int InputBytes => 2;

    public static int Broadcast(ref byte inputs) => Unsafe.As<byte, short>(ref inputs);

    public static int MultiplyAdd(int sum, ref byte weights, int inputs) => sum + Unsafe.As<byte, sbyte>(ref weights) * inputs;

    public static int Add(int a, int b) => a + b;
}
