namespace EdgeRnn.Runtime;

/// <summary>
/// SPOT (Siffer et al., Anomaly detection in streams with extreme value theory, KDD 2017): the bound that a normal score exceeds with
/// a given probability, from the tail of the normal period and of the normal scores since; see <see cref="PeakTail"/>.
/// </summary>
internal sealed class SpotThreshold : Threshold
{
    private readonly PeakTail _tail;

    /// <param name="memory">Receives 265 ints.</param>
    /// <param name="settings">Checked settings.</param>
    public SpotThreshold(DetectorMemory memory, DetectorSettings settings) : base(memory, settings)
    {
        _tail = new PeakTail(memory, settings, settings.ThresholdSteps);
    }

    public override int Value => Widen(_tail.Bound);

    public override void Learn(int score) => _tail.Learn(score);

    public override void Finish() => _tail.Finish();

    public override bool Exceeds(int score, bool mayLearn)
    {
        int value = Value;
        bool isBeyond = score > value;
        // With a factor above 1 a score may be normal and yet beyond z: to the tail, it is a peak like others.
        if (mayLearn && isBeyond) _tail.TakeBeyond(score, value);
        else if (mayLearn) _tail.Take(score);
        return isBeyond;
    }

    public override bool IsSound() => _tail.IsSound();

    public override bool IsSoundAfter(int learnt) => _tail.IsSoundAfter(learnt);
}
