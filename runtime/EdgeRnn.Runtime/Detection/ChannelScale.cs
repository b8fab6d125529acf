namespace EdgeRnn.Runtime;

/// <summary>
/// Mean and deviation of each channel's error, learnt over a number of steps of the normal period; then errors become (e - mean) /
/// deviation.
/// </summary>
internal sealed class ChannelScale
{
    private const int MaxError = 1 << 24;        // 256 standard units
    private const int MinDeviation = 1 << 6;     // about 0.001: a channel that never moves is no reason for an infinite score
    private const int InverseBits = 36;
    private const int Shift = InverseBits - FixedScore.Bits;

    private readonly DetectorMemory _memory;
    private readonly int _size;
    private readonly int _count;
    private readonly int _means;    // while learning: longs, the sum of errors; afterwards the mean
    private readonly int _inverses; // while learning: longs, the sum of squares; afterwards 2^36 / deviation

    /// <param name="memory">Receives 1 + 4 * size ints.</param>
    /// <param name="size">Channels.</param>
    public ChannelScale(DetectorMemory memory, int size)
    {
        _memory = memory;
        _size = size;
        _count = memory.Reserve(1);
        _means = memory.Reserve(2 * size);
        _inverses = memory.Reserve(2 * size);
    }

    /// <summary>Steps learnt.</summary>
    public int Count => _memory.Ints[_count];

    /// <summary>Takes the errors of a step.</summary>
    public void Learn(int[] errors)
    {
        _memory.Ints[_count]++;
        for (int i = 0; i < _size; i++)
        {
            long error = errors[i] > MaxError ? MaxError : errors[i] < -MaxError ? -MaxError : errors[i];
            _memory.SetLong(_means + 2 * i, _memory.Long(_means + 2 * i) + error);
            _memory.SetLong(_inverses + 2 * i, _memory.Long(_inverses + 2 * i) + error * error);
        }
    }

    /// <summary>Ends the normal period.</summary>
    public void Finish()
    {
        long count = _memory.Ints[_count];
        for (int i = 0; i < _size; i++)
        {
            long sum = _memory.Long(_means + 2 * i), mean = sum / count, rest = sum - mean * count;
            long variance = _memory.Long(_inverses + 2 * i) / count - mean * mean - 2 * mean * rest / count;
            long deviation = variance <= 0 ? 0 : FixedScore.SquareRoot(variance);
            if (deviation < MinDeviation) deviation = MinDeviation;
            _memory.SetLong(_means + 2 * i, mean);
            _memory.SetLong(_inverses + 2 * i, (1L << InverseBits) / deviation);
        }
    }

    /// <summary>errors[i] = (errors[i] - mean) / deviation.</summary>
    public void Apply(int[] errors)
    {
        for (int i = 0; i < _size; i++)
        {
            // Below 2^31 * 2^30.
            long scaled = (errors[i] - _memory.Long(_means + 2 * i)) * _memory.Long(_inverses + 2 * i);
            errors[i] = FixedScore.Saturate((scaled + (1L << (Shift - 1))) >> Shift);
        }
    }

    /// <summary>Whether what was restored can have been saved.</summary>
    /// <param name="steps">Steps of the normal period.</param>
    public bool IsSound(int steps)
    {
        int count = _memory.Ints[_count];
        if (count < 0 || count > steps) return false;
        bool isFinished = count == steps;
        long mostMean = isFinished ? MaxError : (long)MaxError * count;
        long mostInverse = isFinished ? (1L << InverseBits) / MinDeviation : (long)MaxError * MaxError * count;
        for (int i = 0; i < _size; i++)
        {
            long mean = _memory.Long(_means + 2 * i), inverse = _memory.Long(_inverses + 2 * i);
            if (mean < -mostMean || mean > mostMean || inverse < 0 || inverse > mostInverse) return false;
        }
        return true;
    }
}
