using System;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>How a session rounds a standardised sample (NUMERICS.md): floor(x * 2^k + 0.5), saturated.</summary>
internal static class InputRounding
{
    public static int Round(double value, int fractionBits) =>
        (int)Math.Clamp(Math.Floor(Math.ScaleB(value, fractionBits) + 0.5), -QuantizedLimits.MaxValue, QuantizedLimits.MaxValue);
}
