using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeRnn.Converter.Import;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>Detector settings as JSON, with the names of <see cref="DetectorSettings"/>, as `edgernn inspect --json` shows them.</summary>
public static class SettingsJson
{
    private static readonly JsonSerializerOptions _options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Writes settings.</summary>
    public static string Write(DetectorSettings settings) => JsonSerializer.Serialize(settings, _options) + "\n";

    /// <summary>Reads settings; those the text does not name have their defaults.</summary>
    /// <param name="text">A JSON object: the settings, or what `edgernn inspect --json` printed of a calibrated model.</param>
    /// <param name="source">The file, for messages.</param>
    /// <param name="given">Names of the properties in it, as <see cref="CalibrationOptions.Given"/> has them.</param>
    /// <exception cref="ConversionException">It is no JSON, has a name that is no setting, or a value of another kind.</exception>
    public static DetectorSettings Read(string text, string source, out IReadOnlySet<string> given)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException error)
        {
            throw new ConversionException(SettingsJsonProblem.OfText(source, error), error);
        }
        using (document)
        {
            JsonElement root = SettingsIn(document.RootElement);
            DetectorSettings settings = Convert(root, source);
            given = NamesIn(root);
            return settings;
        }
    }

    private static JsonElement SettingsIn(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("model", out JsonElement model) &&
        model.ValueKind == JsonValueKind.Object && model.TryGetProperty("detector", out JsonElement detector) &&
        detector.ValueKind == JsonValueKind.Object && detector.TryGetProperty("settings", out JsonElement inner) ? inner : root;

    private static DetectorSettings Convert(JsonElement root, string source)
    {
        try
        {
            return root.Deserialize<DetectorSettings>(_options)
                ?? throw new ConversionException($"{SourceText.Show(source)}: holds null, expected an object of detector settings");
        }
        catch (JsonException error)
        {
            throw new ConversionException(SettingsJsonProblem.OfValue(source, root, error), error);
        }
    }

    private static HashSet<string> NamesIn(JsonElement root)
    {
        HashSet<string> names = [];
        foreach (JsonProperty property in root.EnumerateObject())
        {
            string name = Pascal(property.Name);
            names.Add(name);
            if (name != nameof(DetectorSettings.Sensors)) continue;
            foreach (JsonProperty sensor in property.Value.EnumerateObject()) names.Add($"{name}.{Pascal(sensor.Name)}");
        }
        return names;
    }

    private static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];
}
