using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Converter.Measure;

/// <summary>Floats, 512 bits.</summary>
internal readonly struct Float512 : IProductLanes<Vector512<float>, Vector512<float>>
{
    public static int Rows => 16;

    public static int Columns => 1;

    public static int WeightBytes => 4;

    public static int InputBytes => 4;

    public static Vector512<float> Broadcast(ref byte inputs) => Vector512.Create(Unsafe.As<byte, float>(ref inputs));

    public static Vector512<float> MultiplyAdd(Vector512<float> sum, ref byte weights, Vector512<float> inputs) =>
        Vector512.MultiplyAddEstimate(inputs, Vector512.LoadUnsafe(ref Unsafe.As<byte, float>(ref weights)), sum);

    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;
}

/// <summary>Floats, 256 bits.</summary>
internal readonly struct Float256 : IProductLanes<Vector256<float>, Vector256<float>>
{
    public static int Rows => 8;

    public static int Columns => 1;

    public static int WeightBytes => 4;

    public static int InputBytes => 4;

    public static Vector256<float> Broadcast(ref byte inputs) => Vector256.Create(Unsafe.As<byte, float>(ref inputs));

    public static Vector256<float> MultiplyAdd(Vector256<float> sum, ref byte weights, Vector256<float> inputs) =>
        Vector256.MultiplyAddEstimate(inputs, Vector256.LoadUnsafe(ref Unsafe.As<byte, float>(ref weights)), sum);

    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;
}

/// <summary>Floats, 128 bits.</summary>
internal readonly struct Float128 : IProductLanes<Vector128<float>, Vector128<float>>
{
    public static int Rows => 4;

    public static int Columns => 1;

    public static int WeightBytes => 4;

    public static int InputBytes => 4;

    public static Vector128<float> Broadcast(ref byte inputs) => Vector128.Create(Unsafe.As<byte, float>(ref inputs));

    public static Vector128<float> MultiplyAdd(Vector128<float> sum, ref byte weights, Vector128<float> inputs) =>
        Vector128.MultiplyAddEstimate(inputs, Vector128.LoadUnsafe(ref Unsafe.As<byte, float>(ref weights)), sum);

    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;
}

/// <summary>Floats, one by one.</summary>
internal readonly struct FloatScalar : IProductLanes<float, float>
{
    public static int Rows => 1;

    public static int Columns => 1;

    public static int WeightBytes => 4;

    public static int InputBytes => 4;

    public static float Broadcast(ref byte inputs) => Unsafe.As<byte, float>(ref inputs);

    public static float MultiplyAdd(float sum, ref byte weights, float inputs) => sum + Unsafe.As<byte, float>(ref weights) * inputs;

    public static float Add(float a, float b) => a + b;
}
