namespace EdgeRnn.Runtime;

/// <summary>
/// A quantile q of the normal period's scores, times a factor. Adaptation moves it by a step a of its own size: up by a q for a score
/// above it, down by a (1 - q) for one below, which holds still where a fraction q of the scores is below. A score beyond the threshold
/// moves it like others as long as it may learn, or it could only fall.
/// </summary>
internal sealed class QuantileThreshold : Threshold
{
    private const int ExtraBits = 16;
    private const double Whole = 1L << 32; // 1 in the steps' format: (1 - q) a is small

    private readonly LargestScores _largest;
    private readonly int _learnt;
    private readonly int _current;  // a long, with 16 bits more than a score
    private readonly long _up;
    private readonly long _down;
    private readonly int _limit;

    /// <param name="memory">Receives the kept scores and four ints.</param>
    /// <param name="settings">Checked settings.</param>
    public QuantileThreshold(DetectorMemory memory, DetectorSettings settings) : base(memory, settings)
    {
        _largest = new LargestScores(memory, settings.Level, settings.ThresholdSteps, 1);
        _learnt = memory.Reserve(1);
        _current = memory.Reserve(2);
        _up = Rounding.Floor((double)settings.Adaptation * settings.Level * Whole + 0.5);
        _down = Rounding.Floor(settings.Adaptation * (1.0 - settings.Level) * Whole + 0.5);
        _limit = FixedScore.Of(settings.AdaptationLimit);
    }

    public override int Value => Widen((int)(Memory.Long(_current) >> ExtraBits));

    public override void Learn(int score) => _largest.Add(score);

    public override void Finish()
    {
        int quantile = _largest.Quantile();
        Memory.Ints[_learnt] = quantile;
        Memory.SetLong(_current, (long)quantile << ExtraBits);
    }

    public override bool Exceeds(int score, bool mayLearn)
    {
        bool isBeyond = score > Value;
        if (mayLearn && _up + _down != 0) Adapt(score);
        return isBeyond;
    }

    public override bool IsSound()
    {
        long current = Memory.Long(_current);
        return _largest.IsSound() && current >= -((long)FixedScore.Max << ExtraBits) && current <= (long)FixedScore.Max << ExtraBits &&
            Memory.Ints[_learnt] >= -FixedScore.Max && Memory.Ints[_learnt] <= FixedScore.Max;
    }

    public override bool IsSoundAfter(int learnt) => _largest.IsSoundAfter(learnt) && IsSound();

    private void Adapt(int score)
    {
        const long Most = (long)FixedScore.Max << ExtraBits;
        long learnt = Memory.Ints[_learnt], size = learnt < 0 ? -learnt : learnt, current = Memory.Long(_current);
        // Below 2^30 * 2^32.
        current += score > current >> ExtraBits ? (size * _up) >> ExtraBits : -((size * _down) >> ExtraBits);
        long far = size * _limit, near = (size << (2 * ExtraBits)) / _limit;
        if (far > Most) far = Most;
        long least = learnt < 0 ? -far : near, most = learnt < 0 ? -near : far;
        Memory.SetLong(_current, current < least ? least : current > most ? most : current);
    }
}
