namespace EdgeRnn.Runtime;

/// <summary>
/// Exponentially weighted averages of a score and its parts: s = s + a (x - s), a being the larger of the weight and 1 / n for the
/// n-th value, so that the first values are averaged equally and the first one alone decides nothing. 16 bits below those of a score
/// are kept, or small differences would never arrive.
/// </summary>
internal sealed class Ewma
{
    private const int ExtraBits = 16;
    private const long Most = (long)FixedScore.Max << ExtraBits;

    private readonly DetectorMemory _memory;
    private readonly int _count; // one int: values seen, up to the one from which the weight stays
    private readonly int _sums;  // a long for each average
    private readonly int _size;
    private readonly int _weight;

    /// <param name="memory">Receives 1 + 2 * size ints.</param>
    /// <param name="size">Averages.</param>
    /// <param name="weight">Of the newest value, 1 to 65536, in units of 2^-16.</param>
    public Ewma(DetectorMemory memory, int size, int weight)
    {
        _memory = memory;
        _size = size;
        _weight = weight;
        _count = memory.Reserve(1);
        _sums = memory.Reserve(2 * size);
    }

    /// <summary>Takes the next values, magnitudes up to <see cref="FixedScore.Max"/>.</summary>
    public void Add(int[] values, int offset)
    {
        DetectorMemory memory = _memory;
        int weight = _weight, count = memory.Ints[_count];
        if ((long)(count + 1) * weight < FixedScore.One)
        {
            count++;
            memory.Ints[_count] = count;
            weight = FixedScore.One / count;
        }
        for (int i = 0; i < _size; i++)
        {
            int at = _sums + 2 * i;
            long average = memory.Long(at);
            // Below 2^47 * 2^16, which 64 bits just hold with their sign.
            long change = ((((long)values[offset + i] << ExtraBits) - average) >> 1) * weight;
            average += (change + (FixedScore.One >> 2)) >> (FixedScore.Bits - 1);
            // Half of an odd distance is rounded down, and large weights then go one too far.
            memory.SetLong(at, average < -Most ? -Most : average);
        }
    }

    /// <summary>An average.</summary>
    public int Value(int index)
    {
        return (int)((_memory.Long(_sums + 2 * index) + (1L << (ExtraBits - 1))) >> ExtraBits);
    }

    /// <summary>Whether what was restored can have been saved.</summary>
    public bool IsSound()
    {
        if (_memory.Ints[_count] < 0 || _memory.Ints[_count] > FixedScore.One) return false;
        for (int i = 0; i < _size; i++)
        {
            long average = _memory.Long(_sums + 2 * i);
            if (average < -Most || average > Most) return false;
        }
        return true;
    }
}
