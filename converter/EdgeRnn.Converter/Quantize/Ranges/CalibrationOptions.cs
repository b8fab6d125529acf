namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>How ranges are chosen from a recording.</summary>
/// <param name="Method">The method.</param>
/// <param name="Percent">Of <see cref="RangeMethod.Percentile"/>, above 0 up to 100.</param>
public sealed record CalibrationOptions(RangeMethod Method = RangeMethod.Robust, double Percent = 99.99);
