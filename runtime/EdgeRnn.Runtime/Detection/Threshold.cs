namespace EdgeRnn.Runtime;

/// <summary>
/// One bound of the score, learnt from a normal period. A lower bound is the upper bound of the negated score. What it knows lies in
/// the detector's memory; nothing is allocated after construction.
/// </summary>
internal abstract class Threshold
{
    private readonly int _factor;

    /// <param name="memory">Where state is reserved.</param>
    /// <param name="settings">Checked settings.</param>
    protected Threshold(DetectorMemory memory, DetectorSettings settings)
    {
        Memory = memory;
        _factor = FixedScore.Of(settings.Factor);
    }

    protected DetectorMemory Memory { get; }

    /// <summary>What scores are compared with now.</summary>
    public abstract int Value { get; }

    /// <summary>Takes a score of the normal period.</summary>
    public abstract void Learn(int score);

    /// <summary>Ends the normal period, in which at least one score was learnt.</summary>
    public abstract void Finish();

    /// <summary>Compares a score and, where it is normal, learns from it as the method does.</summary>
    /// <param name="score">The score; negated for a lower bound.</param>
    /// <param name="mayLearn">False while anything is unusual.</param>
    /// <returns>Whether the score is beyond the threshold.</returns>
    public abstract bool Exceeds(int score, bool mayLearn);

    /// <summary>Whether what was restored can have been saved.</summary>
    public abstract bool IsSound();

    /// <summary>As <see cref="IsSound"/>, and whether it fits the number of scores learnt.</summary>
    /// <param name="learnt">Scores learnt so far; -1 once the normal period is over.</param>
    public virtual bool IsSoundAfter(int learnt) => IsSound();

    /// <summary>
    /// What was learnt, times the factor; divided by it where it is negative, so that a factor above 1 moves either bound outwards and one
    /// below 1 inwards.
    /// </summary>
    protected int Widen(int learnt)
    {
        if (learnt >= 0) return FixedScore.Multiply(learnt, _factor);
        return FixedScore.Saturate(((long)learnt << FixedScore.Bits) / _factor);
    }
}
