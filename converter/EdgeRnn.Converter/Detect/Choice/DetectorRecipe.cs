using System.Collections.Generic;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect.Choice;

/// <summary>Settings that are complete but for what a normal recording of the very machine has to add.</summary>
/// <param name="Settings">Weights and whitening are empty.</param>
/// <param name="ScaleChannels">Whether each channel's error is divided by its root mean square.</param>
public sealed record DetectorRecipe(DetectorSettings Settings, bool ScaleChannels)
{
    /// <summary>The recipe in a few words.</summary>
    public string Text
    {
        get
        {
            string evidence = Settings.Kind == ScoreKind.Level ? "level" : Settings.AddLevel ? "error and level" : "error";
            string scaled = Settings.Combination == ScoreCombination.Mahalanobis ? "" : ScaleChannels ? " of scaled channels" : " of channels";
            string smoothed = Settings.SmoothChannels ? "channels smoothed" : "score smoothed";
            return $"{evidence}, {Settings.Combination.ToString().ToLowerInvariant()}{scaled}, {smoothed} with {Settings.Smoothing:0.###}, " +
                $"{Settings.Factor:0.##} x the {Settings.Level:0.###} quantile";
        }
    }

    /// <summary>The settings for one machine.</summary>
    /// <param name="model">The network.</param>
    /// <param name="normal">[rows][channels] raw, of normal operation.</param>
    /// <param name="firstRow">Rows before it let the network settle.</param>
    /// <exception cref="ConversionException">The rows give no score.</exception>
    public DetectorSettings For(Model model, IReadOnlyList<float[]> normal, int firstRow)
    {
        DetectorSettings settings = DetectorSection.Copy(Settings);
        bool whitens = settings.Combination == ScoreCombination.Mahalanobis;
        if (!whitens && !ScaleChannels) return settings;
        ErrorStatistics statistics = ErrorStatistics.Of(model, settings, normal, firstRow);
        if (whitens) settings.Whitening = statistics.Whitening();
        else settings.Weights = statistics.Weights();
        return settings;
    }
}
