using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace EdgeRnn.Simulator;

// What a source is made with: names and values as they stand in a scenario. What nobody asked for is refused.
internal sealed class SourceOptions(string kind, IReadOnlyDictionary<string, string> values, string baseFolder)
{
    private readonly List<string> _known = [];

    public string Kind { get; } = kind;

    public string BaseFolder { get; } = baseFolder;

    public string? Text(string name)
    {
        _known.Add(name);
        return values.GetValueOrDefault(name);
    }

    public double Number(string name, double usual, double least, double most)
    {
        if (Text(name) is not { } text) return usual;
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        if (isNumber && value >= least && value <= most) return value;
        string expected = FormattableString.Invariant($"expected a number from {least} to {most}");
        throw new SourceException(name, $"{expected}, found '{text}'; correct it");
    }

    public bool Flag(string name, bool usual)
    {
        if (Text(name) is not { } text) return usual;
        return bool.TryParse(text, out bool value) ? value
            : throw new SourceException(name, $"expected true or false, found '{text}'; correct it");
    }

    public int Word(string name, int usual, params string[] possible)
    {
        if (Text(name) is not { } text) return usual;
        int found = Array.IndexOf(possible, text);
        return found >= 0 ? found
            : throw new SourceException(name, $"expected one of {string.Join(", ", possible)}, found '{text}'; correct it");
    }

    public void RefuseOthers()
    {
        if (values.Keys.FirstOrDefault(name => !_known.Contains(name)) is not { } other) return;
        throw new SourceException(other, $"there is no such option of the source {Kind}; expected some of " +
            $"{string.Join(", ", _known.Distinct())}; remove it");
    }
}
