using System.Collections.Generic;
using System.Text.Json;
using EdgeRnn.Converter.Import.Json;

namespace EdgeRnn.Converter.Evaluate;

/// <summary>What noticing, missing and false alarms weigh: one of NAB's application profiles.</summary>
/// <param name="Name">As in profiles.json.</param>
/// <param name="TruePositiveWeight">Of a window noticed at its start, above 0.</param>
/// <param name="FalsePositiveWeight">Of a detection far from any window, 0 or more.</param>
/// <param name="FalseNegativeWeight">Of a window without a detection, 0 or more.</param>
public sealed record NabProfile(string Name, double TruePositiveWeight, double FalsePositiveWeight, double FalseNegativeWeight)
{
    private const int MostProfiles = 100;

    /// <summary>The three profiles NAB publishes scores for.</summary>
    public static IReadOnlyList<NabProfile> Published { get; } =
    [
        new("standard", 1, 0.11, 1),
        new("reward_low_FP_rate", 1, 0.22, 1),
        new("reward_low_FN_rate", 1, 0.11, 2),
    ];

    /// <summary>Reads profiles.json, in its order.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConversionException">Missing, damaged, or without profiles.</exception>
    public static IReadOnlyList<NabProfile> Read(string path)
    {
        using JsonDocument document = SourceDocument.Read(path);
        SourceValue root = SourceDocument.Root(document, path);
        root.AsObject();
        List<NabProfile> profiles = [];
        foreach (JsonProperty property in root.Element.EnumerateObject())
        {
            if (profiles.Count == MostProfiles) throw root.Fail($"more than {MostProfiles} profiles; keep those to score by");
            SourceValue value = new(property.Value, root.File, $"{root.Path}.{property.Name}");
            profiles.Add(Read(property.Name, value.AsObject().Required("CostMatrix").AsObject()));
        }
        return profiles.Count > 0 ? profiles : throw root.Fail("expected a profile, found none");
    }

    private static NabProfile Read(string name, SourceObject costs)
    {
        double truePositive = Weight("tpWeight");
        if (truePositive == 0) throw costs.Fail("tpWeight is 0; expected more, or nothing can be won");
        return new NabProfile(name, truePositive, Weight("fpWeight"), Weight("fnWeight"));

        double Weight(string key)
        {
            SourceValue value = costs.Required(key);
            double weight = value.AsDouble();
            return weight >= 0 ? weight : throw value.Fail($"expected a weight of 0 or more, found {value.Found}");
        }
    }
}
