using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace EdgeRnn.Hardware;

/// <summary>
/// Which sensor, and how it is connected and set: names and values as they stand in a configuration file, a scenario or a command line.
/// Whoever makes the sensor asks for the options it knows; <see cref="RefuseOthers"/> then refuses what nobody asked for.
/// </summary>
public sealed class SensorOptions
{
    private readonly IReadOnlyDictionary<string, string> _values;
    private readonly List<string> _known = new();

    /// <summary>Options.</summary>
    /// <param name="kind">The sensor's kind, as <c>mpu6050</c>.</param>
    /// <param name="values">Values by name; numbers as in C#, also with 0x, yes and no as <c>true</c> and <c>false</c>.</param>
    public SensorOptions(string kind, IReadOnlyDictionary<string, string> values)
    {
        Kind = kind;
        _values = values;
    }

    /// <summary>The sensor's kind.</summary>
    public string Kind { get; }

    /// <summary>A whole number in a range.</summary>
    /// <param name="name">The option.</param>
    /// <param name="fallback">Stands for an option that is not there; null: it must be there.</param>
    /// <param name="least">The least that is possible.</param>
    /// <param name="most">The most.</param>
    /// <exception cref="SensorOptionException">It is no such number, or not there.</exception>
    public int Whole(string name, int? fallback, int least, int most)
    {
        string expected = $"a whole number from {least} to {most}";
        string? text = Find(name, expected, fallback == null);
        if (text == null) return fallback!.Value;
        return Parse(text, out int value) && value >= least && value <= most ? value : throw Wrong(name, expected, text);
    }

    /// <summary>One of a few whole numbers.</summary>
    /// <param name="name">The option.</param>
    /// <param name="fallback">Stands for an option that is not there.</param>
    /// <param name="possible">The numbers.</param>
    /// <exception cref="SensorOptionException">It is none of them.</exception>
    public int OneOf(string name, int fallback, params int[] possible)
    {
        string expected = $"one of {string.Join(", ", possible)}";
        string? text = Find(name, expected, false);
        if (text == null) return fallback;
        return Parse(text, out int value) && possible.Contains(value) ? value : throw Wrong(name, expected, text);
    }

    /// <summary>A number in a range.</summary>
    /// <param name="name">The option.</param>
    /// <param name="fallback">Stands for an option that is not there.</param>
    /// <param name="least">The least that is possible.</param>
    /// <param name="most">The most.</param>
    /// <exception cref="SensorOptionException">It is no such number.</exception>
    public double Number(string name, double fallback, double least, double most)
    {
        string expected = FormattableString.Invariant($"a number from {least} to {most}");
        string? text = Find(name, expected, false);
        if (text == null) return fallback;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most
            ? value : throw Wrong(name, expected, text);
    }

    /// <summary>Yes or no.</summary>
    /// <param name="name">The option.</param>
    /// <param name="fallback">Stands for an option that is not there.</param>
    /// <exception cref="SensorOptionException">It is neither.</exception>
    public bool Flag(string name, bool fallback)
    {
        string? text = Find(name, "true or false", false);
        if (text == null) return fallback;
        return bool.TryParse(text, out bool value) ? value : throw Wrong(name, "true or false", text);
    }

    /// <summary>One of a few words.</summary>
    /// <param name="name">The option.</param>
    /// <param name="fallback">Stands for an option that is not there.</param>
    /// <param name="possible">The words.</param>
    /// <returns>Which of them, counted from 0.</returns>
    /// <exception cref="SensorOptionException">It is none of them.</exception>
    public int Word(string name, int fallback, params string[] possible)
    {
        string expected = $"one of {string.Join(", ", possible)}";
        string? text = Find(name, expected, false);
        if (text == null) return fallback;
        int found = Array.IndexOf(possible, text);
        return found >= 0 ? found : throw Wrong(name, expected, text);
    }

    /// <summary>Some of a few words, with commas between them.</summary>
    /// <param name="name">The option.</param>
    /// <param name="fallback">Stands for an option that is not there.</param>
    /// <param name="possible">The words.</param>
    /// <returns>Which of them, counted from 0, in the order they are written.</returns>
    /// <exception cref="SensorOptionException">One is none of them.</exception>
    public int[] Words(string name, string fallback, params string[] possible)
    {
        string expected = $"some of {string.Join(", ", possible)} with commas between them";
        string text = Find(name, expected, false) ?? fallback;
        int[] found = text.Split(',').Select(word => Array.IndexOf(possible, word.Trim())).ToArray();
        return found.All(index => index >= 0) ? found : throw Wrong(name, expected, text);
    }

    /// <summary>Refuses options that were not asked for.</summary>
    /// <exception cref="SensorOptionException">There is one.</exception>
    public void RefuseOthers()
    {
        string? other = _values.Keys.FirstOrDefault(name => !_known.Contains(name));
        if (other != null)
        {
            throw new SensorOptionException(other, $"there is no such option of the {Kind}; expected some of " +
                $"{string.Join(", ", _known.Distinct())}; remove it");
        }
    }

    private string? Find(string name, string expected, bool isRequired)
    {
        _known.Add(name);
        if (_values.TryGetValue(name, out string? text)) return text;
        return isRequired ? throw new SensorOptionException(name, $"expected {expected}, found nothing; the {Kind} needs it") : null;
    }

    private static SensorOptionException Wrong(string name, string expected, string found) =>
        new(name, $"expected {expected}, found '{found}'; correct it");

    private static bool Parse(string text, out int value) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
