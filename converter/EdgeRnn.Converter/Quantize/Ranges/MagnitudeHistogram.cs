using System;

namespace EdgeRnn.Converter.Quantize.Ranges;

/// <summary>
/// Counts magnitudes in 64 bins per power of two, from 2^-40 to 2^40: every bin is 1.6 % wide or less, powers of two are edges of
/// bins, and memory is bounded whatever comes. A bin holds the numbers above its lower edge up to its upper edge.
/// </summary>
internal sealed class MagnitudeHistogram
{
    private const int FirstExponent = -40;
    private const int Octaves = 80;
    private const int BinBits = 6;
    private const int BinsPerOctave = 1 << BinBits;
    private const int MantissaBits = 52;
    private const int ExponentBias = 1023;

    private readonly long[]?[] _octaves = new long[]?[Octaves];
    private long _zeros;

    /// <summary>How many numbers were added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a finite number of either sign.</summary>
    public void Add(double value)
    {
        Count++;
        if (value == 0)
        {
            _zeros++;
            return;
        }
        // One less than the number's bits: a power of two falls into the bin that ends with it.
        long bits = (BitConverter.DoubleToInt64Bits(value) & long.MaxValue) - 1;
        int octave = (int)(bits >> MantissaBits) - ExponentBias - FirstExponent;
        int bin = (int)(bits >> (MantissaBits - BinBits)) & (BinsPerOctave - 1);
        if (octave < 0) (octave, bin) = (0, 0);
        if (octave >= Octaves) (octave, bin) = (Octaves - 1, BinsPerOctave - 1);
        long[] counts = _octaves[octave] ??= new long[BinsPerOctave];
        counts[bin]++;
    }

    /// <summary>The magnitude that a share of the numbers do not exceed, at most 1.6 % too large; 0 without numbers.</summary>
    /// <param name="share">0 to 1.</param>
    public double Quantile(double share)
    {
        long wanted = (long)Math.Ceiling(share * Count), seen = _zeros;
        if (seen >= wanted) return 0;
        for (int octave = 0; octave < Octaves; octave++)
        {
            for (int bin = 0; _octaves[octave] is { } counts && bin < BinsPerOctave; bin++)
            {
                seen += counts[bin];
                if (seen >= wanted) return Edge(octave, bin + 1);
            }
        }
        return Edge(Octaves - 1, BinsPerOctave);
    }

    /// <summary>Share of the numbers with a magnitude above 2^exponent.</summary>
    public double ShareAbove(int exponent)
    {
        if (Count == 0) return 0;
        long above = 0;
        for (int octave = Math.Max(exponent - FirstExponent, 0); octave < Octaves; octave++)
        {
            if (_octaves[octave] is not { } counts) continue;
            foreach (long count in counts) above += count;
        }
        return (double)above / Count;
    }

    /// <summary>
    /// Mean square error of the numbers as 16-bit ones with k fraction bits: rounding, and clipping at 2^(15 - k).
    /// </summary>
    public double MeanSquareError(int fractionBits)
    {
        double step = Math.ScaleB(1, -fractionBits), limit = Math.ScaleB(1, 15 - fractionBits), sum = 0;
        for (int octave = 0; octave < Octaves; octave++)
        {
            for (int bin = 0; _octaves[octave] is { } counts && bin < BinsPerOctave; bin++)
            {
                if (counts[bin] == 0) continue;
                double magnitude = (Edge(octave, bin) + Edge(octave, bin + 1)) / 2;
                sum += counts[bin] * SquareError(magnitude, step, limit);
            }
        }
        return Count == 0 ? 0 : sum / Count;
    }

    private static double SquareError(double magnitude, double step, double limit)
    {
        if (magnitude > limit) return (magnitude - limit) * (magnitude - limit);
        return magnitude < step / 2 ? magnitude * magnitude : step * step / 12;
    }

    private static double Edge(int octave, int bin) =>
        Math.ScaleB(1 + (double)bin / BinsPerOctave, octave + FirstExponent);
}
