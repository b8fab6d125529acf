namespace EdgeRnn.Runtime;

/// <summary>
/// Everything a detector remembers, in two arrays reserved at its creation. The parts of a detector reserve their pieces first, then
/// the arrays are made; the whole of both is the detector's saved state.
/// </summary>
internal sealed class DetectorMemory
{
    private int _ints;
    private int _floats;

    public int[] Ints { get; private set; } = new int[0];

    /// <summary>Raw readings of float sensors, finite; nothing else.</summary>
    public float[] Floats { get; private set; } = new float[0];

    /// <summary>Bytes that are remembered.</summary>
    public int Bytes => 4 * (_ints + _floats);

    /// <summary>Reserves ints; returns the offset of the first one.</summary>
    public int Reserve(int count)
    {
        int at = _ints;
        _ints += count;
        return at;
    }

    /// <summary>Reserves floats; returns the offset of the first one.</summary>
    public int ReserveFloats(int count)
    {
        int at = _floats;
        _floats += count;
        return at;
    }

    /// <summary>Makes the arrays, all zeros.</summary>
    public void Allocate()
    {
        Ints = new int[_ints];
        Floats = new float[_floats];
    }

    /// <summary>The 64-bit number in two ints, the lower half first.</summary>
    public long Long(int at)
    {
        return ((long)Ints[at + 1] << 32) | (uint)Ints[at];
    }

    /// <summary>Whether a 64-bit number can be a reading: the difference of two then fits 64 bits.</summary>
    public bool IsReading(int at)
    {
        long reading = Long(at);
        return reading >= -ReadingScale.Largest - 1 && reading <= ReadingScale.Largest + 1;
    }

    /// <summary>Stores a 64-bit number in two ints.</summary>
    public void SetLong(int at, long value)
    {
        Ints[at] = (int)value;
        Ints[at + 1] = (int)(value >> 32);
    }
}
