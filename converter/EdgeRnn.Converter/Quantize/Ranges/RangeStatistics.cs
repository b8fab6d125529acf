using System;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>What a calibration run saw of one signal, over all its units and steps.</summary>
public sealed class RangeStatistics
{
    private readonly MagnitudeHistogram _magnitudes = new();
    private double _sum;
    private double _sumOfSquares;

    /// <summary>Finite values seen.</summary>
    public long Count => _magnitudes.Count;

    /// <summary>Values that were not finite; they are in no other figure.</summary>
    public long NonFinite { get; private set; }

    /// <summary>The smallest value; 0 when none was seen.</summary>
    public double Minimum { get; private set; }

    /// <summary>The largest value; 0 when none was seen.</summary>
    public double Maximum { get; private set; }

    /// <summary>The largest magnitude.</summary>
    public double LargestMagnitude => Math.Max(-Minimum, Maximum);

    /// <summary>The mean.</summary>
    public double Mean => Count == 0 ? 0 : _sum / Count;

    /// <summary>The root of the mean square.</summary>
    public double Rms => Count == 0 ? 0 : Math.Sqrt(_sumOfSquares / Count);

    /// <summary>The magnitude that a share of the values do not exceed, at most 1.6 % too large.</summary>
    /// <param name="percent">0 to 100.</param>
    public double Percentile(double percent) => Math.Min(_magnitudes.Quantile(percent / 100), LargestMagnitude);

    /// <summary>Share of the values a 16-bit number with k fraction bits cannot hold, 0 to 1.</summary>
    public double ClippedShare(int fractionBits) => _magnitudes.ShareAbove(15 - fractionBits);

    /// <summary>Mean square error of the values as 16-bit numbers with k fraction bits, clipping included.</summary>
    public double MeanSquareError(int fractionBits) => _magnitudes.MeanSquareError(fractionBits);

    /// <summary>Adds the values of one step.</summary>
    internal void Add(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
            {
                NonFinite++;
                continue;
            }
            Minimum = Count == 0 ? value : Math.Min(Minimum, value);
            Maximum = Count == 0 ? value : Math.Max(Maximum, value);
            _sum += value;
            _sumOfSquares += value * value;
            _magnitudes.Add(value);
        }
    }
}
