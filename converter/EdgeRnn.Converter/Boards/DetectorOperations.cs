using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Boards;

/// <summary>
/// Interpreted operations of a detector's own part of a step, an upper estimate fitted to counts of the shared source. Most thresholds
/// cost about the same at every step; fits of a tail and parting a window do not.
/// </summary>
internal static class DetectorOperations
{
    /// <summary>Operations besides those of the network.</summary>
    /// <param name="settings">The detector's.</param>
    /// <param name="model">Its model.</param>
    public static StepOperations Of(DetectorSettings settings, Model model)
    {
        int channels = DetectorChecks.ChannelsOf(settings, model);
        double common = 2400 + 900.0 * model.InputSize + 560.0 * channels;
        if (settings.SmoothChannels) common += 280.0 * channels;
        if (settings.Combination == ScoreCombination.Mahalanobis) common += 600 + 130.0 * channels * (channels + 1) / 2;
        if (settings.RootScores || settings.Combination == ScoreCombination.Norm) common += 1_000;
        // The end of the normal period computes every channel's scale.
        double normalising = settings.NormaliseChannels ? 200 + 260.0 * channels : 0, scales = settings.NormaliseChannels ? 600.0 * channels : 0;
        (double worst, double mean) = Threshold(settings);
        return new StepOperations(common + normalising + scales + worst, common + normalising + mean);
    }

    private static (double Worst, double Mean) Threshold(DetectorSettings settings)
    {
        double sides = settings.TwoSided ? 2 : 1;
        switch (settings.Threshold)
        {
            case ThresholdMethod.Fixed: return (50, 50);
            case ThresholdMethod.Quantile: return (1_000 * sides, 300 * sides);
            case ThresholdMethod.Sigma: return (1_600, 500);
            // Up to 34 passes over the window.
            case ThresholdMethod.Dynamic: return (5_000 + 1_700.0 * settings.History, 5_000 + 600.0 * settings.History);
            // 71 passes over at most 256 peaks, at one peak in sixteen.
            default: return (905_000, 6_000 * sides);
        }
    }
}
