using System.Collections.Generic;
using System.Text.Json;

namespace EdgeRnn.Converter.Import.Arch;

/// <summary>
/// An object of an ARCH file, read strictly: the reader asks for each key it knows, <see cref="Close"/> refuses the rest.
/// </summary>
internal sealed class ArchObject
{
    private readonly ArchValue _value;
    private readonly List<string> _known = [];

    public ArchObject(ArchValue value) => _value = value;

    /// <summary>Where the object stands.</summary>
    public ArchValue Place => _value;

    /// <summary>The exception for something wrong with the object as a whole.</summary>
    public ConversionException Fail(string message) => _value.Fail(message);

    /// <summary>The value of a key, or null where the key is absent.</summary>
    public ArchValue? Optional(string key)
    {
        _known.Add(key);
        return _value.Element.TryGetProperty(key, out JsonElement element)
            ? new ArchValue(element, _value.File, $"{_value.Path}.{key}") : null;
    }

    /// <summary>The value of a key that has to be there.</summary>
    public ArchValue Required(string key) =>
        Optional(key) ?? throw Fail($"the key '{key}' is missing; see converter/ARCH.md");

    /// <summary>The one of several alternative keys that is present, or null when none is; two at once are refused.</summary>
    public (string Key, ArchValue Value)? OneOf(params string[] keys)
    {
        (string Key, ArchValue Value)? found = null;
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
                throw Fail($"unknown key {ArchValue.Quote(property.Name)}; known here: {string.Join(", ", _known)}");
        }
    }
}
