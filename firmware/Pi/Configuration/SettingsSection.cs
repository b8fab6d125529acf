using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace EdgeRnn.Firmware.Pi;

/// <summary>
/// An object of a configuration file. Values are asked for by name and kind; <see cref="End"/> then refuses names nobody asked for, so
/// that a mistyped one is never silently without effect.
/// </summary>
internal sealed class SettingsSection
{
    private readonly string _file;
    private readonly string _path; // "" or "sensor."
    private readonly Dictionary<string, JsonElement> _values;
    private readonly List<string> _known = [];

    private SettingsSection(string file, string path, JsonElement element)
    {
        _file = file;
        _path = path;
        _values = element.EnumerateObject().ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal);
    }

    /// <summary>The outermost object of a file.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="json">Its text; comments are allowed.</param>
    /// <exception cref="PiException">It is no JSON object, or a name appears twice in it.</exception>
    public static SettingsSection Parse(string file, string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new SettingsSection(file, "", document.RootElement.Clone())
                : throw new PiException($"{file}: expected an object in braces, found {Words(document.RootElement)}; " +
                    "see firmware/Pi/README.md");
        }
        catch (JsonException error)
        {
            throw new PiException($"{file}: {(error.LineNumber is { } line ? $"line {line + 1}: " : "")}expected JSON, " +
                $"found something else: {FirstSentence(error.Message)}; correct it");
        }
    }

    /// <summary>An object in this one, or null.</summary>
    public SettingsSection? Section(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new SettingsSection(_file, $"{_path}{name}.", value)
            : throw Wrong(name, "an object in braces", value);

    /// <summary>An object that must be there.</summary>
    public SettingsSection RequiredSection(string name) => Section(name) ?? throw Missing(name, "an object in braces");

    /// <summary>A text that is not empty, or null.</summary>
    public string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0 ? value.GetString()
            : throw Wrong(name, "a text in quotes", value);

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string name) => Text(name) ?? throw Missing(name, "a text in quotes");

    /// <summary>A whole number in a range, or the fallback.</summary>
    public int Whole(string name, int fallback, int least, int most) => Find(name) is not { } value ? fallback
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= least && number <= most ? number
        : throw Wrong(name, $"a whole number from {least} to {most}", value);

    /// <summary>A whole number that must be there.</summary>
    public int RequiredWhole(string name, int least, int most)
    {
        if (!_values.ContainsKey(name)) throw Missing(name, $"a whole number from {least} to {most}");
        return Whole(name, least, least, most);
    }

    /// <summary>A number in a range, or null.</summary>
    public double? Number(string name, double least, double most) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= least && number <= most ? number
        : throw Wrong(name, FormattableString.Invariant($"a number from {least} to {most}"), value);

    /// <summary>Yes or no, or the fallback.</summary>
    public bool Flag(string name, bool fallback) => Find(name) is not { } value ? fallback
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, "true or false", value);

    /// <summary>A list of texts; empty where there is none.</summary>
    public IReadOnlyList<string> Texts(string name) => Find(name) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : throw Wrong(name, "a list of texts in brackets", value);

    /// <summary>Whatever was not asked for, numbers and flags as text; nothing is left for <see cref="End"/> then.</summary>
    public IReadOnlyDictionary<string, string> Rest()
    {
        Dictionary<string, string> rest = new(StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in _values.Where(pair => !_known.Contains(pair.Key)).ToArray())
        {
            rest[name] = value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()!,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => throw Wrong(name, "a number, a text, true or false", value),
            };
            _known.Add(name);
        }
        return rest;
    }

    /// <summary>Refuses names that were not asked for.</summary>
    /// <exception cref="PiException">There is one.</exception>
    public void End()
    {
        string? other = _values.Keys.FirstOrDefault(name => !_known.Contains(name));
        if (other != null)
            throw new PiException($"{_file}: {_path}{other}: there is no such setting; expected some of {string.Join(", ", _known)}; " +
                "remove it");
    }

    /// <summary>A failure of a value of this object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="message">Expected, found, next step.</param>
    public PiException Fail(string name, string message) => new($"{_file}: {_path}{name}: {message}");

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return _values.TryGetValue(name, out JsonElement value) ? value : null;
    }

    private PiException Missing(string name, string expected) => Fail(name, $"expected {expected}, found nothing; add it");

    private PiException Wrong(string name, string expected, JsonElement found) =>
        Fail(name, $"expected {expected}, found {Words(found)}; correct it");

    private static string Words(JsonElement found) => found.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => found.GetRawText().Length <= 40 ? found.GetRawText() : found.GetRawText()[..40] + "...",
    };

    private static string FirstSentence(string message) =>
        message.Split(". ")[0].Split(" LineNumber")[0].Replace('\n', ' ').Replace('\r', ' ').TrimEnd('.');
}
