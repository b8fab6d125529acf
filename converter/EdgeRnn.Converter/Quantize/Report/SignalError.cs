using System;

namespace EdgeRnn.Converter.Quantize.Report;

/// <summary>One signal against its reference, and how often it leaves its format.</summary>
internal sealed class SignalError(int? fractionBits, double limit)
{
    private readonly ErrorSum _sum = new();
    private long _saturated;

    public void Add(double reference, double found)
    {
        _sum.Add(reference, found);
        if (Math.Abs(reference) > limit) _saturated++;
    }

    public SignalReport Report(SignalId signal)
    {
        bool compared = fractionBits != null;
        return new SignalReport(signal.Kind, signal.Gate, _sum.Count, _sum.Minimum, _sum.Maximum, _sum.SignalRms, fractionBits,
            limit, _saturated, compared ? _sum.SignalToNoiseDb : null, compared ? _sum.MaxError : null);
    }
}
