namespace EdgeRnn.Runtime;

/// <summary>A threshold given in the settings. It learns nothing.</summary>
internal sealed class FixedThreshold : Threshold
{
    private readonly int _level;

    /// <param name="memory">Not used.</param>
    /// <param name="settings">Checked settings.</param>
    public FixedThreshold(DetectorMemory memory, DetectorSettings settings) : base(memory, settings)
    {
        _level = FixedScore.Of(settings.Level);
    }

    public override int Value => _level;

    public override void Learn(int score)
    {
    }

    public override void Finish()
    {
    }

    public override bool Exceeds(int score, bool mayLearn) => score > _level;

    public override bool IsSound() => true;
}
