namespace EdgeRnn.Runtime;

/// <summary>
/// How a detector makes an alarm of a network's answers. `edgernn calibrate` writes them into the model file (FORMAT.md, section
/// detc); what a device learns is not among them but in its saved state. Channels of a score are the features of an answer's frame, then
/// those of the input with <see cref="AddLevel"/>. Numbers of steps count samples.
/// </summary>
public sealed partial class DetectorSettings
{
    /// <summary>Settings for a model that forecasts its next sample: sum of errors, quantile threshold.</summary>
    public DetectorSettings()
    {
    }

    /// <summary>What answers are compared with.</summary>
    public ScoreKind Kind { get; set; } = ScoreKind.Forecast;

    /// <summary>
    /// How many steps after the answer's own the first frame speaks of: 1 for the next sample; 0 or less for a reconstruction (1 -
    /// windowLength for one of a window that just ended). -1024 to 1024.
    /// </summary>
    public int Lead { get; set; } = 1;

    /// <summary>Of <see cref="ScoreKind.Confidence"/>: the class that is normal, or -1: whichever is most probable.</summary>
    public int NormalClass { get; set; } = -1;

    /// <summary>
    /// Of forecast and reconstruction: whether the standardised sample itself follows the errors, as <see cref="ScoreKind.Level"/> has
    /// it: a lasting change, which the network soon forecasts well, so stays visible.
    /// </summary>
    public bool AddLevel { get; set; }

    /// <summary>
    /// Of forecast and reconstruction: which input channel each feature of a frame speaks of, [frameSize]; empty: the channel of the
    /// same number.
    /// </summary>
    public int[] Targets { get; set; } = new int[0];

    /// <summary>Whether errors are first centred and scaled by the mean and deviation they had in the normal period.</summary>
    public bool NormaliseChannels { get; set; }

    /// <summary>What each channel's error is multiplied by, one for each channel of the score, 0 to 1024; empty: 1.</summary>
    public float[] Weights { get; set; } = new float[0];

    /// <summary>Bound of each channel's weighted error, above 0; 0: none.</summary>
    public float ErrorClip { get; set; }

    /// <summary>How the channels' errors become one score.</summary>
    public ScoreCombination Combination { get; set; } = ScoreCombination.Sum;

    /// <summary>
    /// Of <see cref="ScoreCombination.Mahalanobis"/>: the lower triangular matrix L with L' L = S^-1, row by row,
    /// [channels * (channels + 1) / 2], magnitudes up to 1024. The score is |L u|.
    /// </summary>
    public float[] Whitening { get; set; } = new float[0];

    /// <summary>
    /// Whether the square root of the combined error is the score: one huge error then outweighs fewer ordinary ones in averages, and the
    /// scores of a normal period are nearer to a normal distribution.
    /// </summary>
    public bool RootScores { get; set; }

    /// <summary>
    /// The weight of the newest score in the exponentially weighted average, above 0, at most 1 (none). The first scores are
    /// averaged equally until this weight is reached.
    /// </summary>
    public float Smoothing { get; set; } = 0.1f;

    /// <summary>
    /// Whether the channels' signed errors are averaged before they are normalised and combined, in place of the score: what lasts
    /// stays, what only is noisy averages out (a multivariate EWMA chart; Lowry et al. 1992).
    /// </summary>
    public bool SmoothChannels { get; set; }

    /// <summary>Steps before anything is learnt; -1: as many as the file says the network needs.</summary>
    public int WarmUpSteps { get; set; } = -1;

    /// <summary>Steps over which the channels' errors are learnt, with <see cref="NormaliseChannels"/>: 2 to 16384.</summary>
    public int ChannelSteps { get; set; } = 200;

    /// <summary>Steps over which the threshold is learnt, 2 to 2^20.</summary>
    public int ThresholdSteps { get; set; } = 500;

    /// <summary>How the threshold is found.</summary>
    public ThresholdMethod Threshold { get; set; } = ThresholdMethod.Quantile;

    /// <summary>
    /// Fixed: the threshold. Quantile: which one, 0 to 1. Sigma: k. Spot, DriftSpot: the quantile beyond which scores are peaks, 0.5 to
    /// 0.9999, of which the normal period may have 255. Dynamic: the smallest number of standard deviations, 2.5 in the paper.
    /// </summary>
    public float Level { get; set; } = 0.99f;

    /// <summary>
    /// What the learnt threshold is multiplied by (on its lower side divided), 1/256 to 256. Below 1 bounds move inwards; an upper and a
    /// lower one may cross, and every score is then out of bounds.
    /// </summary>
    public float Factor { get; set; } = 1.5f;

    /// <summary>
    /// Spot, DriftSpot: the probability that a normal score exceeds the threshold, and the one before it did not: 1e-9 to 1 -
    /// <see cref="Level"/>.
    /// </summary>
    public float Risk { get; set; } = 1e-4f;

    /// <summary>
    /// DriftSpot: steps of the moving average, the first of <see cref="ThresholdSteps"/>. Dynamic: steps of the window. 2 to 4096.
    /// </summary>
    public int History { get; set; } = 64;

    /// <summary>Dynamic: the least drop, as a fraction, from one anomaly's peak to the next that keeps it an anomaly.</summary>
    public float Pruning { get; set; } = 0.13f;

    /// <summary>Whether scores that are unusually small are an anomaly, too: a machine that stops is easy to forecast.</summary>
    public bool TwoSided { get; set; }

    /// <summary>
    /// Quantile, Sigma: the share of each further score in what was learnt, 0 to 1; 0: what was learnt stays. It rests while anything is
    /// unusual, unless <see cref="AdaptationClip"/> bounds what is learnt. Sigma counts on from the normal period: a share is never
    /// larger than 1 / (scores so far) before that falls below this one. Spot, DriftSpot and Dynamic follow normal scores by rules of
    /// their own, whatever stands here, and rest while an alarm is on.
    /// </summary>
    public float Adaptation { get; set; }

    /// <summary>
    /// Sigma: above 0, scores out of bounds are learnt, too, each as if it were at most this many standard deviations from the mean: for
    /// streams whose normal changes for good. 0: nothing is learnt while anything is unusual. At most 100.
    /// </summary>
    public float AdaptationClip { get; set; }

    /// <summary>
    /// How far adaptation may lead, as a factor 1 to 256: from learnt / limit to learnt * limit. Quantile, Sigma: of the threshold. Spot,
    /// DriftSpot: of its distance from the quantile <see cref="Level"/>. Fixed and Dynamic have no use for it: a window forgets.
    /// </summary>
    public float AdaptationLimit { get; set; } = 2;

    /// <summary>How many of the last <see cref="VoteWindow"/> scores have to be out of bounds for an alarm, 1 to VoteWindow.</summary>
    public int Votes { get; set; } = 1;

    /// <summary>See <see cref="Votes"/>; 1 to 32. Equal to Votes it is the minimum duration.</summary>
    public int VoteWindow { get; set; } = 1;

    /// <summary>The part of the threshold below which an alarm may end, above 0, at most 1.</summary>
    public float Hysteresis { get; set; } = 1;

    /// <summary>How many scores in a row have to be below that for an alarm to end, at least 1.</summary>
    public int ClearSteps { get; set; } = 1;

    /// <summary>Steps from the end of an alarm in which no other begins.</summary>
    public int HoldOffSteps { get; set; }

    /// <summary>
    /// Scores after which an alarm ends even if it is not calm, so that it can begin again after the hold-off; 0, as <see cref="Latching"/>
    /// wants it: it stays.
    /// </summary>
    public int MaxAlarmSteps { get; set; }

    /// <summary>Whether an alarm stays until <see cref="Detector.Acknowledge"/>.</summary>
    public bool Latching { get; set; }

    /// <summary>What the sensors can give and how their faults are met.</summary>
    public SensorSettings Sensors { get; set; } = new SensorSettings();
}
