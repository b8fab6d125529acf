using System.Text.Json;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>What follows from detector settings.</summary>
public static class SettingsFacts
{
    /// <summary>
    /// Whether the threshold computes in double precision, on a device without a float unit too. The others are exact in integers.
    /// </summary>
    public static bool UsesFloats(this DetectorSettings settings) =>
        settings.Threshold is ThresholdMethod.Spot or ThresholdMethod.DriftSpot or ThresholdMethod.Dynamic;

    /// <summary>Scores a device learns from before it judges any.</summary>
    public static int LearntScores(this DetectorSettings settings) =>
        (settings.NormaliseChannels ? settings.ChannelSteps : 0) +
        (settings.Threshold == ThresholdMethod.Fixed ? 0 : settings.ThresholdSteps);

    /// <summary>
    /// What a refusal says is wrong with settings, without where they stand in a file: it begins with the setting's name.
    /// </summary>
    public static string ProblemOf(ModelException refusal)
    {
        const string place = DetectorSettings.Tag + ": ";
        return refusal.Problem.StartsWith(place, System.StringComparison.Ordinal) ? refusal.Problem[place.Length..] : refusal.Problem;
    }

    /// <summary>The same with the setting's name as it stands in JSON.</summary>
    public static string InJson(string problem) => JsonNamingPolicy.CamelCase.ConvertName(problem);
}
