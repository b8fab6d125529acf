using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Readings of sensors as whole numbers, so that one guard serves floats and counts: a count is itself; a float is (x - mean) /
/// deviation, or x where the model has no preprocessing, with 20 fraction bits, saturated to +-2^60.
/// </summary>
internal sealed class ReadingScale
{
    private const double One = 1 << 20;
    private const double Most = 1L << 60;

    private readonly float[]? _means;
    private readonly float[]? _inverses;
    private readonly bool _counts;

    /// <param name="model">The model whose input is read.</param>
    /// <param name="counts">Whether readings are counts.</param>
    public ReadingScale(Model model, bool counts)
    {
        _counts = counts;
        _means = model.InputMean;
        _inverses = model.InputInverseScale;
    }

    /// <summary>A finite reading.</summary>
    public long Of(int channel, float reading)
    {
        if (_counts) return Whole(reading);
        return Whole((_means == null ? reading : (double)reading - _means[channel]) * Steps(channel));
    }

    /// <summary>A distance between readings, not negative.</summary>
    public long Distance(int channel, float distance)
    {
        return Whole(_counts ? distance : distance * Steps(channel));
    }

    private double Steps(int channel)
    {
        if (_inverses == null || _inverses[channel] == 0) return One;
        return _inverses[channel] < 0 ? -_inverses[channel] * One : _inverses[channel] * One;
    }

    private static long Whole(double value)
    {
        return value >= Most ? (long)Most : value <= -Most ? -(long)Most : (long)Math.Floor(value);
    }
}
