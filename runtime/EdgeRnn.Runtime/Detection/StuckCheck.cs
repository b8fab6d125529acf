using System;

namespace EdgeRnn.Runtime;

/// <summary>A sensor that gives the very same reading more often in a row than a live one does.</summary>
internal sealed class StuckCheck
{
    private const int PerChannel = 3; // the last reading, a long, and how many times it came

    private readonly DetectorMemory _memory;
    private readonly int[] _limits;
    private readonly int _at;

    /// <param name="memory">Receives three ints a channel.</param>
    /// <param name="limits">Times in a row that are allowed for each channel; 0: any number.</param>
    public StuckCheck(DetectorMemory memory, int[] limits)
    {
        _memory = memory;
        _limits = new int[limits.Length]; // the caller may change its own
        Array.Copy(limits, _limits, limits.Length);
        _at = memory.Reserve(PerChannel * limits.Length);
    }

    /// <summary>Takes a reading; whether it is one too many.</summary>
    public bool Fails(int channel, long reading)
    {
        int at = _at + PerChannel * channel, limit = _limits[channel];
        int[] ints = _memory.Ints;
        if (limit == 0) return false;
        if (ints[at + 2] == 0 || _memory.Long(at) != reading)
        {
            _memory.SetLong(at, reading);
            ints[at + 2] = 1;
            return false;
        }
        if (ints[at + 2] <= limit) ints[at + 2]++;
        return ints[at + 2] > limit;
    }

    /// <summary>
    /// Whether the reading has come so often that it may be a fault: more than once, and more than a quarter of what is allowed.
    /// </summary>
    public bool IsInDoubt(int channel)
    {
        int run = _memory.Ints[_at + PerChannel * channel + 2];
        return run > 1 && 4L * run > _limits[channel];
    }

    /// <summary>Whether what was restored can have been saved.</summary>
    public bool IsSound()
    {
        for (int i = 0; i < _limits.Length; i++)
        {
            int run = _memory.Ints[_at + PerChannel * i + 2];
            if (run < 0 || run > (_limits[i] == 0 ? 0 : _limits[i] + 1) || !_memory.IsReading(_at + PerChannel * i)) return false;
        }
        return true;
    }
}
