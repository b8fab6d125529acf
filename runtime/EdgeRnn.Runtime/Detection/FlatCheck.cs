namespace EdgeRnn.Runtime;

/// <summary>
/// A sensor whose readings stay within less than its own noise for a number of steps. The steps are counted from a reading on; one
/// that leaves the range begins a new count.
/// </summary>
internal sealed class FlatCheck
{
    private const int PerChannel = 5; // longs: the smallest and the largest reading counted; and how many were

    private readonly DetectorMemory _memory;
    private readonly int _steps;
    private readonly long[] _ranges;
    private readonly int _at;

    /// <param name="memory">Receives five ints a channel.</param>
    /// <param name="steps">Steps, at least 2.</param>
    /// <param name="ranges">What readings have to exceed within them, for each channel; negative: not looked at.</param>
    public FlatCheck(DetectorMemory memory, int steps, long[] ranges)
    {
        _memory = memory;
        _steps = steps;
        _ranges = ranges;
        _at = memory.Reserve(PerChannel * ranges.Length);
    }

    /// <summary>Takes a reading; whether the line is flat.</summary>
    public bool Fails(int channel, long reading)
    {
        int at = _at + PerChannel * channel;
        int[] ints = _memory.Ints;
        if (_ranges[channel] < 0) return false;
        long smallest = _memory.Long(at), largest = _memory.Long(at + 2);
        if (reading < smallest) smallest = reading;
        if (reading > largest) largest = reading;
        if (ints[at + 4] == 0 || largest - smallest > _ranges[channel])
        {
            smallest = largest = reading;
            ints[at + 4] = 0;
        }
        _memory.SetLong(at, smallest);
        _memory.SetLong(at + 2, largest);
        if (ints[at + 4] < _steps) ints[at + 4]++;
        return ints[at + 4] >= _steps;
    }

    /// <summary>
    /// Whether the line has been flat so long that it may be a fault: more than one step, and more than a quarter of what is allowed.
    /// </summary>
    public bool IsInDoubt(int channel)
    {
        int run = _memory.Ints[_at + PerChannel * channel + 4];
        return run > 1 && 4L * run > _steps;
    }

    /// <summary>Whether what was restored can have been saved.</summary>
    public bool IsSound()
    {
        for (int i = 0; i < _ranges.Length; i++)
        {
            int at = _at + PerChannel * i, run = _memory.Ints[at + 4];
            if (run < 0 || run > _steps || !_memory.IsReading(at) || !_memory.IsReading(at + 2)) return false;
            long range = _memory.Long(at + 2) - _memory.Long(at);
            if (range < 0 || (range > 0 && range > _ranges[i])) return false;
        }
        return true;
    }
}
