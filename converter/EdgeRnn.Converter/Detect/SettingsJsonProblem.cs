using System;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using EdgeRnn.Converter.Import;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Detect;

/// <summary>What is wrong with settings in JSON, in the words of somebody who writes them; the parser speaks of .NET types.</summary>
internal static class SettingsJsonProblem
{
    private const string HowTheyLook = "`edgernn inspect MODEL.ernn --json` of a calibrated model shows how they look";

    /// <summary>One line about text that is no JSON.</summary>
    public static string OfText(string source, JsonException error)
    {
        string where = error.LineNumber is { } line ? $" at line {line + 1}, character {error.BytePositionInLine + 1}" : "";
        return $"{SourceText.Show(source)}: no detector settings: expected a JSON object, the text is no JSON{where}; {HowTheyLook}";
    }

    /// <summary>One line about JSON that does not fit the settings.</summary>
    /// <param name="source">The file.</param>
    /// <param name="root">What was read as settings.</param>
    /// <param name="error">What the parser said.</param>
    public static string OfValue(string source, JsonElement root, JsonException error)
    {
        string path = string.IsNullOrEmpty(error.Path) ? "$" : error.Path;
        Type type = typeof(DetectorSettings);
        JsonElement found = root;
        bool isFound = true;
        foreach (string name in path.Split('.', '[').Skip(1).Where(name => !name.EndsWith(']')))
        {
            PropertyInfo? property = Array.Find(type.GetProperties(), candidate => InJson(candidate.Name) == name);
            if (property == null)
            {
                string names = string.Join(", ", type.GetProperties().Select(known => InJson(known.Name)));
                return $"{SourceText.Show(source)}: {SourceText.Show(path)}: there is no such setting, expected one of {names}";
            }
            if (isFound && found.ValueKind == JsonValueKind.Object && found.EnumerateObject().Count(member => member.NameEquals(name)) > 1)
                return $"{SourceText.Show(source)}: {SourceText.Show(path)}: stands there twice; keep one";
            type = property.PropertyType;
            isFound = isFound && found.ValueKind == JsonValueKind.Object && found.TryGetProperty(name, out found);
        }
        if (isFound && found.ValueKind == JsonValueKind.Object && (type == typeof(DetectorSettings) || type == typeof(SensorSettings)))
            return $"{SourceText.Show(source)}: no detector settings: {SourceText.Show(error.Message.TrimEnd('.'))}; {HowTheyLook}";
        string text = isFound ? $", found {SourceText.Show(found.GetRawText())}" : "";
        return $"{SourceText.Show(source)}: no detector settings at {SourceText.Show(path)}: expected {Kind(type)}{text}; {HowTheyLook}";
    }

    private static string InJson(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string Kind(Type type)
    {
        if (type.IsEnum) return string.Join(", ", Enum.GetNames(type).Select(name => $"\"{InJson(name)}\""));
        if (type == typeof(int)) return "a whole number";
        if (type == typeof(float)) return "a number";
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(int[])) return "a list of whole numbers";
        if (type == typeof(float[])) return "a list of numbers";
        return "a JSON object";
    }
}
