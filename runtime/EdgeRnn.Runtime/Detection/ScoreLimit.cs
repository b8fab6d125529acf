namespace EdgeRnn.Runtime;

/// <summary>
/// The bounds of the smoothed score: an upper one, and a lower one where scores may be unusually small. Both learn from the same
/// normal period.
/// </summary>
internal sealed class ScoreLimit
{
    private readonly DetectorMemory _memory;
    private readonly Threshold _upper;
    private readonly Threshold? _lower;
    private readonly int _learnt;     // one int: scores learnt, -1 once the normal period is over
    private readonly int _steps;
    private readonly int _hysteresis;
    private int _override; // in place of the upper bound; 0: none

    /// <param name="memory">Receives what the thresholds need.</param>
    /// <param name="settings">Checked settings.</param>
    public ScoreLimit(DetectorMemory memory, DetectorSettings settings)
    {
        _memory = memory;
        _learnt = memory.Reserve(1);
        _steps = settings.Threshold == ThresholdMethod.Fixed ? 0 : settings.ThresholdSteps;
        _hysteresis = FixedScore.Of(settings.Hysteresis);
        _upper = Make(memory, settings);
        if (settings.TwoSided) _lower = Make(memory, settings);
    }

    /// <summary>Whether the normal period is over.</summary>
    public bool IsLearnt => _steps == 0 || _memory.Ints[_learnt] < 0;

    /// <summary>Scores to learn from.</summary>
    public int Steps => _steps;

    /// <summary>Scores learnt so far.</summary>
    public int Learnt => IsLearnt ? _steps : _memory.Ints[_learnt];

    /// <summary>Above this a score is out of bounds.</summary>
    public int Upper => _override > 0 ? _override : _upper.Value;

    /// <summary>Below this a score is out of bounds, too; the smallest number without a lower bound.</summary>
    public int Lower => _lower == null ? -FixedScore.Max : -_lower.Value;

    /// <summary>Whether the score last judged is far enough inside for an alarm to end.</summary>
    public bool IsCalm { get; private set; }

    /// <summary>Puts an upper bound in place of the one that was learnt, which learns nothing meanwhile.</summary>
    /// <param name="upper">The bound; 0: the one that was learnt holds again.</param>
    public void Override(int upper) => _override = upper;

    /// <summary>Takes a score of the normal period.</summary>
    public void Learn(int score)
    {
        _upper.Learn(score);
        if (_lower != null) _lower.Learn(-score);
        if (++_memory.Ints[_learnt] < _steps) return;
        _memory.Ints[_learnt] = -1;
        _upper.Finish();
        if (_lower != null) _lower.Finish();
    }

    /// <summary>Compares a score with what was learnt.</summary>
    /// <param name="score">The score.</param>
    /// <param name="mayLearn">False while an alarm is on.</param>
    /// <returns>Whether it is out of bounds.</returns>
    public bool Exceeds(int score, bool mayLearn)
    {
        IsCalm = score <= FixedScore.Multiply(Upper, _hysteresis) &&
            (_lower == null || -score <= FixedScore.Saturate(((long)_lower.Value << FixedScore.Bits) / _hysteresis));
        bool above = _override > 0 ? score > _override : _upper.Exceeds(score, mayLearn && (_lower == null || -score <= _lower.Value));
        bool below = _lower != null && _lower.Exceeds(-score, mayLearn && !above);
        return above || below;
    }

    /// <summary>Whether what was restored can have been saved.</summary>
    public bool IsSound()
    {
        int learnt = _memory.Ints[_learnt];
        return learnt >= -1 && learnt < (_steps == 0 ? 1 : _steps) && _upper.IsSoundAfter(learnt) &&
            (_lower == null || _lower.IsSoundAfter(learnt));
    }

    private static Threshold Make(DetectorMemory memory, DetectorSettings settings)
    {
        switch (settings.Threshold)
        {
            case ThresholdMethod.Fixed: return new FixedThreshold(memory, settings);
            case ThresholdMethod.Quantile: return new QuantileThreshold(memory, settings);
            case ThresholdMethod.Sigma: return new SigmaThreshold(memory, settings);
            case ThresholdMethod.Spot: return new SpotThreshold(memory, settings);
            case ThresholdMethod.DriftSpot: return new DriftSpotThreshold(memory, settings);
            default: return new DynamicThreshold(memory, settings);
        }
    }
}
