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

    /// <summary>
    /// The largest magnitude of a reading that is believed: 2^40 deviations less a little. What lies further out is no reading of
    /// any sensor, and could overflow a network in float.
    /// </summary>
    public const long Largest = (1L << 60) - 1;

    /// <summary>A finite reading.</summary>
    public long Of(int channel, float reading)
    {
        if (_counts) return Whole(reading);
        return Whole((_means == null ? reading : (double)reading - _means[channel]) * Steps(channel));
    }

    /// <summary>The smallest reading at or above a limit.</summary>
    public long AtLeast(int channel, float limit)
    {
        return _counts ? -Whole(-(double)limit) : Of(channel, limit);
    }

    /// <summary>
    /// A distance between readings; negative stays negative. Two readings that far apart may be one unit further apart once both are
    /// rounded down: that is still within the distance.
    /// </summary>
    public long Distance(int channel, float distance)
    {
        if (distance < 0) return -1;
        return _counts ? Whole(distance) : Whole(distance * Steps(channel)) + 1;
    }

    private double Steps(int channel)
    {
        if (_inverses == null || _inverses[channel] == 0) return One;
        return _inverses[channel] < 0 ? -_inverses[channel] * One : _inverses[channel] * One;
    }

    private static long Whole(double value)
    {
        return value >= Most ? (long)Most : value <= -Most ? -(long)Most : Rounding.Floor(value);
    }
}
