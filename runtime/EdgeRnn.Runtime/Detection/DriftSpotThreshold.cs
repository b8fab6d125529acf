namespace EdgeRnn.Runtime;

/// <summary>
/// DSPOT (Siffer et al. 2017): SPOT on the distance of a score from the average of the normal scores before it, for scores that drift. The
/// first scores of the normal period only fill the average. The factor widens the distance.
/// </summary>
internal sealed class DriftSpotThreshold : Threshold
{
    private readonly RecentScores _recent;
    private readonly int _sum;  // a long: of the recent scores
    private readonly PeakTail _tail;
    private readonly int _history;

    /// <param name="memory">Receives history + 269 ints.</param>
    /// <param name="settings">Checked settings; fewer steps of history than of the normal period.</param>
    public DriftSpotThreshold(DetectorMemory memory, DetectorSettings settings) : base(memory, settings)
    {
        _recent = new RecentScores(memory, settings.History);
        _history = settings.History;
        _sum = memory.Reserve(2);
        _tail = new PeakTail(memory, settings, settings.ThresholdSteps - settings.History);
    }

    public override int Value => FixedScore.Saturate((long)Average() + Widen(_tail.Bound));

    public override void Learn(int score)
    {
        if (_recent.IsFull) _tail.Learn(Distance(score));
        Remember(score);
    }

    public override void Finish() => _tail.Finish();

    public override bool Exceeds(int score, bool mayLearn)
    {
        bool isBeyond = score > Value;
        if (!mayLearn) return isBeyond;
        if (isBeyond)
        {
            _tail.TakeBeyond(Distance(score), Widen(_tail.Bound));
            return true;
        }
        _tail.Take(Distance(score));
        Remember(score);
        return false;
    }

    public override bool IsSound()
    {
        if (!_recent.IsSound() || !_tail.IsSound()) return false;
        long sum = 0;
        for (int i = 0; i < _recent.Count; i++) sum += _recent.At(i);
        return sum == Memory.Long(_sum);
    }

    public override bool IsSoundAfter(int learnt)
    {
        int distances = learnt < 0 ? -1 : learnt < _history ? 0 : learnt - _history;
        return _recent.HasTaken(learnt) && _tail.IsSoundAfter(distances) && IsSound();
    }

    // Rounded towards 0, which makes the lower bound the mirror of the upper one.
    private int Average() => _recent.Count == 0 ? 0 : (int)(Memory.Long(_sum) / _recent.Count);

    private int Distance(int score) => FixedScore.Saturate((long)score - Average());

    private void Remember(int score)
    {
        long oldest = _recent.IsFull ? _recent.At(0) : 0;
        Memory.SetLong(_sum, Memory.Long(_sum) + score - oldest);
        _recent.Add(score);
    }
}
