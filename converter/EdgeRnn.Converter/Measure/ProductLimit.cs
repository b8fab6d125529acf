using System;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Measure;

/// <summary>
/// What the multiply-accumulates of a step take alone: y = W x of one matrix, weights packed for the widest multiply-add of this machine
/// and aligned, without bias, rescaling, gates or state. Every run multiplies the same numbers, and does not wait for the one before.
/// </summary>
public sealed class ProductLimit
{
    private const int Seed = 20240605;

    private readonly ProductLoop _loop;

    /// <param name="rows">Rows of W, at least 1.</param>
    /// <param name="columns">Columns of W, at least 1.</param>
    /// <param name="scheme">Float, or 8-bit weights by 16-bit inputs, or by 8-bit inputs in w8a8.</param>
    public ProductLimit(int rows, int columns, Scheme scheme)
    {
        Random random = new(Seed);
        Weights = new float[rows * columns];
        Inputs = new float[columns];
        bool isFloat = scheme == Scheme.F32;
        // Inputs of w8a8 from 0 on: one instruction set has its 8-bit inputs without a sign.
        (int low, int high) = scheme == Scheme.W8A8 ? (0, 128) : (-32767, 32768);
        for (int i = 0; i < Weights.Length; i++) Weights[i] = isFloat ? random.NextSingle() - 0.5f : random.Next(-127, 128);
        for (int i = 0; i < columns; i++) Inputs[i] = isFloat ? random.NextSingle() - 0.5f : random.Next(low, high);
        _loop = isFloat ? Floats() : Integers(scheme == Scheme.W8A8);
        _loop.Pack(Weights, rows, Inputs);
    }

    /// <summary>W, row-major, whole numbers for integers.</summary>
    internal float[] Weights { get; }

    /// <summary>x.</summary>
    internal float[] Inputs { get; }

    /// <summary>Multiplies.</summary>
    /// <param name="times">How often.</param>
    public void Run(int times) => _loop.Run(times);

    /// <summary>y after a run, [rows].</summary>
    internal double[] Answer() => _loop.Answer();

    private static ProductLoop Floats()
    {
        if (Vector512.IsHardwareAccelerated) return new ProductLoop<Float512, Vector512<float>, Vector512<float>>(false);
        if (Vector256.IsHardwareAccelerated) return new ProductLoop<Float256, Vector256<float>, Vector256<float>>(false);
        if (Vector128.IsHardwareAccelerated) return new ProductLoop<Float128, Vector128<float>, Vector128<float>>(false);
        return new ProductLoop<FloatScalar, float, float>(false);
    }

    private static ProductLoop Integers(bool narrow)
    {
        if (narrow && AvxVnni.IsSupported) return new ProductLoop<Bytes256, Vector256<int>, Vector256<byte>>(true);
        if (narrow && Dp.IsSupported) return new ProductLoop<Bytes128, Vector128<int>, Vector128<sbyte>>(true);
        if (Avx512BW.IsSupported) return new ProductLoop<Words512, Vector512<int>, Vector512<short>>(true);
        if (Avx2.IsSupported) return new ProductLoop<Words256, Vector256<int>, Vector256<short>>(true);
        if (Words128.IsSupported) return new ProductLoop<Words128, Vector128<int>, Vector128<short>>(true);
        return new ProductLoop<IntegerScalar, int, int>(true);
    }
}
