using System;

namespace EdgeRnn.Runtime;

/// <summary>The bits of a float without allocating, on a core library that converts only doubles.</summary>
internal static class FloatBits
{
    /// <summary>The IEEE 754 single-precision bits of a value; every NaN becomes the quiet one.</summary>
    public static int Of(float value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int sign = (int)(bits >> 32) & int.MinValue;
        int exponent = (int)(bits >> 52) & 0x7FF;
        int mantissa = (int)(bits >> 29) & 0x7FFFFF;
        if (exponent == 0) return sign;
        if (exponent == 0x7FF) return sign | 0x7F800000 | ((bits & 0xFFFFFFFFFFFFFL) == 0 ? 0 : 0x400000);
        int single = exponent - 1023 + 127;
        if (single > 0) return sign | (single << 23) | mantissa;
        return sign | ((mantissa | 0x800000) >> (1 - single));
    }
}
