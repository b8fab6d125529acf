#pragma warning disable // every method here is wrong on purpose
using System;

namespace EdgeRnn.Tests.Il;

/// <summary>What <see cref="FloatScan"/> must find on the way from one call, each in another shape, and what it must let pass.</summary>
internal static class PlantedFloats
{
    private static float _gain = 2;
    private static readonly float[] _means = new float[2];

    internal static long Integers(int[] values, Shape shape) => values[0] * (long)values[1] + Math.Max(values[2], 3) + shape.Area();

    internal static int Constant(int x) => Deeper(x);

    internal static bool FieldReadForNothing(int x) => _means.Length > x;

    internal static void ScalarField(int[] values) => values[0] = (int)_gain;

    internal static int Element(Array values) => ((float[])values)[0] > values.Length ? 1 : 0;

    internal static int Call(int x) => (int)Math.Floor(Half(x));

    internal static int BehindAnOverride(Shape shape) => shape.Area();

    internal static int UnsignedConversion(uint x) => x / 2.0 > 3 ? 1 : 0;

    private static int Deeper(int x) => x > 0.5 ? 1 : 0;

    private static double Half(int x) => x / 2.0;

    internal abstract class Shape
    {
        public abstract int Area();
    }

    internal sealed class Square : Shape
    {
        public override int Area() => 4;
    }

    internal sealed class Circle : Shape
    {
        public override int Area() => (int)(3.14f * Math.Abs(2));
    }
}
