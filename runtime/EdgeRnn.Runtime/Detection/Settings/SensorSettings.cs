namespace EdgeRnn.Runtime;

/// <summary>
/// What is a fault of a sensor and what the network reads meanwhile. Values are in the sensors' units, as the model's raw input;
/// arrays hold one number per input channel or none at all.
/// </summary>
public sealed partial class SensorSettings
{
    /// <summary>The smallest reading that is possible; empty: any.</summary>
    public float[] Lowest { get; set; } = new float[0];

    /// <summary>The largest reading that is possible; empty: any.</summary>
    public float[] Highest { get; set; } = new float[0];

    /// <summary>
    /// How many times in a row the very same reading may come; 0: any number of times. Beyond a quarter of that it is in doubt: scores are
    /// neither averaged nor learnt nor judged until another reading comes or the fault is certain, so that it is never taken for an
    /// anomaly first. The same holds for <see cref="FlatSteps"/>.
    /// </summary>
    public int[] StuckSteps { get; set; } = new int[0];

    /// <summary>Steps within which readings have to move by more than <see cref="FlatRange"/>, at least 2; 0: not looked at.</summary>
    public int FlatSteps { get; set; }

    /// <summary>
    /// What the distance from smallest to largest reading within <see cref="FlatSteps"/> has to exceed, at least 0; -1: the channel is not
    /// looked at.
    /// </summary>
    public float[] FlatRange { get; set; } = new float[0];

    /// <summary>The largest change from one good reading to the next; 0 or empty: any.</summary>
    public float[] SpikeStep { get; set; } = new float[0];

    /// <summary>What the network reads in place of a faulty sample.</summary>
    public SubstitutionKind Substitution { get; set; } = SubstitutionKind.Hold;

    /// <summary>
    /// Of <see cref="SubstitutionKind.Decay"/>: the part of the distance to the mean gone at each tick, above 0, at most 1.
    /// </summary>
    public float DecayRate { get; set; } = 0.05f;

    /// <summary>
    /// How many samples in a row of a channel may be substituted; after that the detector is in
    /// <see cref="DetectorState.SensorFault"/>. At least 0.
    /// </summary>
    public int MaxSubstituted { get; set; } = 10;

    /// <summary>
    /// Steps without a fault before scores count again; -1: as many as the network needs to settle. The detector adds those for which
    /// a window, or an answer given before, still speaks of the fault.
    /// </summary>
    public int RecoverySteps { get; set; } = -1;

    /// <summary>Milliseconds from one sample to the next, for <see cref="Detector.StepAt"/>; 0: not looked at.</summary>
    public int PeriodMs { get; set; }

    /// <summary>How many milliseconds a sample may be late; then it counts as the sample of a later tick.</summary>
    public int LateMs { get; set; }
}
