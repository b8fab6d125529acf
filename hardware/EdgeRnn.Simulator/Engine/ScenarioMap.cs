using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace EdgeRnn.Simulator;

/// <summary>A map of a scenario file, read entry by entry; entries that nobody asked for are refused in the end.</summary>
internal sealed class ScenarioMap
{
    private static readonly (string Unit, double Micros)[] _units =
        [("us", 1), ("ms", 1e3), ("s", 1e6), ("min", 60e6), ("h", 3600e6), ("d", 86_400e6)];

    private readonly HashSet<string> _known = [];

    public ScenarioMap(ScenarioNode node)
    {
        if (node.Kind != NodeKind.Map) throw node.Expected("a map of names and values");
        Node = node;
    }

    public ScenarioNode Node { get; }

    public ScenarioNode? Find(string key)
    {
        _known.Add(key);
        foreach ((string name, ScenarioNode value) in Node.Entries)
        {
            if (name == key) return value;
        }
        return null;
    }

    public ScenarioNode Need(string key, string what)
    {
        if (Find(key) is { } found) return found;
        foreach ((string name, ScenarioNode value) in Node.Entries)
        {
            if (!_known.Contains(name) && NearestWord.Of(name, [key]) != null)
                throw value.Wrong($"there is no such entry here; did you mean {key}?");
        }
        throw Node.Wrong($"expected {key}: {what}, found none; add it");
    }

    public string Word(string key, string what) => WordOf(Need(key, what), what);

    public int Whole(string key, int? usual, int least, int most)
    {
        string what = $"a whole number from {least} to {most}";
        if ((usual == null ? Need(key, what) : Find(key)) is not { } node) return usual!.Value;
        return WholeOf(node, least, most);
    }

    public double Number(string key, double? usual, double least, double most)
    {
        string what = string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}");
        if ((usual == null ? Need(key, what) : Find(key)) is not { } node) return usual!.Value;
        return ParseNumber(node.Text, out double value) && node.Kind == NodeKind.Scalar && value >= least && value <= most ? value
            : throw node.Expected(what);
    }

    public bool Flag(string key, bool usual)
    {
        if (Find(key) is not { } node) return usual;
        return node.Kind == NodeKind.Scalar && bool.TryParse(node.Text, out bool value) ? value : throw node.Expected("true or false");
    }

    // Microseconds; null where it is absent.
    public long? Micros(string key, long least, long most) => Find(key) is { } node ? MicrosOf(node, least, most) : null;

    public long MicrosNeeded(string key, string what, long least, long most) => MicrosOf(Need(key, what), least, most);

    public void RefuseOthers()
    {
        foreach ((string key, ScenarioNode value) in Node.Entries)
        {
            if (_known.Contains(key)) continue;
            string? nearest = NearestWord.Of(key, _known);
            throw value.Wrong($"there is no such entry here; expected some of {string.Join(", ", _known.Order(StringComparer.Ordinal))}" +
                (nearest == null ? "; remove it" : $"; did you mean {nearest}?"));
        }
    }

    public static string WordOf(ScenarioNode node, string what) =>
        node.Kind == NodeKind.Scalar && node.Text.Length > 0 ? node.Text : throw node.Expected(what);

    public static int WholeOf(ScenarioNode node, int least, int most)
    {
        string text = node.Text;
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool isWhole = isHex ? int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        return node.Kind == NodeKind.Scalar && isWhole && value >= least && value <= most ? value
            : throw node.Expected($"a whole number from {least} to {most}");
    }

    public static bool ParseNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    // "180 s" or "180s" or "180"; negative where it is none.
    public static double ParseMicros(string text)
    {
        string number = text.TrimEnd();
        int end = number.Length;
        while (end > 0 && char.IsAsciiLetter(number[end - 1])) end--;
        string unit = number[end..];
        double micros = unit.Length == 0 ? 1e6 : _units.Where(known => known.Unit == unit).Select(known => known.Micros).FirstOrDefault(-1);
        return micros > 0 && ParseNumber(number[..end].TrimEnd(), out double value) && value >= 0 ? value * micros : -1;
    }

    public static string Seconds(long micros) => (micros / 1e6).ToString("0.######", CultureInfo.InvariantCulture) + " s";

    private static long MicrosOf(ScenarioNode node, long least, long most)
    {
        double micros = node.Kind == NodeKind.Scalar ? ParseMicros(node.Text) : -1;
        if (micros < 0) throw node.Expected("a time as 30 s, with us, ms, s, min, h or d");
        if (micros < least || micros > most) throw node.Expected($"a time from {Seconds(least)} to {Seconds(most)}");
        return (long)Math.Round(micros);
    }
}
