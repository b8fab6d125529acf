using System;
using EdgeRnn.Converter.Detect.Choice;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>The detector settings the published figures of this project were measured with.</summary>
public static class ChosenSettings
{
    /// <summary>Rows of a NAB series before anything is learnt.</summary>
    public const int NabWarmUpSteps = 16;

    /// <summary>
    /// The rule of the reference detectors of SKAB: sum of |errors|, smoothed with 0.1; alarm above 1.5 times the 0.99 quantile over rows
    /// 50 to 399.
    /// </summary>
    public static DetectorSettings SkabReference() => new() { WarmUpSteps = SkabChoice.FirstRow };

    /// <summary>
    /// What `edgernn eval skab --choose` chose from normal operation: every channel of the standardised sample averaged with 0.1 and divided by
    /// its root mean square, the norm of all; alarm above 1.5 times the 0.99 quantile. The network is not looked at.
    /// </summary>
    public static DetectorRecipe Skab() => new(new DetectorSettings
    {
        Kind = ScoreKind.Level,
        SmoothChannels = true,
        Combination = ScoreCombination.Norm,
    }, true);

    /// <summary>
    /// What the same procedure chose among settings that score the network's errors alone: errors averaged by channel with 0.1, the sum of
    /// their magnitudes; alarm above 1.75 times the 0.99 quantile.
    /// </summary>
    public static DetectorRecipe SkabNetwork() => new(new DetectorSettings { SmoothChannels = true, Factor = 1.75f }, false);

    /// <summary>
    /// One for all series of NAB and any single sensor: the square root of the forecast error, averaged with 0.2, in deviations from its
    /// mean, both learnt over the probation and on; each score counts as at most 5 deviations there. An alarm lasts one step and is
    /// followed by 99 without. The factor of the deviation is the protocol's, swept over the corpus.
    /// </summary>
    /// <param name="probation">Rows from which the detector learns what is normal.</param>
    public static DetectorSettings Nab(int probation) => new()
    {
        RootScores = true,
        Smoothing = 0.2f,
        WarmUpSteps = NabWarmUpSteps,
        ThresholdSteps = Math.Max(2, probation - NabWarmUpSteps),
        Threshold = ThresholdMethod.Sigma,
        Level = 3.5f,
        Factor = 1,
        Adaptation = 1f / 8192,
        AdaptationClip = 5,
        AdaptationLimit = 256,
        MaxAlarmSteps = 1,
        HoldOffSteps = 98,
    };
}
