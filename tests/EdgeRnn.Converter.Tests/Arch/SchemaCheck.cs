using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeRnn.Tests;

/// <summary>
/// Checks a document against converter/arch.schema.json. Knows the keywords that schema uses and fails on any other, so that
/// none is taken for fulfilled.
/// </summary>
internal static class SchemaCheck
{
    private static readonly Lazy<JsonDocument> _schema = new(() => JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(Repository.Root, "converter", "arch.schema.json"))));

    public static JsonElement Schema => _schema.Value.RootElement;

    /// <summary>Fails the test unless the file fits the schema.</summary>
    public static void ExpectValid(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        string? problem = FirstProblem(document.RootElement);
        Assert.True(problem == null, $"{Path.GetFileName(path)}: {problem}");
    }

    /// <summary>The first rule a document breaks, or null.</summary>
    public static string? FirstProblem(JsonElement document) => Check(document, Schema, "$");

    private static string? Check(JsonElement value, JsonElement schema, string path)
    {
        if (schema.ValueKind == JsonValueKind.True) return null;
        if (schema.ValueKind == JsonValueKind.False) return $"{path} is not allowed here";
        foreach (JsonProperty rule in schema.EnumerateObject())
        {
            if (CheckRule(value, schema, rule, path) is { } problem) return problem;
        }
        return null;
    }

    private static string? CheckRule(JsonElement value, JsonElement schema, JsonProperty rule, string path)
    {
        JsonElement argument = rule.Value;
        switch (rule.Name)
        {
            case "$schema" or "$defs" or "title" or "description":
                return null;
            case "$ref":
                return Check(value, Definition(argument.GetString()!), path);
            case "type":
                return HasType(value, argument.GetString()!) ? null : $"{path} is not of type {argument}";
            case "const":
                return JsonElement.DeepEquals(value, argument) ? null : $"{path} is not {argument}";
            case "enum":
                return argument.EnumerateArray().Any(item => JsonElement.DeepEquals(value, item)) ? null : $"{path} is none of {argument}";
            case "not":
                return Check(value, argument, path) != null ? null : $"{path} is what it must not be";
            case "anyOf":
                return argument.EnumerateArray().Any(option => Check(value, option, path) == null) ? null : $"{path} fits no alternative";
            case "oneOf":
                int fits = argument.EnumerateArray().Count(option => Check(value, option, path) == null);
                return fits == 1 ? null : $"{path} fits {fits} alternatives";
            default:
                return value.ValueKind switch
                {
                    JsonValueKind.Object => CheckObject(value, schema, rule, path),
                    JsonValueKind.Array => CheckArray(value, rule, path),
                    _ => CheckScalar(value, rule, path),
                };
        }
    }

    private static string? CheckObject(JsonElement value, JsonElement schema, JsonProperty rule, string path)
    {
        JsonElement argument = rule.Value;
        switch (rule.Name)
        {
            case "required":
                return argument.EnumerateArray().Select(key => key.GetString()!).FirstOrDefault(key => !value.TryGetProperty(key, out _))
                    is { } missing ? $"{path} lacks {missing}" : null;
            case "properties":
                return First(argument.EnumerateObject(), property => value.TryGetProperty(property.Name, out JsonElement member)
                    ? Check(member, property.Value, $"{path}.{property.Name}") : null);
            case "additionalProperties":
                return First(value.EnumerateObject().Where(member => !IsListed(schema, member.Name)),
                    member => Check(member.Value, argument, $"{path}.{member.Name}"));
            case "propertyNames":
                return First(value.EnumerateObject(), member => Check(JsonSerializer.SerializeToElement(member.Name), argument, path));
            case "dependentRequired":
                return First(argument.EnumerateObject().Where(rule => value.TryGetProperty(rule.Name, out _)), rule =>
                    rule.Value.EnumerateArray().All(key => value.TryGetProperty(key.GetString()!, out _)) ? null : $"{path} lacks what {rule.Name} needs");
            case "dependentSchemas":
                return First(argument.EnumerateObject().Where(rule => value.TryGetProperty(rule.Name, out _)), rule => Check(value, rule.Value, path));
            case "maxProperties":
                return value.EnumerateObject().Count() <= argument.GetInt32() ? null : $"{path} has too many members";
            default:
                return Irrelevant(rule.Name);
        }
    }

    private static string? CheckArray(JsonElement value, JsonProperty rule, string path) => rule.Name switch
    {
        "minItems" => value.GetArrayLength() >= rule.Value.GetInt32() ? null : $"{path} is too short",
        "maxItems" => value.GetArrayLength() <= rule.Value.GetInt32() ? null : $"{path} is too long",
        "items" => First(value.EnumerateArray().Select((item, index) => (item, index)),
            pair => Check(pair.item, rule.Value, $"{path}[{pair.index}]")),
        _ => Irrelevant(rule.Name),
    };

    private static string? CheckScalar(JsonElement value, JsonProperty rule, string path) => (rule.Name, value.ValueKind) switch
    {
        ("minimum", JsonValueKind.Number) => value.GetDouble() >= rule.Value.GetDouble() ? null : $"{path} is too small",
        ("maximum", JsonValueKind.Number) => value.GetDouble() <= rule.Value.GetDouble() ? null : $"{path} is too large",
        ("exclusiveMinimum", JsonValueKind.Number) => value.GetDouble() > rule.Value.GetDouble() ? null : $"{path} is too small",
        ("minLength", JsonValueKind.String) => value.GetString()!.Length >= rule.Value.GetInt32() ? null : $"{path} is too short",
        ("maxLength", JsonValueKind.String) => value.GetString()!.Length <= rule.Value.GetInt32() ? null : $"{path} is too long",
        ("pattern", JsonValueKind.String) => Regex.IsMatch(value.GetString()!, rule.Value.GetString()!) ? null : $"{path} has a form that is not allowed",
        _ => Irrelevant(rule.Name),
    };

    // Keywords about other types of value do not apply; keywords this checker does not know must not pass unseen.
    private static string? Irrelevant(string keyword) => keyword is "required" or "properties" or "additionalProperties" or "propertyNames"
        or "dependentRequired" or "dependentSchemas" or "maxProperties" or "minItems" or "maxItems" or "items" or "minimum" or "maximum"
        or "exclusiveMinimum" or "minLength" or "maxLength" or "pattern" ? null : throw new NotSupportedException($"schema keyword {keyword}");

    private static string? First<T>(IEnumerable<T> items, Func<T, string?> problem) => items.Select(problem).FirstOrDefault(text => text != null);

    private static bool IsListed(JsonElement schema, string name) =>
        schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(name, out _);

    private static JsonElement Definition(string reference)
    {
        JsonElement at = Schema;
        foreach (string part in reference.Split('/').Skip(1)) at = at.GetProperty(part);
        return at;
    }

    private static bool HasType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() == Math.Floor(value.GetDouble()),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => throw new NotSupportedException($"schema type {type}"),
    };
}
