namespace EdgeRnn.Runtime;

/// <summary>
/// The standardisation of a quantized model's input in integers, for sensors that give whole numbers (FORMAT.md, section PREP):
/// <code>
/// value = clamp((count * multiplier + offset + 2^(shift - 1)) >> shift, lowest, highest)
/// </code>
/// per channel, in 64 bits. Immutable.
/// </summary>
internal sealed class CountStandardiser
{
    /// <summary>
    /// Largest magnitude of an offset. With a count in 16 bits, a multiplier in 32 and a shift of at most 62 the sum stays below
    /// 2^46 + 2^62 + 2^61, which 64 bits hold.
    /// </summary>
    public const long MaxOffset = 1L << 62;

    private const int MaxShift = 62;

    private readonly long[] _offsets;
    private readonly int[] _multipliers;
    private readonly int[] _shifts;
    private readonly int _lowest;
    private readonly int _highest;

    /// <param name="reader">Stands behind the names of the channels.</param>
    /// <param name="channels">Features of the input.</param>
    public CountStandardiser(ByteReader reader, int channels)
    {
        reader.RequireLeft(8L + 13L * channels);
        _lowest = reader.Count(-QuantizedLimits.MaxValue, 0, "lowest value");
        _highest = reader.Count(0, QuantizedLimits.MaxValue, "highest value");
        _offsets = new long[channels];
        _multipliers = new int[channels];
        _shifts = new int[channels];
        for (int i = 0; i < channels; i++) _offsets[i] = reader.Int64(-MaxOffset, MaxOffset, "offset of channel " + i.ToString());
        for (int i = 0; i < channels; i++) _multipliers[i] = reader.Int32();
        for (int i = 0; i < channels; i++) _shifts[i] = reader.Choice(1, MaxShift, "shift of channel " + i.ToString());
    }

    /// <summary>values[at .. at + channels) from counts[first .. first + channels).</summary>
    public void Apply(short[] counts, int first, int[] values, int at)
    {
        int lowest = _lowest, highest = _highest;
        for (int i = 0; i < _offsets.Length; i++)
        {
            int shift = _shifts[i];
            long value = (counts[first + i] * (long)_multipliers[i] + _offsets[i] + (1L << (shift - 1))) >> shift;
            values[at + i] = value > highest ? highest : value < lowest ? lowest : (int)value;
        }
    }
}
