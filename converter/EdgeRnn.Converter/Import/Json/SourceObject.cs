using System.Collections.Generic;
using System.Text.Json;

namespace EdgeRnn.Converter.Import.Json;

/// <summary>
/// A JSON object read strictly: the reader asks for each key it knows, <see cref="Close"/> refuses the rest.
/// </summary>
internal sealed class SourceObject
{
    private readonly SourceValue _value;
    private readonly List<string> _known = [];

    public SourceObject(SourceValue value) => _value = value;

    /// <summary>Where the object stands.</summary>
    public SourceValue Place => _value;

    /// <summary>The exception for something wrong with the object as a whole.</summary>
    public ConversionException Fail(string message) => _value.Fail(message);

    /// <summary>The value of a key, or null where the key is absent.</summary>
    public SourceValue? Optional(string key)
    {
        _known.Add(key);
        return _value.Element.TryGetProperty(key, out JsonElement element)
            ? new SourceValue(element, _value.File, $"{_value.Path}.{key}") : null;
    }

    /// <summary>The value of a key that has to be there.</summary>
    public SourceValue Required(string key) =>
        Optional(key) ?? throw Fail($"the key '{key}' is missing; add it");

    /// <summary>The one of several alternative keys that is present, or null when none is; two at once are refused.</summary>
    public (string Key, SourceValue Value)? OneOf(params string[] keys)
    {
        (string Key, SourceValue Value)? found = null;
        foreach (string key in keys)
        {
            if (Optional(key) is not { } value) continue;
            if (found is { } other) throw Fail($"'{other.Key}' and '{key}' exclude each other; keep one of them");
            found = (key, value);
        }
        return found;
    }

    /// <summary>Refuses keys nobody asked for. Called once everything has been read.</summary>
    public void Close()
    {
        foreach (JsonProperty property in _value.Element.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
                throw Fail($"unknown key {SourceValue.Quote(property.Name)}; known here: {string.Join(", ", _known)}");
        }
    }
}
