using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeRnn.Converter.Measure;

/// <summary>One width of vectors: a load and an add. Types and not an argument, so that each width is compiled to a loop of its own.</summary>
/// <typeparam name="TSum">What is added up.</typeparam>
internal interface IStreamLanes<TSum> where TSum : struct
{
    /// <summary>sum + what lies at a place.</summary>
    static abstract TSum Add(TSum sum, ref byte source);

    /// <summary>The lanes together.</summary>
    static abstract long Total(TSum sum);
}

/// <summary>512 bits.</summary>
internal readonly struct Stream512 : IStreamLanes<Vector512<long>>
{
    public static Vector512<long> Add(Vector512<long> sum, ref byte source) => sum + Vector512.LoadUnsafe(ref Unsafe.As<byte, long>(ref source));

    public static long Total(Vector512<long> sum) => Vector512.Sum(sum);
}

/// <summary>256 bits.</summary>
internal readonly struct Stream256 : IStreamLanes<Vector256<long>>
{
    public static Vector256<long> Add(Vector256<long> sum, ref byte source) => sum + Vector256.LoadUnsafe(ref Unsafe.As<byte, long>(ref source));

    public static long Total(Vector256<long> sum) => Vector256.Sum(sum);
}

/// <summary>128 bits.</summary>
internal readonly struct Stream128 : IStreamLanes<Vector128<long>>
{
    public static Vector128<long> Add(Vector128<long> sum, ref byte source) => sum + Vector128.LoadUnsafe(ref Unsafe.As<byte, long>(ref source));

    public static long Total(Vector128<long> sum) => Vector128.Sum(sum);
}

/// <summary>No vectors: a register.</summary>
internal readonly struct StreamScalar : IStreamLanes<long>
{
    public static long Add(long sum, ref byte source) => sum + Unsafe.As<byte, long>(ref source);

    public static long Total(long sum) => sum;
}
