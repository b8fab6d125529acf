namespace EdgeRnn.Runtime;

/// <summary>
/// Mean + k standard deviations of the normal period's scores. With adaptation both go on: as the mean and the deviation of all scores
/// so far, until those are as many as 1 / adaptation, then exponentially weighted. The threshold stays within the limit of the one
/// first learnt.
/// </summary>
internal sealed class SigmaThreshold : Threshold
{
    // Scores count up to 2^24, 256 units, so that 2^14 of their squares still fit 64 bits; the sums shrink by halves after that.
    private const int MaxScore = 1 << 24;
    private const int MaxCount = 1 << 14;
    private const int MeanBits = 16;        // beyond those of a score
    private const int VarianceBits = 8;     // beyond those of a square of scores
    private const int MinDeviation = 1 << 6; // about 0.001: scores that never move are no reason for an alarm at the first that does

    private readonly int _k;
    private readonly int _memoryLength; // scores after which the weights are exponential; 0 without adaptation
    private readonly int _clip;         // deviations; 0: scores out of bounds are not learnt
    private readonly int _limit;
    private readonly int _count;
    private readonly int _mean;         // while learning: longs, the sum of scores and of their squares;
    private readonly int _variance;     // afterwards: mean and variance
    private readonly int _learnt;       // the threshold as first learnt
    private readonly int _value;

    /// <param name="memory">Receives seven ints.</param>
    /// <param name="settings">Checked settings.</param>
    public SigmaThreshold(DetectorMemory memory, DetectorSettings settings) : base(memory, settings)
    {
        _k = FixedScore.Of(settings.Level);
        double length = settings.Adaptation == 0 ? 0 : 1.0 / settings.Adaptation + 0.5;
        _memoryLength = length > DetectorChecks.MaxSteps ? DetectorChecks.MaxSteps : (int)Rounding.Floor(length);
        _clip = FixedScore.Of(settings.AdaptationClip);
        _limit = FixedScore.Of(settings.AdaptationLimit);
        _count = memory.Reserve(1);
        _mean = memory.Reserve(2);
        _variance = memory.Reserve(2);
        _learnt = memory.Reserve(1);
        _value = memory.Reserve(1);
    }

    public override int Value => Memory.Ints[_value];

    public override void Learn(int score)
    {
        DetectorMemory memory = Memory;
        long x = Bounded(score);
        if (memory.Ints[_count] == MaxCount)
        {
            memory.Ints[_count] >>= 1;
            memory.SetLong(_mean, memory.Long(_mean) >> 1);
            memory.SetLong(_variance, memory.Long(_variance) >> 1);
        }
        memory.Ints[_count]++;
        memory.SetLong(_mean, memory.Long(_mean) + x);
        memory.SetLong(_variance, memory.Long(_variance) + x * x);
    }

    public override void Finish()
    {
        DetectorMemory memory = Memory;
        long count = memory.Ints[_count], sum = memory.Long(_mean);
        long mean = sum / count, rest = sum - mean * count;
        // E x^2 - m^2, with m = mean + rest / count.
        long variance = memory.Long(_variance) / count - mean * mean - 2 * mean * rest / count;
        memory.SetLong(_mean, (mean << MeanBits) + (rest << MeanBits) / count);
        memory.SetLong(_variance, variance < 0 ? 0 : variance << VarianceBits);
        memory.Ints[_learnt] = memory.Ints[_value] = Bound();
    }

    public override bool Exceeds(int score, bool mayLearn)
    {
        bool exceeds = score > Value;
        if (_memoryLength != 0 && (_clip != 0 || (mayLearn && !exceeds))) Adapt(Bounded(score));
        return exceeds;
    }

    public override bool IsSound()
    {
        int[] ints = Memory.Ints;
        long mean = Memory.Long(_mean), variance = Memory.Long(_variance), most = (long)MaxScore * MaxCount;
        return ints[_count] >= 0 && ints[_count] <= DetectorChecks.MaxSteps && mean >= -(1L << 41) && mean <= 1L << 41 &&
            variance >= 0 && variance <= most * MaxScore &&
            ints[_learnt] >= -FixedScore.Max && ints[_learnt] <= FixedScore.Max &&
            ints[_value] >= -FixedScore.Max && ints[_value] <= FixedScore.Max;
    }

    public override bool IsSoundAfter(int learnt)
    {
        long count = Memory.Ints[_count], mean = Memory.Long(_mean), variance = Memory.Long(_variance);
        // While learning the sums of so many scores; then numbers that adaptation cannot lead out of their range, whatever it meets.
        long mostMean = learnt < 0 ? (long)MaxScore << MeanBits : count * MaxScore;
        long mostVariance = learnt < 0 ? 1L << 60 : count * MaxScore * MaxScore;
        bool isCounted = learnt < 0 ? count > 0 : learnt <= MaxCount ? count == learnt : count > MaxCount / 2 && count <= MaxCount;
        return isCounted && IsSound() && mean >= -mostMean && mean <= mostMean && variance <= mostVariance;
    }

    // The variance is West's (1979): v = (1 - 1 / n) (v + d^2 / n).
    private void Adapt(long x)
    {
        DetectorMemory memory = Memory;
        int count = memory.Ints[_count];
        if (count < _memoryLength) memory.Ints[_count] = ++count;
        int divisor = count < _memoryLength ? count : _memoryLength;
        long difference = (x << MeanBits) - memory.Long(_mean);
        if (_clip != 0)
        {
            // Below 2^31 * 2^23.
            long most = Deviation() * _clip;
            difference = difference > most ? most : difference < -most ? -most : difference;
        }
        long distance = difference >> MeanBits;
        long variance = memory.Long(_variance) + (distance * distance << VarianceBits) / divisor;
        memory.SetLong(_mean, memory.Long(_mean) + difference / divisor);
        memory.SetLong(_variance, variance - variance / divisor);
        memory.Ints[_value] = Limited(Bound());
    }

    private long Deviation()
    {
        long deviation = FixedScore.SquareRoot(Memory.Long(_variance) >> VarianceBits);
        return deviation < MinDeviation ? MinDeviation : deviation;
    }

    private int Bound() => Widen(FixedScore.Saturate((Memory.Long(_mean) >> MeanBits) + ((Deviation() * _k) >> FixedScore.Bits)));

    private int Limited(int value)
    {
        long learnt = Memory.Ints[_learnt], size = learnt < 0 ? -learnt : learnt;
        long far = (size * _limit) >> FixedScore.Bits, near = (size << FixedScore.Bits) / _limit;
        long least = learnt < 0 ? -far : near, most = learnt < 0 ? -near : far;
        return FixedScore.Saturate(value < least ? least : value > most ? most : value);
    }

    private static long Bounded(int score) => score > MaxScore ? MaxScore : score < -MaxScore ? -MaxScore : score;
}
