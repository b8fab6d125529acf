namespace EdgeRnn.Runtime;

/// <summary>Proves settings before a detector is made of them: ranges, lengths, what goes together, and memory.</summary>
internal static class DetectorChecks
{
    /// <summary>Most channels of a Mahalanobis distance, whose matrix grows with their square.</summary>
    public const int MaxWhitenedChannels = 64;

    /// <summary>Largest number of steps a setting may name.</summary>
    public const int MaxSteps = 1 << 20;

    /// <summary>Largest weight or entry of the whitening matrix: numbers of 16 fraction bits and 64-bit sums allow it.</summary>
    public const float MaxWeight = 1024;

    /// <summary>Largest magnitude of <see cref="DetectorSettings.Lead"/>.</summary>
    public const int MaxLead = 1024;

    /// <summary>Most steps of history a threshold keeps.</summary>
    public const int MaxHistory = 4096;

    /// <summary>Most ints of answers or samples a detector keeps: 16 MiB.</summary>
    public const int MaxKeptInts = 1 << 22;

    /// <summary>Most steps a channel's errors are learnt from: as many squares of errors fit 64 bits.</summary>
    public const int MaxChannelSteps = 1 << 14;

    /// <summary>Most scores a quantile keeps: 4 KB.</summary>
    public const int MaxKeptScores = 1024;

    /// <summary>Most peaks a fitted tail keeps: 1 KB.</summary>
    public const int MaxPeaks = 256;

    private const float LargestScore = 16383;
    private const float Tiny = 1f / FixedScore.One;

    /// <exception cref="ModelException">A setting is wrong.</exception>
    public static void Check(DetectorSettings settings, Model model)
    {
        CheckScore(settings, model);
        CheckThreshold(settings);
        CheckPolicy(settings);
        CheckSensors(settings.Sensors, model.InputSize);
        CheckMemory(settings, model);
    }

    /// <summary>Scores that have to be kept for the exact quantile of so many.</summary>
    public static int KeptScores(double level, int steps) => steps - (int)Rounding.Floor(level * (steps - 1));

    /// <summary>Answers that have to be kept at a time until their last frame was met.</summary>
    public static int KeptAnswers(Model model, int lead) =>
        (int)(((long)lead + model.FramesPerAnswer - 1 + model.AnswerPeriod - 1) / model.AnswerPeriod);

    /// <summary>What a saved state remembers of the settings it was made with.</summary>
    public static int IdOf(DetectorSettings settings, bool counts)
    {
        SettingsChecksum checksum = new SettingsChecksum();
        settings.Visit(checksum);
        checksum.Flag(counts);
        return (int)checksum.Value;
    }

    /// <summary>Channels of a score.</summary>
    public static int ChannelsOf(DetectorSettings settings, Model model)
    {
        if (settings.Kind == ScoreKind.Confidence) return 1;
        if (settings.Kind == ScoreKind.Level) return model.InputSize;
        return model.FrameSize + (settings.AddLevel ? model.InputSize : 0);
    }

    private static void CheckScore(DetectorSettings settings, Model model)
    {
        Within("Kind", (int)settings.Kind, 1, 4);
        Within("Combination", (int)settings.Combination, 1, 4);
        int frames = model.FramesPerAnswer;
        int channels = ChannelsOf(settings, model);
        if (settings.Kind == ScoreKind.Forecast) Within("Lead", settings.Lead, 1, MaxLead);
        if (settings.Kind == ScoreKind.Reconstruction) Within("Lead", settings.Lead, -MaxLead, 1 - frames);
        if (settings.Kind == ScoreKind.Confidence) Within("NormalClass", settings.NormalClass, -1, model.FrameSize - 1);
        else if (settings.Kind != ScoreKind.Level) CheckTargets(settings.Targets, model);
        if (settings.Weights.Length != 0) Length("Weights", settings.Weights.Length, channels);
        for (int i = 0; i < settings.Weights.Length; i++) Within("Weights", settings.Weights[i], 0, MaxWeight);
        if (settings.ErrorClip != 0) Within("ErrorClip", settings.ErrorClip, Tiny, LargestScore);
        bool whitens = settings.Combination == ScoreCombination.Mahalanobis;
        if (whitens) Within("channels of a Mahalanobis distance", channels, 1, MaxWhitenedChannels);
        Length("Whitening", settings.Whitening.Length, whitens ? channels * (channels + 1) / 2 : 0);
        for (int i = 0; i < settings.Whitening.Length; i++) Within("Whitening", settings.Whitening[i], -MaxWeight, MaxWeight);
        Within("Smoothing", settings.Smoothing, Tiny, 1);
        Within("WarmUpSteps", settings.WarmUpSteps, -1, MaxSteps);
        if (settings.NormaliseChannels) Within("ChannelSteps", settings.ChannelSteps, 2, MaxChannelSteps);
    }

    private static void CheckTargets(int[] targets, Model model)
    {
        if (targets.Length == 0)
        {
            if (model.FrameSize > model.InputSize)
            {
                Throw("the model answers " + model.FrameSize.ToString() + " features and reads " + model.InputSize.ToString() +
                    " channels, expected Targets to say which channel each feature speaks of");
            }
            return;
        }
        Length("Targets", targets.Length, model.FrameSize);
        for (int i = 0; i < targets.Length; i++) Within("Targets", targets[i], 0, model.InputSize - 1);
    }

    private static void CheckThreshold(DetectorSettings settings)
    {
        Within("Threshold", (int)settings.Threshold, 1, 6);
        Within("ThresholdSteps", settings.ThresholdSteps, 2, MaxSteps);
        Within("Factor", settings.Factor, 1f / 256, 256);
        switch (settings.Threshold)
        {
            case ThresholdMethod.Fixed:
                Within("Level", settings.Level, 0, LargestScore);
                break;
            case ThresholdMethod.Quantile:
                Within("Level", settings.Level, 0, 1);
                Within("scores kept for the quantile, (1 - Level) * ThresholdSteps",
                    KeptScores(settings.Level, settings.ThresholdSteps), 1, MaxKeptScores);
                break;
            case ThresholdMethod.Sigma:
                Within("Level", settings.Level, 0, 1000);
                break;
            case ThresholdMethod.Spot:
            case ThresholdMethod.DriftSpot:
                CheckTail(settings);
                break;
            default:
                Within("Level", settings.Level, 0, 100);
                Within("Pruning", settings.Pruning, 0, 1);
                Within("History", settings.History, 2, MaxHistory);
                break;
        }
        Within("Adaptation", settings.Adaptation, 0, 1);
        Within("AdaptationClip", settings.AdaptationClip, 0, 100);
        Within("AdaptationLimit", settings.AdaptationLimit, 1, 256);
    }

    private static void CheckTail(DetectorSettings settings)
    {
        Within("Level", settings.Level, 0.5f, 0.9999f);
        // From the share of peaks on, the bound would lie among the scores that are no peaks.
        Within("Risk", settings.Risk, 1e-9f, 1 - settings.Level);
        int steps = settings.ThresholdSteps;
        if (settings.Threshold == ThresholdMethod.DriftSpot)
        {
            Within("History", settings.History, 2, MaxHistory);
            Within("ThresholdSteps, of which History fill the average,", steps, settings.History + 2, MaxSteps);
            steps -= settings.History;
        }
        Within("peaks kept of the normal period, (1 - Level) * steps,", KeptScores(settings.Level, steps), 1, MaxPeaks);
    }

    private static void CheckPolicy(DetectorSettings settings)
    {
        Within("VoteWindow", settings.VoteWindow, 1, 32);
        Within("Votes", settings.Votes, 1, settings.VoteWindow);
        Within("Hysteresis", settings.Hysteresis, 1f / 256, 1);
        Within("ClearSteps", settings.ClearSteps, 1, MaxSteps);
        Within("HoldOffSteps", settings.HoldOffSteps, 0, MaxSteps);
        Within("MaxAlarmSteps", settings.MaxAlarmSteps, 0, settings.Latching ? 0 : MaxSteps);
    }

    private static void CheckSensors(SensorSettings sensors, int channels)
    {
        if (sensors.Lowest.Length != 0) Length("Lowest", sensors.Lowest.Length, channels);
        if (sensors.Highest.Length != 0) Length("Highest", sensors.Highest.Length, channels);
        for (int i = 0; i < sensors.Lowest.Length; i++) Within("Lowest", sensors.Lowest[i], float.MinValue, float.MaxValue);
        for (int i = 0; i < sensors.Highest.Length; i++)
        {
            float least = sensors.Lowest.Length == 0 ? float.MinValue : sensors.Lowest[i];
            Within("Highest", sensors.Highest[i], least, float.MaxValue);
        }
        if (sensors.StuckSteps.Length != 0) Length("StuckSteps", sensors.StuckSteps.Length, channels);
        for (int i = 0; i < sensors.StuckSteps.Length; i++) Within("StuckSteps", sensors.StuckSteps[i], 0, MaxSteps);
        if (sensors.FlatSteps != 0) Within("FlatSteps", sensors.FlatSteps, 2, MaxSteps);
        Length("FlatRange", sensors.FlatRange.Length, sensors.FlatSteps == 0 ? 0 : channels);
        for (int i = 0; i < sensors.FlatRange.Length; i++) Within("FlatRange", sensors.FlatRange[i], -1, float.MaxValue);
        if (sensors.SpikeStep.Length != 0) Length("SpikeStep", sensors.SpikeStep.Length, channels);
        for (int i = 0; i < sensors.SpikeStep.Length; i++) Within("SpikeStep", sensors.SpikeStep[i], 0, float.MaxValue);
        Within("Substitution", (int)sensors.Substitution, 1, 3);
        Within("DecayRate", sensors.DecayRate, Tiny, 1);
        Within("MaxSubstituted", sensors.MaxSubstituted, 0, MaxSteps);
        Within("RecoverySteps", sensors.RecoverySteps, -1, MaxSteps);
        Within("PeriodMs", sensors.PeriodMs, 0, int.MaxValue / 2);
        Within("LateMs", sensors.LateMs, 0, sensors.PeriodMs);
    }

    private static void CheckMemory(DetectorSettings settings, Model model)
    {
        long kept = 0;
        if (settings.Kind == ScoreKind.Forecast) kept = (long)KeptAnswers(model, settings.Lead) * model.OutputSize;
        if (settings.Kind == ScoreKind.Reconstruction) kept = (1L - settings.Lead) * model.InputSize;
        if (kept <= MaxKeptInts) return;
        throw new ModelException(ModelErrorCode.LimitExceeded, DetectorSettings.Tag + ": the detector would keep " + kept.ToString() +
            " numbers of answers or samples, at most " + MaxKeptInts.ToString() + " are allowed");
    }

    private static void Length(string setting, int found, int expected)
    {
        if (found == expected) return;
        Throw(setting + " has " + found.ToString() + " entries, expected " + expected.ToString());
    }

    private static void Within(string setting, int found, int least, int most)
    {
        if (found >= least && found <= most) return;
        Throw(setting + " is " + found.ToString() + ", expected " + least.ToString() + " to " + most.ToString());
    }

    // A NaN compares as false.
    private static void Within(string setting, float found, float least, float most)
    {
        if (found >= least && found <= most) return;
        Throw(setting + " is " + found.ToString() + ", expected " + least.ToString() + " to " + most.ToString());
    }

    private static void Throw(string problem)
    {
        throw new ModelException(ModelErrorCode.BadValue, DetectorSettings.Tag + ": " + problem);
    }
}
