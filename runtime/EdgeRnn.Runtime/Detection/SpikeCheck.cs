namespace EdgeRnn.Runtime;

/// <summary>
/// One sample far from the last good one. It is not believed until a second one comes near it: a change of level so costs one tick,
/// a spike is never seen by the network.
/// </summary>
internal sealed class SpikeCheck
{
    private const int PerChannel = 5; // longs: the last good reading and the one in doubt; then what is known, in bits

    private const int HasGood = 1;
    private const int HasDoubt = 2;

    private readonly DetectorMemory _memory;
    private readonly long[] _steps;
    private readonly int _at;

    /// <param name="memory">Receives five ints a channel.</param>
    /// <param name="steps">The largest change that is believed at once, for each channel; negative: any.</param>
    public SpikeCheck(DetectorMemory memory, long[] steps)
    {
        _memory = memory;
        _steps = steps;
        _at = memory.Reserve(PerChannel * steps.Length);
    }

    /// <summary>Takes a reading that is otherwise good; whether it is held back.</summary>
    public bool Fails(int channel, long reading)
    {
        int at = _at + PerChannel * channel, known = _memory.Ints[at + 4];
        long step = _steps[channel];
        if (step < 0) return false;
        bool near = (known & HasGood) == 0 || IsNear(reading, _memory.Long(at), step) ||
            ((known & HasDoubt) != 0 && IsNear(reading, _memory.Long(at + 2), step));
        _memory.SetLong(near ? at : at + 2, reading);
        _memory.Ints[at + 4] = near ? HasGood : known | HasDoubt;
        return !near;
    }

    /// <summary>Whether what was restored can have been saved.</summary>
    public bool IsSound()
    {
        for (int i = 0; i < _steps.Length; i++)
        {
            int at = _at + PerChannel * i, known = _memory.Ints[at + 4];
            if (known < 0 || known > (HasGood | HasDoubt) || known == HasDoubt) return false;
            if (!_memory.IsReading(at) || !_memory.IsReading(at + 2)) return false;
        }
        return true;
    }

    private static bool IsNear(long reading, long other, long step)
    {
        long distance = reading - other;
        return distance <= step && distance >= -step;
    }
}
