using System.Linq;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests;

/// <summary>Valid files with detector settings that together hold every part a detector can have.</summary>
internal static class ValidDetectors
{
    /// <summary>The answers of the stream, 7 features of 4 channels, all lists filled; both limits are quantiles.</summary>
    public static byte[] Forecast { get; } = DetectorSection.Write(ValidFiles.Stream, new DetectorSettings
    {
        Lead = 3,
        AddLevel = true,
        Targets = [0, 1, 2, 3, 2, 1, 0],
        NormaliseChannels = true,
        ChannelSteps = 6,
        Weights = [.. Enumerable.Range(0, 11).Select(i => 0.25f * i)],
        ErrorClip = 50,
        ThresholdSteps = 9,
        Level = 0.5f,
        TwoSided = true,
        Adaptation = 0.01f,
        WarmUpSteps = 2,
        Votes = 2,
        VoteWindow = 3,
        HoldOffSteps = 4,
        Sensors = Sensors(4),
    });

    /// <summary>Windows reconstructed by a decoder spread over steps; a Mahalanobis distance of averaged channels.</summary>
    public static byte[] Distance { get; } = DetectorSection.Write(ValidFiles.Decoder, new DetectorSettings
    {
        Kind = ScoreKind.Reconstruction,
        Lead = -7,
        Combination = ScoreCombination.Mahalanobis,
        Whitening = [1, -0.5f, 2],
        SmoothChannels = true,
        NormaliseChannels = true,
        ChannelSteps = 2,
        ThresholdSteps = 4,
        Threshold = ThresholdMethod.Sigma,
        Level = 3,
        Adaptation = 0.1f,
        Sensors = new SensorSettings { RecoverySteps = 5, Substitution = SubstitutionKind.Decay },
    });

    /// <summary>Windows whose answer is taken for classes, with a threshold that is given.</summary>
    public static byte[] Classes { get; } = DetectorSection.Write(ValidFiles.Window, new DetectorSettings
    {
        Kind = ScoreKind.Confidence,
        NormalClass = 2,
        Threshold = ThresholdMethod.Fixed,
        Level = 0.5f,
        Latching = true,
        Sensors = new SensorSettings { StuckSteps = [0, 4], MaxSubstituted = 0 },
    });

    /// <summary>An integer model.</summary>
    public static byte[] Counts { get; } = DetectorSection.Write(ValidIntegers.Stream, new DetectorSettings
    {
        Kind = ScoreKind.Level,
        NormaliseChannels = true,
        ChannelSteps = 4,
        ThresholdSteps = 5,
        Threshold = ThresholdMethod.Sigma,
        TwoSided = true,
        Level = 2,
        Sensors = Sensors(4),
    });

    /// <summary>Peaks over a threshold, on both sides.</summary>
    public static byte[] Peaks { get; } = DetectorSection.Write(ValidFiles.Decoder, new DetectorSettings
    {
        Kind = ScoreKind.Level,
        RootScores = true,
        TwoSided = true,
        ThresholdSteps = 30,
        Threshold = ThresholdMethod.Spot,
        Level = 0.5f,
        Risk = 1e-4f,
    });

    /// <summary>Peaks over a moving average.</summary>
    public static byte[] Drift { get; } = DetectorSection.Write(ValidFiles.Window, new DetectorSettings
    {
        Kind = ScoreKind.Level,
        ThresholdSteps = 20,
        Threshold = ThresholdMethod.DriftSpot,
        Level = 0.5f,
        Risk = 0.1f,
        History = 6,
        MaxAlarmSteps = 3,
    });

    /// <summary>A dynamic threshold whose window is longer than the normal period.</summary>
    public static byte[] Dynamic { get; } = DetectorSection.Write(ValidFiles.Window, new DetectorSettings
    {
        Kind = ScoreKind.Level,
        ThresholdSteps = 7,
        Threshold = ThresholdMethod.Dynamic,
        TwoSided = true,
        Level = 2,
        History = 12,
    });

    public static byte[][] All => [Forecast, Distance, Classes, Counts, Peaks, Drift, Dynamic];

    private static SensorSettings Sensors(int channels) => new()
    {
        Lowest = [.. Enumerable.Repeat(-100f, channels)],
        Highest = [.. Enumerable.Repeat(100f, channels)],
        StuckSteps = [.. Enumerable.Range(2, channels)],
        FlatSteps = 5,
        FlatRange = [-1, .. Enumerable.Repeat(0.5f, channels - 1)],
        SpikeStep = [0, .. Enumerable.Repeat(3f, channels - 1)],
        Substitution = SubstitutionKind.Decay,
        MaxSubstituted = 3,
        RecoverySteps = 2,
        PeriodMs = 20,
        LateMs = 7,
    };
}
