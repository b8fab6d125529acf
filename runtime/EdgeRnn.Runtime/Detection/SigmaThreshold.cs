namespace EdgeRnn.Runtime;

/// <summary>
/// Mean + k standard deviations of the normal period's scores. With adaptation both become exponentially weighted, and the threshold
/// stays within the limit of the one first learnt.
/// </summary>
internal sealed class SigmaThreshold : Threshold
{
    // Scores count up to 2^24, 256 units, so that 2^14 of their squares still fit 64 bits; the sums shrink by halves after that.
    private const int MaxScore = 1 << 24;
    private const int MaxCount = 1 << 14;
    private const int ExtraBits = 16;
    private const long MaxVariance = (long)MaxScore * MaxScore;

    private readonly int _k;
    private readonly int _rate;
    private readonly int _limit;
    private readonly int _count;
    private readonly int _sum;      // while learning: longs, the sum of scores and of their squares;
    private readonly int _squares;  // afterwards: the mean with 32 fraction bits, and the variance
    private readonly int _learnt;   // the threshold as first learnt
    private readonly int _value;

    /// <param name="memory">Receives seven ints.</param>
    /// <param name="settings">Checked settings.</param>
    public SigmaThreshold(DetectorMemory memory, DetectorSettings settings) : base(memory, settings)
    {
        _k = FixedScore.Of(settings.Level);
        _rate = (int)System.Math.Floor(settings.Adaptation * FixedScore.One + 0.5);
        _limit = FixedScore.Of(settings.AdaptationLimit);
        _count = memory.Reserve(1);
        _sum = memory.Reserve(2);
        _squares = memory.Reserve(2);
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
            memory.SetLong(_sum, memory.Long(_sum) >> 1);
            memory.SetLong(_squares, memory.Long(_squares) >> 1);
        }
        memory.Ints[_count]++;
        memory.SetLong(_sum, memory.Long(_sum) + x);
        memory.SetLong(_squares, memory.Long(_squares) + x * x);
    }

    public override void Finish()
    {
        DetectorMemory memory = Memory;
        long count = memory.Ints[_count], sum = memory.Long(_sum);
        long mean = sum / count, rest = sum - mean * count;
        // E x^2 - m^2, with m = mean + rest / count; what rest adds is below one unit of the mean.
        long variance = memory.Long(_squares) / count - mean * mean - 2 * mean * rest / count;
        if (variance < 0) variance = 0;
        memory.SetLong(_sum, (mean << ExtraBits) + (rest << ExtraBits) / count);
        memory.SetLong(_squares, variance);
        memory.Ints[_learnt] = memory.Ints[_value] = Bound(memory.Long(_sum), variance);
    }

    public override bool Exceeds(int score, bool mayLearn)
    {
        if (score > Value) return true;
        if (mayLearn && _rate != 0) Adapt(Bounded(score));
        return false;
    }

    public override bool IsSound()
    {
        int[] ints = Memory.Ints;
        return ints[_count] >= 0 && ints[_count] <= MaxCount && Memory.Long(_squares) >= 0 &&
            ints[_learnt] >= -FixedScore.Max && ints[_learnt] <= FixedScore.Max &&
            ints[_value] >= -FixedScore.Max && ints[_value] <= FixedScore.Max;
    }

    public override bool IsSoundAfter(int learnt)
    {
        long count = Memory.Ints[_count], sum = Memory.Long(_sum), squares = Memory.Long(_squares);
        // While learning the sums of so many scores; then a mean and a variance.
        long mostSum = learnt < 0 ? (long)MaxScore << ExtraBits : count * MaxScore;
        long mostSquares = learnt < 0 ? MaxVariance : count * MaxVariance;
        bool isCounted = learnt < 0 ? count > 0 : learnt <= MaxCount ? count == learnt : count > MaxCount / 2;
        return IsSound() && isCounted && sum >= -mostSum && sum <= mostSum && squares <= mostSquares;
    }

    private void Adapt(long x)
    {
        DetectorMemory memory = Memory;
        long mean = memory.Long(_sum), variance = memory.Long(_squares);
        long difference = (x << ExtraBits) - mean;
        long step = (difference * _rate) >> FixedScore.Bits;
        // West 1979: v = (1 - a) (v + a d^2); d^2 is below 2^50 and a below 2^16, so a is applied in two halves.
        long d = difference >> ExtraBits, square = d * d;
        long grown = variance + ((square >> 8) * _rate >> 8);
        long kept = grown - ((grown >> 8) * _rate >> 8);
        kept = kept < 0 ? 0 : kept > MaxVariance ? MaxVariance : kept;
        memory.SetLong(_sum, mean + step);
        memory.SetLong(_squares, kept);
        memory.Ints[_value] = Limited(Bound(mean + step, kept));
    }

    private int Bound(long mean, long variance)
    {
        long deviation = FixedScore.SquareRoot(variance);
        return Widen(FixedScore.Saturate((mean >> ExtraBits) + ((deviation * _k) >> FixedScore.Bits)));
    }

    private int Limited(int value)
    {
        long learnt = Memory.Ints[_learnt], size = learnt < 0 ? -learnt : learnt;
        long far = (size * _limit) >> FixedScore.Bits, near = (size << FixedScore.Bits) / _limit;
        long least = learnt < 0 ? -far : near, most = learnt < 0 ? -near : far;
        return FixedScore.Saturate(value < least ? least : value > most ? most : value);
    }

    private static long Bounded(int score) => score > MaxScore ? MaxScore : score < -MaxScore ? -MaxScore : score;
}
